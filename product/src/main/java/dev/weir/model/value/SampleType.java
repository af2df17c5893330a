package dev.weir.model.value;

/** The types of samples (configuration.txt 7.3), by the names that messages use. */
public enum SampleType {
    /** Not known before the value is there; as an input type: whatever comes. */
    ANY("any"),
    BOOL("bool"),
    INTEGER("sint"),
    /** Either kind of IP address; a sample itself is always of one kind. */
    ADDRESS("addr"),
    IPV4("ipv4"),
    IPV6("ipv6"),
    STRING("str"),
    BINARY("bin"),
    METHOD("meth");

    private final String text;

    SampleType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isAddress() {
        return this == ADDRESS || this == IPV4 || this == IPV6;
    }

    /** Whether a sample of this type has bytes of its own. */
    public boolean isText() {
        return this == STRING || this == BINARY || this == METHOD;
    }
}
