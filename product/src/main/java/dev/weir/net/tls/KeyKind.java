package dev.weir.net.tls;

/** The kinds of keys a certificate may have; one name can have one certificate of each. Immutable. */
public enum KeyKind {
    RSA, ECDSA, DSA;

    private static final int RSA_ID = 6;
    private static final int RSA_PSS_ID = 912;
    private static final int DSA_ID = 116;

    static KeyKind of(long key) {
        return switch (OpenSsl.number("EVP_PKEY_get_base_id", key)) {
            case RSA_ID, RSA_PSS_ID -> RSA;
            case DSA_ID -> DSA;
            default -> ECDSA;
        };
    }

    /** Whether that number of RFC 8446 4.2.3, or of RFC 5246's pairs, means such a key. */
    boolean isSignedBy(int scheme) {
        int signature = scheme & 0xff;
        return switch (this) {
            case RSA -> signature == 1 && scheme >> 8 <= 6 || scheme >= 0x0804 && scheme <= 0x0806
                    || scheme >= 0x0809 && scheme <= 0x080b;
            case DSA -> signature == 2 && scheme >> 8 <= 6;
            case ECDSA -> signature == 3 && scheme >> 8 <= 6 || scheme == 0x0807 || scheme == 0x0808;
        };
    }

    /** The suites of TLS 1.2 and before that end in ECDSA_WITH. */
    static boolean isEllipticSuite(int suite) {
        return switch (suite) {
            case 0xc006, 0xc007, 0xc008, 0xc009, 0xc00a, 0xc023, 0xc024, 0xc02b, 0xc02c, 0xc048, 0xc049, 0xc05c, 0xc05d,
                0xc072, 0xc073, 0xc086, 0xc087, 0xc0ac, 0xc0ad, 0xc0ae, 0xc0af, 0xcca9 -> true;
            default -> false;
        };
    }
}
