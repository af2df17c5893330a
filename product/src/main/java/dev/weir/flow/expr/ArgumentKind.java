package dev.weir.flow.expr;

/** The types of arguments, by the names that messages use. */
public enum ArgumentKind {
    STRING("string"),
    INTEGER("integer"),
    IPV4("IPv4 address"),
    IPV6("IPv6 address"),
    MASK4("IPv4 mask"),
    MASK6("IPv6 mask"),
    FRONTEND("frontend"),
    BACKEND("backend"),
    SERVER("server"),
    TABLE("table"),
    USERS("user list"),
    REGEX("regex"),
    FIELD_NUMBERS("Protocol buffers field number");

    private final String text;

    ArgumentKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether an empty text is a value of it: names of proxies then mean the current one. */
    boolean mayBeEmpty() {
        return switch (this) {
            case STRING, FRONTEND, BACKEND, SERVER, TABLE, USERS, REGEX -> true;
            default -> false;
        };
    }
}
