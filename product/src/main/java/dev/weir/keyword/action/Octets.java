package dev.weir.keyword.action;

/** Comparisons of bytes that ignore the case of ASCII letters, and what may stand in headers. Stateless. */
final class Octets {

    private Octets() {}

    /** Whether the bytes stand there; the caller has made sure that there are so many. The text is in lower case. */
    static boolean at(byte[] bytes, int at, byte[] lower) {
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[at + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean same(byte[] left, int leftAt, byte[] right, int rightAt, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(left[leftAt + i]) != lower(right[rightAt + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes may stand as a header's name. */
    static boolean isName(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (!dev.weir.wire.http.Octets.isToken(bytes[i])) {
                return false;
            }
        }
        return length > 0;
    }

    /** Whether the bytes may stand as a header's value. */
    static boolean isValue(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
}
