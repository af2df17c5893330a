package dev.weir.keyword.command;

/** Whole numbers as commands take them: like C's {@code strtol}, what cannot be read is 0. Stateless. */
final class Whole {

    private Whole() {}

    /** How many characters at the beginning are a number. */
    static int length(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int digits = at;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits == at ? 0 : digits;
    }

    /** The number at the beginning, kept within the range of an int. */
    static int leading(String text) {
        int length = length(text);
        boolean negative = text.startsWith("-");
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = Math.min(value * 10 + c - '0', Integer.MAX_VALUE);
            }
        }
        return (int) (negative ? -value : value);
    }

    /** The same for 64 bits. */
    static long large(String text) {
        int length = length(text);
        boolean negative = text.startsWith("-");
        long value = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : value * 10 + c - '0';
            }
        }
        return negative ? -value : value;
    }

    static boolean is(String text) {
        return !text.isEmpty() && length(text) == text.length();
    }
}
