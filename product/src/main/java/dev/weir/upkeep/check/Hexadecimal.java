package dev.weir.upkeep.check;

/** Bytes written as pairs of hexadecimal digits. Stateless. */
public final class Hexadecimal {

    private static final String DIGITS = "0123456789ABCDEF";

    private Hexadecimal() {}

    /** The bytes, or null when the text is none such. */
    public static byte[] read(byte[] text, int length) {
        byte[] bytes = new byte[length / 2];
        for (int i = 0; i < length; i++) {
            int digit = Character.digit((char) (text[i] & 0xff), 16);
            if (digit < 0 || length % 2 != 0) {
                return null;
            }
            bytes[i / 2] = (byte) (bytes[i / 2] << 4 | digit);
        }
        return bytes;
    }

    /** As binary regular expressions see bytes. */
    static byte[] write(byte[] bytes, int length) {
        byte[] text = new byte[length * 2];
        for (int i = 0; i < length; i++) {
            text[2 * i] = (byte) DIGITS.charAt(bytes[i] >> 4 & 15);
            text[2 * i + 1] = (byte) DIGITS.charAt(bytes[i] & 15);
        }
        return text;
    }
}
