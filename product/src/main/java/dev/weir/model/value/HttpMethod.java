package dev.weir.model.value;

import java.nio.charset.StandardCharsets;

/** HTTP methods by the numbers that samples of type method have; a method that is not listed is number 9. */
public final class HttpMethod {

    public static final int OTHER = 9;

    private static final byte[][] NAMES = names("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT");

    private HttpMethod() {}

    private static byte[][] names(String... names) {
        byte[][] bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    /** Case matters, as RFC 9110 9.1 says. */
    public static int number(byte[] text, int at, int length) {
        for (int i = 0; i < NAMES.length; i++) {
            byte[] name = NAMES[i];
            if (name.length == length && Texts.equal(name, 0, text, at, length)) {
                return i;
            }
        }
        return OTHER;
    }

    /** The name of a listed method. */
    public static byte[] name(int number) {
        return NAMES[number];
    }
}
