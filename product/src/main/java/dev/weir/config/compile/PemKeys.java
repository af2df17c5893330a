package dev.weir.config.compile;

import dev.weir.flow.expr.TokenKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads a certificate and its private key in PEM: PKCS#8, or the older forms of RSA and EC keys. */
final class PemKeys {

    private static final byte[] RSA = {0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01,
        0x01, 0x01, 0x05, 0x00};

    private PemKeys() {}

    /** Null without a certificate. */
    static TokenKeys read(String certificates, String keys) {
        byte[] certificate = block(certificates, "CERTIFICATE");
        if (certificate == null) {
            return null;
        }
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate));
            return new TokenKeys(read.getPublicKey(), key(keys, read));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static PrivateKey key(String text, X509Certificate of) throws GeneralSecurityException {
        byte[] encoded = block(text, "PRIVATE KEY");
        if (encoded == null && block(text, "RSA PRIVATE KEY") != null) {
            encoded = wrapped(RSA, block(text, "RSA PRIVATE KEY"));
        } else if (encoded == null && block(text, "EC PRIVATE KEY") != null && of.getPublicKey() instanceof ECPublicKey) {
            encoded = wrapped(identifier(of.getPublicKey().getEncoded()), block(text, "EC PRIVATE KEY"));
        }
        return encoded == null ? null : KeyFactory.getInstance(of.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** The algorithm and curve of a public key, which its encoding begins with. */
    private static byte[] identifier(byte[] spki) {
        int at = spki[1] > 0 ? 2 : 2 + (spki[1] & 0x7f);
        return java.util.Arrays.copyOfRange(spki, at, at + 2 + spki[at + 1]);
    }

    /** RFC 5208: version 0, the algorithm, the key. */
    private static byte[] wrapped(byte[] identifier, byte[] key) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(new byte[] {2, 1, 0});
        inside.writeBytes(identifier);
        element(inside, 4, key);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        element(all, 0x30, inside.toByteArray());
        return all.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
    }

    private static byte[] block(String pem, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        int from = pem.indexOf(begin);
        int to = from < 0 ? -1 : pem.indexOf("-----END", from);
        if (to < 0) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)
                    .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
