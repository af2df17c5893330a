package dev.weir.wire.h1;

/**
 * A message that was refused, for whoever looks into it: its bytes as they came, and which one was wrong. Immutable.
 *
 * @param state how far its reading had come, by HAProxy's names and numbers
 * @param chunkLeft how much of the chunk under way was to come
 * @param bodyLength how much of the body had come
 */
public record H1BadHead(byte[] bytes, int fault, String state, long chunkLeft, long bodyLength) {

    private static final String WHOLE = "MSG_DATA(27)";
    private static final String REQUEST_VERSION = "MSG_RQVER(6)";

    private H1BadHead(byte[] bytes, int fault, String state) {
        this(bytes, fault, state, 0, 0);
    }

    /** Finds the byte that is wrong in the line that was being read. */
    static H1BadHead of(byte[] bytes, int lineAt, H1Error error, boolean request) {
        int at = Math.min(lineAt, bytes.length);
        return switch (error) {
            case METHOD -> new H1BadHead(bytes, skipToken(bytes, at),
                    skipToken(bytes, at) == 0 ? "MSG_RQBEFORE(0)" : "MSG_RQMETH(2)");
            case TARGET, TARGET_TOO_LONG -> target(bytes, skipToken(bytes, at) + 1);
            case VERSION -> request ? version(bytes, skipText(bytes, skipToken(bytes, at) + 1)) : answered(bytes, at);
            case STATUS -> new H1BadHead(bytes, skipDigits(bytes, skipText(bytes, at) + 1), "MSG_RPCODE(12)");
            case HEADER_VALUE -> new H1BadHead(bytes, skipValue(bytes, skipToken(bytes, at) + 1), "MSG_HDR_VAL(22)");
            case LINE_END -> new H1BadHead(bytes, behindReturn(bytes, at), "MSG_HDR_L2_LF(23)");
            // they are looked at when the next line has shown that they are whole
            case HOST -> new H1BadHead(bytes, valueAt(bytes, lineBefore(bytes, at)),
                    namesAuthority(bytes) ? "MSG_LAST_LF(25)" : "MSG_HDR_L2_LWS(24)");
            case CONTENT_LENGTH, TRANSFER_ENCODING, UNKNOWN_CODING -> new H1BadHead(bytes,
                    valueAt(bytes, lineBefore(bytes, at)), "MSG_HDR_L2_LWS(24)");
            default -> new H1BadHead(bytes, skipToken(bytes, at), "MSG_HDR_NAME(17)");
        };
    }

    /** A wrong letter is seen at once, a wrong form when the head is whole: a name without a port, or none at all. */
    private static H1BadHead target(byte[] bytes, int at) {
        int end = skipText(bytes, at);
        if (end >= bytes.length || bytes[end] != ' ') {
            return new H1BadHead(bytes, end, "MSG_RQURI(4)");
        }
        return new H1BadHead(bytes, at, "MSG_LAST_LF(25)");
    }

    /** What looks like a version is judged when the head is whole, other letters at once. */
    private static H1BadHead version(byte[] bytes, int targetEnd) {
        if (targetEnd >= bytes.length || isLineEnd(bytes[targetEnd])) {
            return new H1BadHead(bytes, targetEnd, WHOLE);
        }
        int end = skipVersion(bytes, targetEnd + 1);
        return end < bytes.length && isLineEnd(bytes[end]) ? new H1BadHead(bytes, targetEnd + 1, WHOLE)
                : new H1BadHead(bytes, end, REQUEST_VERSION);
    }

    private static H1BadHead answered(byte[] bytes, int at) {
        int end = skipVersion(bytes, at);
        if (at < bytes.length && bytes[at] < ' ') {
            return new H1BadHead(bytes, at, "MSG_RPBEFORE(8)");
        }
        return new H1BadHead(bytes, at, end < bytes.length && bytes[end] == ' ' ? WHOLE : "MSG_RPVER(10)");
    }

    private static int skipVersion(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] >= 'A' && bytes[at] <= 'Z' || bytes[at] >= '.' && bytes[at] <= '9')) {
            at++;
        }
        return at;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    private static int behindReturn(byte[] bytes, int from) {
        for (int at = from; at < bytes.length - 1; at++) {
            if (bytes[at] == '\r') {
                return at + 1;
            }
        }
        return from;
    }

    /** Whether the target says what host is meant, which the header is compared with when the head is whole. */
    private static boolean namesAuthority(byte[] bytes) {
        int target = skipToken(bytes, 0) + 1;
        return target < bytes.length && bytes[target] != '/' && bytes[target] != '*';
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
