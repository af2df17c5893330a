package dev.weir.wire.http;

import java.nio.charset.StandardCharsets;

/** How the bytes of a body can be coded, by the words that configurations have for it. */
public enum ContentCoding {
    /** Nothing is changed, whatever the receiver accepts. */
    IDENTITY("identity", "identity", true),
    GZIP("gzip", "gzip", true),
    /** In zlib's format. */
    DEFLATE("deflate", "deflate", false),
    RAW_DEFLATE("raw-deflate", "deflate", true);

    private final String word;
    private final boolean bare;
    private final byte[] token;

    ContentCoding(String word, String token, boolean bare) {
        this.word = word;
        this.bare = bare;
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

    /** Whether the compressor's own frame is left out. */
    public boolean isBare() {
        return bare;
    }
}
