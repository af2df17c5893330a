package dev.weir.wire.h1;

/**
 * A head that was refused, for whoever looks into it: its bytes as they came, and which one was wrong. Immutable.
 *
 * @param state how far its reading had come, by HAProxy's names and numbers
 */
public record H1BadHead(byte[] bytes, int fault, String state) {

    /** Finds the byte that is wrong in the line that was being read. */
    static H1BadHead of(byte[] bytes, int lineAt, H1Error error, boolean request) {
        int at = Math.min(lineAt, bytes.length);
        return switch (error) {
            case METHOD -> new H1BadHead(bytes, skipToken(bytes, at),
                    skipToken(bytes, at) == 0 ? "MSG_RQBEFORE(0)" : "MSG_RQMETH(2)");
            case TARGET, TARGET_TOO_LONG -> new H1BadHead(bytes, skipText(bytes, skipToken(bytes, at) + 1), "MSG_RQURI(4)");
            case VERSION -> request
                    ? new H1BadHead(bytes, skipText(bytes, skipToken(bytes, at) + 1) + 1, "MSG_RQVER(6)")
                    : new H1BadHead(bytes, at, "MSG_RPVER(10)");
            case STATUS -> new H1BadHead(bytes, skipDigits(bytes, skipText(bytes, at) + 1), "MSG_RPCODE(12)");
            case HEADER_VALUE -> new H1BadHead(bytes, skipValue(bytes, skipToken(bytes, at) + 1), "MSG_HDR_VAL(22)");
            case LINE_END -> new H1BadHead(bytes, at, "MSG_HDR_L2_LF(23)");
            // they are looked at when the next line has shown that they are whole
            case HOST, CONTENT_LENGTH, TRANSFER_ENCODING, UNKNOWN_CODING -> new H1BadHead(bytes,
                    valueAt(bytes, lineBefore(bytes, at)), "MSG_HDR_L2_LWS(24)");
            default -> new H1BadHead(bytes, skipToken(bytes, at), "MSG_HDR_NAME(17)");
        };
    }

    private static int skipToken(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && isToken(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isToken(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
    }

    private static int skipDigits(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int lineBefore(byte[] bytes, int from) {
        int at = Math.max(0, from - 1);
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private static int valueAt(byte[] bytes, int line) {
        int at = skipToken(bytes, line) + 1;
        while (at < bytes.length && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static int skipText(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] > ' ' && bytes[at] < 127) {
            at++;
        }
        return at;
    }

    private static int skipValue(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] >= ' ' && bytes[at] < 127 || bytes[at] == '\t' || bytes[at] < 0)) {
            at++;
        }
        return at;
    }
}
