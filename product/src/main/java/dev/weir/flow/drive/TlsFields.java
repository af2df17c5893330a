package dev.weir.flow.drive;

import dev.weir.net.tls.CertificateView;
import dev.weir.net.tls.TlsFacts;
import dev.weir.wire.proxyv.ProxyV2Fields;
import java.nio.charset.StandardCharsets;

/**
 * What a PROXY header tells a server about the encryption of the client's connection. Immutable.
 *
 * @param commonName whether the name in the client's certificate is told
 * @param signature, @param key whether the algorithms of our certificate are told
 */
public record TlsFields(boolean commonName, boolean cipher, boolean signature, boolean key) {

    private static final int ENCRYPTED = 1;
    private static final int CERTIFICATE_ON_CONNECTION = 2;
    private static final int CERTIFICATE_ON_SESSION = 4;

    /** @param tls null for a connection in clear */
    void fill(ProxyV2Fields values, TlsFacts tls) {
        if (tls == null) {
            values.ssl(0, 0);
            return;
        }
        int bits = ENCRYPTED;
        if (tls.usesPeerCertificate()) {
            bits |= CERTIFICATE_ON_SESSION | (tls.hasPeerCertificate() ? CERTIFICATE_ON_CONNECTION : 0);
        }
        values.ssl(bits, tls.verifyResult());
        values.sslVersion(tls.version());
        if (commonName && tls.usesPeerCertificate()) {
            values.sslCn(tls.peerCertificate().name(CertificateView.Name.SUBJECT).entry("CN", 1));
        }
        if (cipher) {
            values.sslCipher(tls.cipher());
        }
        if (signature && tls.ownCertificate() != null) {
            values.sslSignatureAlgorithm(tls.ownCertificate().signatureAlgorithm().getBytes(StandardCharsets.US_ASCII));
        }
        if (key && tls.ownCertificate() != null) {
            values.sslKeyAlgorithm(tls.keyName().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
