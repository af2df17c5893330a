package dev.weir.keyword.convert;

import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.math.BigInteger;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** How the key of the content of an encrypted web token is found (RFC 7518 section 4.1). */
enum JweAlgorithm {
    DIR("dir", Kind.DIRECT, 0),
    A128KW("A128KW", Kind.WRAP, 16), A192KW("A192KW", Kind.WRAP, 24), A256KW("A256KW", Kind.WRAP, 32),
    A128GCMKW("A128GCMKW", Kind.GCM_WRAP, 16), A192GCMKW("A192GCMKW", Kind.GCM_WRAP, 24),
    A256GCMKW("A256GCMKW", Kind.GCM_WRAP, 32),
    RSA1_5("RSA1_5", Kind.RSA, 0), RSA_OAEP("RSA-OAEP", Kind.RSA, 1), RSA_OAEP_256("RSA-OAEP-256", Kind.RSA, 256),
    ECDH_ES("ECDH-ES", Kind.ECDH, 0), ECDH_ES_A128KW("ECDH-ES+A128KW", Kind.ECDH, 16),
    ECDH_ES_A192KW("ECDH-ES+A192KW", Kind.ECDH, 24), ECDH_ES_A256KW("ECDH-ES+A256KW", Kind.ECDH, 32);

    private enum Kind { DIRECT, WRAP, GCM_WRAP, RSA, ECDH }

    private static final int DIGEST_BITS = 256;

    private final String text;
    private final Kind kind;
    /** The length of a wrapping key; for RSA the digest. */
    private final int size;

    JweAlgorithm(String text, Kind kind, int size) {
        this.text = text;
        this.kind = kind;
        this.size = size;
    }

    String text() {
        return text;
    }

    /** Null for a name that is none of them. */
    static JweAlgorithm find(String name) {
        for (JweAlgorithm each : values()) {
            if (each.text.equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** The key of the content, by a secret or a private key. */
    byte[] contentKey(JweToken token, JweEncryption encryption, Key key) throws GeneralSecurityException {
        return switch (kind) {
            case DIRECT -> direct(token, secret(key));
            case WRAP -> unwrap(secret(key), token.encryptedKey());
            case GCM_WRAP -> open(token, secret(key));
            case RSA -> decrypt(token, encryption, key);
            case ECDH -> agree(token, encryption, key);
        };
    }

    private static byte[] secret(Key key) throws GeneralSecurityException {
        if (!(key instanceof SecretKeySpec)) {
            throw new GeneralSecurityException("another kind of key");
        }
        return key.getEncoded();
    }

    private static byte[] direct(JweToken token, byte[] key) throws GeneralSecurityException {
        if (token.encryptedKey().length > 0) {
            throw new GeneralSecurityException("a key where none is expected");
        }
        return key;
    }

    /** RFC 3394. */
    private byte[] unwrap(byte[] key, byte[] wrapped) throws GeneralSecurityException {
        if (key.length != size) {
            throw new GeneralSecurityException("another length of key");
        }
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(key, "AES"));
        return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
    }

    private byte[] open(JweToken token, byte[] key) throws GeneralSecurityException {
        byte[] nonce = token.bytes("$.iv");
        byte[] tag = token.bytes("$.tag");
        if (nonce == null || tag == null || key.length != size) {
            throw new GeneralSecurityException("no nonce, no tag, or another length of key");
        }
        return JweToken.open(key, nonce, new byte[0], token.encryptedKey(), tag);
    }

    private byte[] decrypt(JweToken token, JweEncryption encryption, Key key) throws GeneralSecurityException {
        if (!(key instanceof RSAPrivateKey)) {
            throw new GeneralSecurityException("another kind of key");
        }
        if (size == 0) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            byte[] content = cipher.doFinal(token.encryptedKey());
            return content.length == encryption.keyBytes() ? content : new byte[encryption.keyBytes()];
        }
        String digest = size == 1 ? "SHA-1" : "SHA-256";
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest),
                PSource.PSpecified.DEFAULT));
        return cipher.doFinal(token.encryptedKey());
    }

    /** RFC 7518 section 4.6: a key agreed with the sender's, or one that is wrapped with such. */
    private byte[] agree(JweToken token, JweEncryption encryption, Key key) throws GeneralSecurityException {
        byte[] x = token.bytes("$.epk.x");
        byte[] y = token.bytes("$.epk.y");
        if (!(key instanceof ECPrivateKey own) || x == null || y == null) {
            throw new GeneralSecurityException("another kind of key");
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init((PrivateKey) own);
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        int field = own.getParams().getCurve().getField().getFieldSize();
        if (point.getAffineX().bitLength() > field || point.getAffineY().bitLength() > field) {
            // the provider would break rather than refuse
            throw new GeneralSecurityException("a point outside the field");
        }
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams())), true);
        byte[] shared = agreement.generateSecret();
        if (size == 0) {
            if (token.encryptedKey().length > 0) {
                throw new GeneralSecurityException("a key where none is expected");
            }
            return derive(token, shared, encryption.text(), encryption.keyBytes());
        }
        return unwrap(derive(token, shared, text, size), token.encryptedKey());
    }

    /** The Concat KDF of NIST SP 800-56A with SHA-256. */
    private static byte[] derive(JweToken token, byte[] shared, String name, int bytes) throws GeneralSecurityException {
        byte[] apu = token.bytes("$.apu");
        byte[] apv = token.bytes("$.apv");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] key = new byte[bytes];
        for (int round = 0; round * DIGEST_BITS / 8 < bytes; round++) {
            digest.update(number(round + 1));
            digest.update(shared);
            for (byte[] each : new byte[][] {name.getBytes(StandardCharsets.US_ASCII), apu, apv}) {
                byte[] said = each == null ? new byte[0] : each;
                digest.update(number(said.length));
                digest.update(said);
            }
            byte[] block = digest.digest(number(8 * bytes));
            int at = round * block.length;
            System.arraycopy(block, 0, key, at, Math.min(block.length, bytes - at));
        }
        return key;
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** A curve by the name that tokens give it, or null. */
    static ECParameterSpec curve(byte[] name) throws GeneralSecurityException {
        String known = switch (new String(name, StandardCharsets.ISO_8859_1)) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> null;
        };
        if (known == null) {
            return null;
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new java.security.spec.ECGenParameterSpec(known));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** The secret that a text is in the alphabet for URLs, or null. */
    static Key secretKey(byte[] text) {
        byte[] bytes = text == null ? null : JweToken.decode(text, 0, text.length);
        return bytes == null || bytes.length == 0 ? null : new SecretKeySpec(Arrays.copyOf(bytes, bytes.length), "AES");
    }
}
