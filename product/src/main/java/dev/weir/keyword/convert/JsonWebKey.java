package dev.weir.keyword.convert;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;

/** Reads a JSON Web Key (RFC 7517): a secret, or the private key of RSA or an elliptic curve. */
final class JsonWebKey {

    private final byte[] json;

    private JsonWebKey(byte[] json) {
        this.json = json;
    }

    /** Null for what is no such key. */
    static Key read(byte[] json) {
        byte[] type = JweToken.member(json, "$.kty");
        JsonWebKey key = new JsonWebKey(json);
        try {
            return type == null ? null : switch (new String(type, StandardCharsets.ISO_8859_1)) {
                case "oct" -> JweAlgorithm.secretKey(JweToken.member(json, "$.k"));
                case "RSA" -> key.rsa();
                case "EC" -> key.ec();
                default -> null;
            };
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** A number of the key, or null. */
    private BigInteger number(String path) {
        byte[] text = JweToken.member(json, path);
        byte[] bytes = text == null ? null : JweToken.decode(text, 0, text.length);
        return bytes == null || bytes.length == 0 ? null : new BigInteger(1, bytes);
    }

    private Key rsa() throws GeneralSecurityException {
        BigInteger modulus = number("$.n");
        BigInteger exponent = number("$.d");
        if (modulus == null || exponent == null) {
            return null;
        }
        BigInteger[] rest = {number("$.e"), number("$.p"), number("$.q"), number("$.dp"), number("$.dq"), number("$.qi")};
        boolean all = true;
        for (BigInteger each : rest) {
            all &= each != null;
        }
        return KeyFactory.getInstance("RSA").generatePrivate(!all ? new RSAPrivateKeySpec(modulus, exponent)
                : new RSAPrivateCrtKeySpec(modulus, rest[0], exponent, rest[1], rest[2], rest[3], rest[4], rest[5]));
    }

    private Key ec() throws GeneralSecurityException {
        byte[] name = JweToken.member(json, "$.crv");
        BigInteger secret = number("$.d");
        ECParameterSpec curve = name == null ? null : JweAlgorithm.curve(name);
        return curve == null || secret == null ? null
                : KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(secret, curve));
    }
}
