package dev.weir.flow.drive;

import dev.weir.base.log.LogLine;
import java.nio.charset.StandardCharsets;

/** The dates in persistence cookies: units of four seconds as five digits of base 64 (facts.md). Stateless. */
final class CookieDate {

    private static final byte[] DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int COUNT = 5;

    private CookieDate() {}

    static void write(LogLine out, long seconds) {
        long units = seconds + 3 >> 2;
        for (int shift = 6 * (COUNT - 1); shift >= 0; shift -= 6) {
            out.put(DIGITS[(int) (units >> shift) & 63]);
        }
    }

    /** In seconds; 0 when it is none. */
    static long read(byte[] text, int from, int to) {
        if (to - from != COUNT) {
            return 0;
        }
        long units = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(text[i]);
            if (digit < 0) {
                return 0;
            }
            units = units << 6 | digit;
        }
        return units << 2;
    }

    private static int digit(byte c) {
        for (int i = 0; i < DIGITS.length; i++) {
            if (DIGITS[i] == c) {
                return i;
            }
        }
        return -1;
    }
}
