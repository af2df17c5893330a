package dev.weir.flow.expr;

/** Reads back numbers that were written into a line. Stateless. */
final class LogNumbers {

    private LogNumbers() {}

    /** The number that the text begins with; a plus sign says that it was not final yet; 0 without any digit. */
    static long leading(byte[] text, int length) {
        boolean signed = length > 0 && (text[0] == '-' || text[0] == '+');
        long value = 0;
        for (int i = signed ? 1 : 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
            value = 10 * value + text[i] - '0';
        }
        return signed && text[0] == '-' ? -value : value;
    }
}
