package dev.weir.flow.drive;

import java.nio.charset.StandardCharsets;

/** The stops at which a line can be written: by what {@code %OG} calls them, and profiles and {@code log-steps}. */
public enum LogStep {
    ACCEPT("txn_accept", "accept"),
    REQUEST("txn_request", "request"),
    CONNECT("txn_connect", "connect"),
    RESPONSE("txn_response", "response"),
    CLOSE("txn_close", "close"),
    ERROR("sess_error", "error"),
    // the places of the do-log action
    TCP_REQ_CONN("tcp-req-conn"),
    TCP_REQ_SESS("tcp-req-sess"),
    TCP_REQ_CONT("tcp-req-cont"),
    TCP_RES_CONT("tcp-res-cont"),
    HTTP_REQ("http-req"),
    HTTP_RES("http-res"),
    HTTP_AFTER_RES("http-after-res");

    private final byte[] origin;
    private final String word;

    LogStep(String origin, String word) {
        this.origin = origin.getBytes(StandardCharsets.US_ASCII);
        this.word = word;
    }

    LogStep(String word) {
        this(word, word);
    }

    byte[] origin() {
        return origin;
    }

    /** What {@code on} and {@code log-steps} call it. */
    public String word() {
        return word;
    }

    /** Null for a word that is none of them. */
    public static LogStep of(String word) {
        for (LogStep step : values()) {
            if (step.word.equals(word)) {
                return step;
            }
        }
        return null;
    }

    /** Whether {@code log-steps} can ask for it. */
    public boolean isAutomatic() {
        return ordinal() <= CLOSE.ordinal();
    }
}
