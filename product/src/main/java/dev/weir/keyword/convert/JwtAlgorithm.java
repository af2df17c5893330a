package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms of RFC 7518 section 3.1. */
enum JwtAlgorithm {
    NONE("none", Kind.NONE, 0),
    HS256("HS256", Kind.HMAC, 256), HS384("HS384", Kind.HMAC, 384), HS512("HS512", Kind.HMAC, 512),
    RS256("RS256", Kind.RSA, 256), RS384("RS384", Kind.RSA, 384), RS512("RS512", Kind.RSA, 512),
    ES256("ES256", Kind.ECDSA, 256), ES384("ES384", Kind.ECDSA, 384), ES512("ES512", Kind.ECDSA, 512),
    PS256("PS256", Kind.PSS, 256), PS384("PS384", Kind.PSS, 384), PS512("PS512", Kind.PSS, 512);

    /** What kind of key and signature. */
    enum Kind { NONE, HMAC, RSA, ECDSA, PSS }

    private final String text;
    private final Kind kind;
    private final int bits;

    JwtAlgorithm(String text, Kind kind, int bits) {
        this.text = text;
        this.kind = kind;
        this.bits = bits;
    }

    Kind kind() {
        return kind;
    }

    /** Null for a name that is none of them. */
    static JwtAlgorithm find(String name) {
        for (JwtAlgorithm algorithm : values()) {
            if (algorithm.text.equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    boolean verifyMac(byte[] secret, byte[] data, int at, int length, Area signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, mac.getAlgorithm()));
            mac.update(data, at, length);
            return MessageDigest.isEqual(mac.doFinal(), Arrays.copyOf(signature.bytes(), signature.length()));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    boolean verify(PublicKey key, byte[] data, int at, int length, Area signature) {
        try {
            Signature verifier = verifier();
            verifier.initVerify(key);
            verifier.update(data, at, length);
            // the bare form of ECDSA signatures has a fixed length
            return verifier.verify(signature.bytes(), 0, signature.length());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        return switch (kind) {
            case ECDSA -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case PSS -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String digest = "SHA-" + bits;
                pss.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), bits / 8, 1));
                yield pss;
            }
            default -> Signature.getInstance("SHA" + bits + "withRSA");
        };
    }
}
