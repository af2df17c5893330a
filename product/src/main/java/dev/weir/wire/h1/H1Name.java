package dev.weir.wire.h1;

import java.nio.charset.StandardCharsets;

/** A header's name to look for: lower case bytes and their hash. Immutable. */
public final class H1Name {

    static final H1Name HOST = of("host");
    static final H1Name CONTENT_LENGTH = of("content-length");
    static final H1Name TRANSFER_ENCODING = of("transfer-encoding");
    static final H1Name CONNECTION = of("connection");
    static final H1Name UPGRADE = of("upgrade");

    final byte[] bytes;
    final int hash;

    private H1Name(byte[] bytes, int hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    /** From its text in any case. */
    public static H1Name of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int hash = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = H1Chars.lower(bytes[i]);
            hash = H1Chars.hash(hash, bytes[i]);
        }
        return new H1Name(bytes, hash);
    }
}
