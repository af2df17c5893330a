package dev.weir.model.pattern;

import dev.weir.model.value.Texts;

/** Blocks of bytes written in hexadecimal. */
public final class HexPatterns {

    private HexPatterns() {}

    static byte[][] decode(byte[][] patterns) throws PatternError {
        byte[][] result = new byte[patterns.length][];
        for (int i = 0; i < patterns.length; i++) {
            result[i] = decode(patterns[i]);
        }
        return result;
    }

    public static byte[] decode(byte[] text) throws PatternError {
        if (text.length % 2 != 0) {
            throw new PatternError("an even number of hex digit is expected");
        }
        byte[] result = new byte[text.length / 2];
        for (int i = 0; i < text.length; i++) {
            int digit = Texts.hexDigit(text[i]);
            if (digit < 0) {
                throw new PatternError("an hex digit is expected (found '" + (char) (text[i] & 0xff) + "')");
            }
            result[i / 2] = (byte) (result[i / 2] << 4 | digit);
        }
        return result;
    }
}
