package dev.weir.net.tls;

/**
 * The well-known groups of Diffie-Hellman exchanges, RFC 2409 and RFC 3526, which serve where no file has parameters and
 * {@code tune.ssl.default-dh-param} asks for some: as large as the key, but not larger than that says. Stateless.
 */
final class DhGroups {

    private static final int DH = 28;
    private static final int DHX = 920;

    private DhGroups() {}

    /** Whether parameters are of such an exchange. */
    static boolean is(long parameters) {
        int id = OpenSsl.number("EVP_PKEY_get_base_id", parameters);
        return id == DH || id == DHX;
    }

    /** New parameters, which the caller owns. */
    static long forKey(int keyBits, int most) {
        int bits = Math.min(keyBits, most);
        String prime = bits >= 4096 ? "BN_get_rfc3526_prime_4096" : bits >= 2048 ? "BN_get_rfc3526_prime_2048"
                : "BN_get_rfc2409_prime_1024";
        long dh = OpenSsl.call("DH_new");
        long generator = OpenSsl.call("BN_new");
        OpenSsl.call("BN_set_word", generator, 2);
        OpenSsl.call("DH_set0_pqg", dh, OpenSsl.call(prime, 0), 0, generator);
        long parameters = OpenSsl.call("EVP_PKEY_new");
        OpenSsl.call("EVP_PKEY_assign", parameters, DH, dh);
        OpenSsl.clearErrors();
        return parameters;
    }
}
