package dev.weir.base.text;

import java.nio.charset.StandardCharsets;

/**
 * Byte text: a String each of whose characters is one byte (ISO 8859-1), the form in which a configuration is kept.
 * So every byte of a file reaches logs, headers and regular expressions unchanged, whatever its encoding was.
 */
public final class ByteText {

    private ByteText() {}

    /** From what the JVM decoded itself: arguments, environment, file names. */
    public static String of(String decoded) {
        return isAscii(decoded) ? decoded
                : new String(decoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** For the JVM: a file name to open, a host name to resolve. */
    public static String decode(String byteText) {
        return isAscii(byteText) ? byteText
                : new String(byteText.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String byteText) {
        return byteText.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
