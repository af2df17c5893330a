package dev.weir.flow.drive;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How clients that could go on asking are sent away by a process that stops. Those that are within a request get their
 * answer in any case. Immutable.
 *
 * @param idleIsKept whether who waits between two requests is let wait, and sent away with the next answer alone
 * @param fromMs when it began
 * @param overMs the time over which it is spread, 0 for at once, less for never
 */
public record Parting(boolean idleIsKept, long fromMs, int overMs) {

    /** What happens where nothing is said about it. */
    public static final Parting AT_ONCE = new Parting(false, 0, 0);
    /** For a process that is followed by another: nobody who asks just now shall find his connection closed. */
    public static final Parting WITH_THE_NEXT_ANSWER = new Parting(true, 0, 0);
    /** {@code close-spread-time infinite}: clients leave when they like, or their timeouts do it. */
    public static final Parting NEVER = new Parting(true, 0, -1);

    /** {@code close-spread-time}. */
    public static Parting spread(long fromMs, int overMs) {
        return new Parting(false, fromMs, overMs);
    }

    /** Whether an answer that is given now is its connection's last. */
    boolean isNow(long nowMs) {
        return overMs == 0 || overMs > 0 && ThreadLocalRandom.current().nextInt(overMs) < nowMs - fromMs;
    }
}
