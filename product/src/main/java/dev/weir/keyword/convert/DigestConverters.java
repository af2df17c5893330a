package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.security.DigestException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** Digests and message authentication codes, by OpenSSL's names of those that the JDK has. */
final class DigestConverters {

    private static final String UNKNOWN = "algorithm must be a valid OpenSSL message digest name.";

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("sha1", Signature.NONE, SampleType.BINARY, SampleType.BINARY, a -> digest("SHA-1")),
            ConverterKeyword.of("sha2", Signature.of(0, ArgumentKind.INTEGER), SampleType.BINARY, SampleType.BINARY,
                    DigestConverters::sha2),
            ConverterKeyword.of("digest", Signature.of(1, ArgumentKind.STRING), SampleType.BINARY, SampleType.BINARY,
                    a -> digest(javaName(a.text(0)))),
            ConverterKeyword.of("hmac", Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING), SampleType.BINARY,
                    SampleType.BINARY, DigestConverters::hmac));

    private DigestConverters() {}

    private static Converter sha2(Arguments arguments) throws ExpressionError {
        long bits = arguments.number(0, 256);
        if (bits != 224 && bits != 256 && bits != 384 && bits != 512) {
            throw new ExpressionError("Unsupported number of bits: '" + bits + "'");
        }
        return digest("SHA-" + bits);
    }

    /** The JDK's name of an algorithm that OpenSSL calls so. */
    private static String javaName(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "md5" -> "MD5";
            case "md2" -> "MD2";
            case "sha1", "sha-1" -> "SHA-1";
            case "sha224", "sha-224", "sha2-224" -> "SHA-224";
            case "sha256", "sha-256", "sha2-256" -> "SHA-256";
            case "sha384", "sha-384", "sha2-384" -> "SHA-384";
            case "sha512", "sha-512", "sha2-512" -> "SHA-512";
            case "sha512-224", "sha512/224", "sha-512/224", "sha2-512/224" -> "SHA-512/224";
            case "sha512-256", "sha512/256", "sha-512/256", "sha2-512/256" -> "SHA-512/256";
            case "sha3-224" -> "SHA3-224";
            case "sha3-256" -> "SHA3-256";
            case "sha3-384" -> "SHA3-384";
            case "sha3-512" -> "SHA3-512";
            default -> "";
        };
    }

    private static Converter digest(String javaName) throws ExpressionError {
        if (javaName.isEmpty()) {
            throw new ExpressionError(UNKNOWN);
        }
        // digests keep state: each worker makes its own when it needs it first
        ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(() -> {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        });
        int size = digests.get().getDigestLength();
        return (context, sample) -> {
            MessageDigest digest = digests.get();
            Area out = context.workspace().area();
            if (!out.reserve(size)) {
                return false;
            }
            try {
                digest.update(sample.bytes(), sample.at(), sample.length());
                out.put(EMPTY_DIGEST, 0, size);
                digest.digest(out.bytes(), 0, size);
            } catch (DigestException e) {
                return false;
            }
            sample.take(SampleType.BINARY, out);
            return true;
        };
    }

    private static final byte[] EMPTY_DIGEST = new byte[64];

    private static Converter hmac(Arguments arguments) throws ExpressionError {
        String javaName = javaName(arguments.text(0));
        String macName = "Hmac" + javaName.replaceFirst("SHA-", "SHA");
        try {
            Mac.getInstance(macName);
        } catch (NoSuchAlgorithmException e) {
            throw new ExpressionError(UNKNOWN);
        }
        SecretOperand key = SecretOperand.read(arguments, 1, "key");
        return (context, sample) -> authenticate(context, sample, macName, key);
    }

    private static boolean authenticate(ExpressionContext context, Sample sample, String macName, SecretOperand key) {
        byte[] secret = key.value(context);
        if (secret == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, macName));
            mac.update(sample.bytes(), sample.at(), sample.length());
            Area out = context.workspace().area();
            out.put(EMPTY_DIGEST, 0, mac.getMacLength());
            mac.doFinal(out.bytes(), 0);
            sample.take(SampleType.BINARY, out);
            return true;
        } catch (NoSuchAlgorithmException | InvalidKeyException | ShortBufferException e) {
            return false;
        }
    }
}
