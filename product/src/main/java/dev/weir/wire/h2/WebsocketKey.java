package dev.weir.wire.h2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The question and the proof of RFC 6455 section 4.2.2, which HTTP/1 needs and HTTP/2 does not. Immutable. */
public final class WebsocketKey {

    private static final int BYTES = 16;
    private static final byte[] KNOWN = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(StandardCharsets.US_ASCII);

    private WebsocketKey() {}

    /** Need not be secret, only not the same for all. */
    static byte[] random() {
        byte[] bytes = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getEncoder().encode(bytes);
    }

    /** What proves that a key was understood. */
    public static byte[] accept(byte[] area, int at, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(area, at, length);
            digest.update(KNOWN);
            return Base64.getEncoder().encode(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
