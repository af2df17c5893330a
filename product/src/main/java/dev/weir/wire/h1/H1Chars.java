package dev.weir.wire.h1;

/** Classes of bytes of RFC 9110 and how names are compared. */
final class H1Chars {

    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = c <= '9' || c >= 'a' || c >= 'A' && c <= 'Z';
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private H1Chars() {}

    static boolean isToken(byte c) {
        return TOKEN[c & 0xff];
    }

    static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(byte c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }

    /** One step of the hash of header names, over lower case bytes. */
    static int hash(int soFar, byte c) {
        return soFar * 31 + c;
    }
}
