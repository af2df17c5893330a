package dev.weir.keyword.convert;

import dev.weir.base.text.ByteText;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads a public key in PEM: SubjectPublicKeyInfo, or PKCS#1 for RSA. */
final class PublicKeyFile {

    private static final String SPKI = "PUBLIC KEY-----";
    private static final String PKCS1 = "RSA PUBLIC KEY-----";

    private PublicKeyFile() {}

    /** Null when there is no such file or it holds no public key. */
    static PublicKey read(String name) {
        try {
            Path path = Path.of(ByteText.decode(name));
            if (name.isEmpty() || !Files.isRegularFile(path)) {
                return null;
            }
            return parse(Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static PublicKey parse(String pem) throws GeneralSecurityException {
        int pkcs1 = pem.indexOf("-----BEGIN " + PKCS1);
        if (pkcs1 >= 0) {
            return rsa(body(pem, pkcs1, PKCS1));
        }
        int spki = pem.indexOf("-----BEGIN " + SPKI);
        if (spki < 0) {
            return null;
        }
        X509EncodedKeySpec spec = new X509EncodedKeySpec(body(pem, spki, SPKI));
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (InvalidKeySpecException e) {
                // perhaps the other one
            }
        }
        return null;
    }

    private static byte[] body(String pem, int begin, String kind) {
        int from = begin + "-----BEGIN ".length() + kind.length();
        int to = pem.indexOf("-----END ", from);
        return Base64.getMimeDecoder().decode(pem.substring(from, to < 0 ? pem.length() : to));
    }

    /** A sequence of two integers, the modulus and the exponent. */
    private static PublicKey rsa(byte[] der) throws GeneralSecurityException {
        int[] at = {0};
        value(der, at, 0x30);
        BigInteger modulus = integer(der, at);
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, integer(der, at)));
    }

    private static BigInteger integer(byte[] der, int[] at) throws InvalidKeySpecException {
        int length = value(der, at, 2);
        BigInteger result = new BigInteger(1, der, at[0], length);
        at[0] += length;
        return result;
    }

    /** Steps onto the contents of a value of that tag; their length. */
    private static int value(byte[] der, int[] at, int tag) throws InvalidKeySpecException {
        if (at[0] + 2 > der.length || der[at[0]++] != tag) {
            throw new InvalidKeySpecException("unexpected tag");
        }
        int length = der[at[0]++] & 0xff;
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes && at[0] < der.length; i++) {
                length = length << 8 | der[at[0]++] & 0xff;
            }
        }
        if (length < 0 || length > der.length - at[0]) {
            throw new InvalidKeySpecException("truncated");
        }
        return length;
    }
}
