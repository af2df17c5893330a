package dev.weir.flow.exchange;

/** What rules have changed for one exchange; what they have not is left to the proxies. Worker-owned. */
public final class Adjustments {

    private static final int UNSET = -1;

    /** Of exchanges that no rule has changed. Not to be written to. */
    static final Adjustments NONE = new Adjustments();

    /** The times that rules can change. */
    public enum Time {
        CLIENT, CONNECT, QUEUE, SERVER, TARPIT, TUNNEL;

        /** By its name in the configuration, or null. */
        public static Time find(String name) {
            for (Time time : values()) {
                if (time.name().equalsIgnoreCase(name)) {
                    return time;
                }
            }
            return null;
        }
    }

    private final int[] times = new int[Time.values().length];
    private int retries = UNSET;
    private boolean replays = true;
    private int priorityClass;
    private int priorityOffset;
    private int serverMark = UNSET;
    private int serverTos = UNSET;

    /** The time in ms, or what the proxy says. */
    public int timeOr(Time which, int otherwise) {
        return times[which.ordinal()] > 0 ? times[which.ordinal()] : otherwise;
    }

    public void time(Time which, int ms) {
        times[which.ordinal()] = ms;
    }

    public int retriesOr(int otherwise) {
        return retries == UNSET ? otherwise : retries;
    }

    public void retries(int most) {
        retries = most;
    }

    /** Whether a request may be sent again for other reasons than a failed connection. */
    public boolean replays() {
        return replays;
    }

    public void replays(boolean may) {
        replays = may;
    }

    public int priorityClass() {
        return priorityClass;
    }

    public void priorityClass(long value) {
        priorityClass = (int) Math.max(-2047, Math.min(2047, value));
    }

    public int priorityOffset() {
        return priorityOffset;
    }

    public void priorityOffset(long value) {
        priorityOffset = (int) Math.max(-524287, Math.min(524287, value));
    }

    /** The mark of packets to the server, or -1. */
    public int serverMark() {
        return serverMark;
    }

    /** The type of service of packets to the server, or -1. */
    public int serverTos() {
        return serverTos;
    }

    public void mark(boolean typeOfService, int value) {
        if (typeOfService) {
            serverTos = value;
        } else {
            serverMark = value;
        }
    }
}
