package dev.weir.keyword.convert;

/** How the content of an encrypted web token is encrypted (RFC 7518 section 5.1). */
enum JweEncryption {
    A128CBC_HS256("A128CBC-HS256", 32), A192CBC_HS384("A192CBC-HS384", 48), A256CBC_HS512("A256CBC-HS512", 64),
    A128GCM("A128GCM", 16), A192GCM("A192GCM", 24), A256GCM("A256GCM", 32);

    private final String text;
    private final int keyBytes;

    JweEncryption(String text, int keyBytes) {
        this.text = text;
        this.keyBytes = keyBytes;
    }

    String text() {
        return text;
    }

    int keyBytes() {
        return keyBytes;
    }

    boolean isGcm() {
        return text.endsWith("GCM");
    }

    /** Null for a name that is none of them. */
    static JweEncryption find(String name) {
        for (JweEncryption each : values()) {
            if (each.text.equals(name)) {
                return each;
            }
        }
        return null;
    }
}
