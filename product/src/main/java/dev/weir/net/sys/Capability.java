package dev.weir.net.sys;

/** What a process may be allowed to do without being root, as far as a load balancer has a use for it. */
public enum Capability {
    CAP_NET_ADMIN(12), CAP_NET_RAW(13), CAP_NET_BIND_SERVICE(10), CAP_SYS_ADMIN(21);

    private final int number;
    private final String text;

    Capability(int number) {
        this.number = number;
        this.text = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Its place in a set of capabilities. */
    public int bit() {
        return 1 << number;
    }

    /** The one of that name as {@code setcap} writes it, or null. */
    public static Capability of(String name) {
        for (Capability each : values()) {
            if (each.text.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** All of them, for a message. */
    public static String names() {
        StringBuilder all = new StringBuilder();
        for (Capability each : values()) {
            all.append(all.isEmpty() ? "" : ", ").append(each.text);
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
