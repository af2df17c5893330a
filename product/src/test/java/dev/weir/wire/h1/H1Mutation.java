package dev.weir.wire.h1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Breaks a message in a few places, mostly with bytes that mean something. */
public final class H1Mutation {

    private static final byte[] ALPHABET = "\r\n :,;/*#ACaz09\0\t\"[]".getBytes(StandardCharsets.US_ASCII);

    private H1Mutation() {}

    public static byte[] of(byte[] message, Random random) {
        byte[] bytes = message.clone();
        for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            byte any = random.nextBoolean() ? ALPHABET[random.nextInt(ALPHABET.length)] : (byte) random.nextInt();
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    longer[at] = any;
                    bytes = longer;
                }
                default -> bytes[at] = any;
            }
        }
        return bytes;
    }
}
