package dev.weir.wire.h2;

/** The error codes of RFC 9113 section 7, in the order of their numbers. Immutable. */
public enum H2Error {
    NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR, SETTINGS_TIMEOUT, STREAM_CLOSED, FRAME_SIZE_ERROR,
    REFUSED_STREAM, CANCEL, COMPRESSION_ERROR, CONNECT_ERROR, ENHANCE_YOUR_CALM, INADEQUATE_SECURITY, HTTP_1_1_REQUIRED;

    private static final H2Error[] ALL = values();

    public int code() {
        return ordinal();
    }

    /** An unknown code means no more than that something went wrong. */
    public static H2Error of(long code) {
        return code >= 0 && code < ALL.length ? ALL[(int) code] : INTERNAL_ERROR;
    }
}
