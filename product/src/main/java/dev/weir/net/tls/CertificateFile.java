package dev.weir.net.tls;

import java.util.List;

/**
 * A certificate that can be shown: itself, its key, and what goes with it. What is the library's in it stays until the
 * process ends. Immutable.
 *
 * @param name what it is called: its path, or its alias
 * @param certificate the library's X509
 * @param key the library's EVP_PKEY
 * @param chain those that sign it, one after the other
 * @param stapled the answer of its authority about it, or null
 * @param timestamps what logs of certificates have signed, or null
 */
public record CertificateFile(String name, long certificate, long key, long[] chain, CertificateView view, KeyKind kind,
        byte[] stapled, byte[] timestamps) {

    /** The kind and size of its key, as in {@code RSA2048}. */
    public String keyName() {
        return (kind == KeyKind.ECDSA ? "EC" : kind.name()) + OpenSsl.number("EVP_PKEY_get_bits", key);
    }

    /** What its authority's answers call it, in its encoded form; null where there is no answer. */
    public byte[] answerKey() {
        if (stapled == null || chain.length == 0) {
            return null;
        }
        long id = OpenSsl.call("OCSP_cert_to_id", 0, certificate, chain[0]);
        byte[] encoded = CertificateView.encode("i2d_OCSP_CERTID", id);
        OpenSsl.call("OCSP_CERTID_free", id);
        return encoded;
    }

    /** The names that it is for. */
    public List<String> hostNames() {
        return view.hostNames();
    }
}
