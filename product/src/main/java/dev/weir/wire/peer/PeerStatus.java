package dev.weir.wire.peer;

/** The answers to a greeting. */
public enum PeerStatus {
    GOOD(200),
    TRY_AGAIN(300),
    PROTOCOL_ERROR(501),
    BAD_VERSION(502),
    WRONG_LOCAL_NAME(503),
    WRONG_REMOTE_NAME(504);

    private final int code;

    PeerStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The status that a line gives, or null. */
    public static PeerStatus of(String line) {
        for (PeerStatus status : values()) {
            if (line.length() == 3 && line.equals(Integer.toString(status.code))) {
                return status;
            }
        }
        return null;
    }

    /** A number of three digits at the beginning of a line, or 0. */
    public static int codeOf(String line) {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = i < line.length() ? line.charAt(i) : 0;
            if (c < '0' || c > '9') {
                return 0;
            }
            code = code * 10 + c - '0';
        }
        return code;
    }

    public void write(PeerOutput out) {
        out.put(Integer.toString(code)).put('\n');
    }
}
