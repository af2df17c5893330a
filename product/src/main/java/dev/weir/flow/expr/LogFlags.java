package dev.weir.flow.expr;

/** The flags that an item of a log format can have; immutable bits. */
final class LogFlags {

    static final int QUOTE = 1;
    static final int HEX = 2;
    static final int ESCAPE = 4;

    private LogFlags() {}

    /**
     * Applies words such as {@code +Q,-X} to some flags; a word without a sign, or one that nobody knows, changes nothing,
     * as in HAProxy. The answer is -1 when a word asks for an encoding that cannot be made yet.
     */
    static int apply(int flags, String words) {
        int result = flags;
        int sign = 0;
        int from = 0;
        for (int i = 0; i <= words.length(); i++) {
            char c = i < words.length() ? words.charAt(i) : ',';
            if (c == '+' || c == '-' || c == ',' || c == ' ') {
                String word = words.substring(from, i);
                int bit = bit(word);
                if (bit < 0 && sign > 0) {
                    return -1;
                }
                result = sign > 0 ? result | bit : sign < 0 && bit > 0 ? result & ~bit : result;
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
            case "json", "cbor", "bin" -> -1;
            default -> 0;
        };
    }
}
