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

    /** The names that it is for. */
    public List<String> hostNames() {
        return view.hostNames();
    }
}
