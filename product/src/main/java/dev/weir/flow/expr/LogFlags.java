package dev.weir.flow.expr;

/** The flags that an item of a log format can have; immutable bits. */
public final class LogFlags {

    static final int QUOTE = 1;
    static final int HEX = 2;
    static final int ESCAPE = 4;
    static final int JSON = 8;
    static final int CBOR = 16;
    /** Bytes as they are. */
    static final int BINARY = 32;
    /** Ours: the value is encoded later, so that it is written bare, and nothing where there is none. */
    static final int BARE = 64;

    public static final int ENCODED = JSON | CBOR;

    private LogFlags() {}

    /**
     * Applies words such as {@code +Q,-X} to some flags; a word without a sign, or one that nobody knows, changes nothing,
     * as in HAProxy.
     */
    public static int apply(int flags, String words) {
        int result = flags;
        int sign = 0;
        int from = 0;
        for (int i = 0; i <= words.length(); i++) {
            char c = i < words.length() ? words.charAt(i) : ',';
            if (c == '+' || c == '-' || c == ',' || c == ' ') {
                int bit = bit(words.substring(from, i));
                // of two encodings the later counts
                int others = (bit & ENCODED) != 0 ? ENCODED : bit;
                result = sign > 0 ? result & ~others | bit : sign < 0 ? result & ~bit : result;
                sign = c == '+' ? 1 : c == '-' ? -1 : 0;
                from = i + 1;
            }
        }
        return result;
    }

    private static int bit(String word) {
        return switch (word) {
            case "Q" -> QUOTE;
            case "X" -> HEX;
            case "E" -> ESCAPE;
            case "json" -> JSON;
            case "cbor" -> CBOR;
            case "bin" -> BINARY;
            default -> 0;
        };
    }
}
