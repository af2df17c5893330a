package dev.weir.wire.http;

import java.nio.charset.StandardCharsets;

/** How the bytes of a body can be coded, by the words that configurations have for it. */
public enum ContentCoding {
    /** Nothing is changed, whatever the receiver accepts. */
    IDENTITY("identity", "identity"),
    GZIP("gzip", "gzip"),
    /** In zlib's format. */
    DEFLATE("deflate", "deflate"),
    RAW_DEFLATE("raw-deflate", "deflate"),
    BROTLI("br", "br"),
    ZSTD("zstd", "zstd");

    private final String word;
    private final byte[] token;

    ContentCoding(String word, String token) {
        this.word = word;
        this.token = token.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** By its word in the configuration, or null. */
    public static ContentCoding find(String word) {
        for (ContentCoding coding : values()) {
            if (coding.word.equals(word)) {
                return coding;
            }
        }
        return null;
    }

    /** What headers call it. */
    public byte[] token() {
        return token;
    }

    /** Whether HAProxy does not know it; where one of these is offered, the order of the file decides between equals. */
    public boolean isOurs() {
        return this == BROTLI || this == ZSTD;
    }
}
