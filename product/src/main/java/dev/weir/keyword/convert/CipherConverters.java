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
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in the modes CBC and GCM. What does not decrypt is no value. */
final class CipherConverters {

    private static final int TAG_BYTES = 16;

    private static final Signature CBC = Signature.of(3, ArgumentKind.INTEGER, ArgumentKind.STRING,
            ArgumentKind.STRING, ArgumentKind.STRING);
    private static final Signature GCM = Signature.of(4, ArgumentKind.INTEGER, ArgumentKind.STRING,
            ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING);

    static final List<ConverterKeyword> ALL = List.of(
            row("aes_cbc_dec", CBC, a -> cbc(a, Cipher.DECRYPT_MODE)),
            row("aes_cbc_enc", CBC, a -> cbc(a, Cipher.ENCRYPT_MODE)),
            row("aes_gcm_dec", GCM, CipherConverters::gcmDecrypt),
            row("aes_gcm_enc", GCM, CipherConverters::gcmEncrypt));

    private CipherConverters() {}

    private static ConverterKeyword row(String name, Signature signature, ConverterKeyword.Factory factory) {
        return ConverterKeyword.impure(name, signature, SampleType.BINARY, SampleType.BINARY, factory);
    }

    private static int keyBytes(Arguments arguments) throws ExpressionError {
        long bits = arguments.number(0, 0);
        if (bits != 128 && bits != 192 && bits != 256) {
            throw new ExpressionError("key size must be 128, 192 or 256 (bits).");
        }
        return (int) bits / 8;
    }

    private static Converter cbc(Arguments arguments, int mode) throws ExpressionError {
        int keyBytes = keyBytes(arguments);
        SecretOperand nonce = SecretOperand.read(arguments, 1, "nonce");
        SecretOperand key = SecretOperand.read(arguments, 2, "key");
        return (context, sample) -> {
            byte[] iv = nonce.value(context);
            byte[] secret = key.value(context);
            if (iv == null || iv.length < TAG_BYTES || secret == null || secret.length != keyBytes) {
                return false;
            }
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(mode, new SecretKeySpec(secret, "AES"), new IvParameterSpec(iv, 0, TAG_BYTES));
                return give(cipher.doFinal(sample.bytes(), sample.at(), sample.length()), context, sample);
            } catch (GeneralSecurityException e) {
                return false;
            }
        };
    }

    private static boolean give(byte[] result, ExpressionContext context, Sample sample) {
        if (result.length > context.workspace().limit()) {
            return false;
        }
        sample.binary(result, 0, result.length);
        return true;
    }

    private static Cipher gcm(int mode, byte[] secret, byte[] iv, byte[] associated) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(8 * TAG_BYTES, iv));
        if (associated != null) {
            cipher.updateAAD(associated);
        }
        return cipher;
    }

    private static Converter gcmDecrypt(Arguments arguments) throws ExpressionError {
        int keyBytes = keyBytes(arguments);
        SecretOperand nonce = SecretOperand.read(arguments, 1, "nonce");
        SecretOperand key = SecretOperand.read(arguments, 2, "key");
        SecretOperand tag = SecretOperand.read(arguments, 3, "aead_tag");
        SecretOperand associated = arguments.hasText(4) ? SecretOperand.read(arguments, 4, "aad") : null;
        return (context, sample) -> {
            byte[] iv = nonce.value(context);
            byte[] secret = key.value(context);
            byte[] seal = tag.value(context);
            byte[] data = associated == null ? null : associated.value(context);
            if (iv == null || iv.length == 0 || secret == null || secret.length != keyBytes || seal == null
                    || seal.length != TAG_BYTES || associated != null && data == null) {
                return false;
            }
            try {
                Cipher cipher = gcm(Cipher.DECRYPT_MODE, secret, iv, data);
                byte[] whole = new byte[sample.length() + TAG_BYTES];
                System.arraycopy(sample.bytes(), sample.at(), whole, 0, sample.length());
                System.arraycopy(seal, 0, whole, sample.length(), TAG_BYTES);
                return give(cipher.doFinal(whole), context, sample);
            } catch (GeneralSecurityException e) {
                return false;
            }
        };
    }

    /** The tag goes into a variable, in base64. */
    private static Converter gcmEncrypt(Arguments arguments) throws ExpressionError {
        int keyBytes = keyBytes(arguments);
        SecretOperand nonce = SecretOperand.read(arguments, 1, "nonce");
        SecretOperand key = SecretOperand.read(arguments, 2, "key");
        VariableName tag = arguments.variableOrNull(3);
        if (tag == null) {
            throw new ExpressionError("failed to parse aead_tag : argument needs to be a variable");
        }
        SecretOperand associated = arguments.hasText(4) ? SecretOperand.read(arguments, 4, "aad") : null;
        return (context, sample) -> {
            byte[] iv = nonce.value(context);
            byte[] secret = key.value(context);
            byte[] data = associated == null ? null : associated.value(context);
            Variables variables = context.variables(tag.scope());
            if (iv == null || iv.length == 0 || secret == null || secret.length != keyBytes || variables == null
                    || associated != null && data == null) {
                return false;
            }
            try {
                Cipher cipher = gcm(Cipher.ENCRYPT_MODE, secret, iv, data);
                byte[] whole = cipher.doFinal(sample.bytes(), sample.at(), sample.length());
                Area text = context.workspace().area();
                Base64Text.encode(whole, whole.length - TAG_BYTES, TAG_BYTES, false, text);
                Sample seal = context.workspace().spare();
                seal.take(SampleType.STRING, text);
                sample.binary(whole, 0, whole.length - TAG_BYTES);
                return variables.set(tag.number(), seal);
            } catch (GeneralSecurityException e) {
                return false;
            }
        };
    }
}
