package dev.weir.model.server;

/** The stages of an exchange whose times are counted, as configuration.txt 8.4 defines them. */
public enum Stage {
    /** Until the request's head was there. */
    REQUEST("request"),
    /** Waiting for a slot of a server. */
    QUEUE("queue"),
    CONNECT("connect"),
    /** Until the head of the server's answer was there. */
    RESPONSE("response"),
    /** From the first byte of the request to the end. */
    ACTIVE("active");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** How many there are. */
    public static final int COUNT = values().length;
}
