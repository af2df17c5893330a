package dev.weir.keyword.action;

/** Comparisons of bytes that ignore the case of ASCII letters. Stateless. */
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

    private static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
}
