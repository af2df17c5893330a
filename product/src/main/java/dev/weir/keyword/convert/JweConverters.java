package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.flow.expr.TokenKeys;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Opening encrypted web tokens. What cannot be opened becomes an empty text, as the manual says. */
final class JweConverters {

    private static final Signature ONE = Signature.of(1, ArgumentKind.STRING);

    static final List<ConverterKeyword> ALL = List.of(
            row("jwt_decrypt_secret", a -> decrypt(a, "a secret in base64", JweAlgorithm::secretKey)),
            row("jwt_decrypt_jwk", a -> decrypt(a, "a JSON Web Key", JsonWebKey::read)),
            row("jwt_decrypt_cert", JweConverters::byCertificate));

    private static final byte[] NOTHING = new byte[0];

    private JweConverters() {}

    private static ConverterKeyword row(String name, ConverterKeyword.Factory factory) {
        return ConverterKeyword.impure(name, ONE, SampleType.BINARY, SampleType.BINARY, factory);
    }

    private static Converter decrypt(Arguments arguments, String what, Function<byte[], Key> reader)
            throws ExpressionError {
        VariableName variable = arguments.variableOrNull(0);
        Key literal = variable != null ? null : reader.apply(arguments.bytes(0));
        if (variable == null && literal == null) {
            throw new ExpressionError("expects " + what + " or a variable");
        }
        Set<String> algorithms = algorithms(arguments);
        Set<String> encryptions = encryptions(arguments);
        return (context, sample) -> {
            Key key = literal;
            if (variable != null) {
                byte[] value = read(context, variable);
                key = value == null ? null : reader.apply(value);
            }
            return give(context, sample, open(sample, key, algorithms, encryptions));
        };
    }

    private static Converter byCertificate(Arguments arguments) throws ExpressionError {
        VariableName variable = arguments.variableOrNull(0);
        String name = arguments.text(0);
        Map<String, TokenKeys> all = arguments.scope().tokenKeys();
        expect(all, name, variable);
        Set<String> algorithms = algorithms(arguments);
        Set<String> encryptions = encryptions(arguments);
        return (context, sample) -> {
            byte[] said = variable == null ? null : read(context, variable);
            TokenKeys keys = variable == null ? all.get(name)
                    : said == null ? null : all.get(new String(said, StandardCharsets.ISO_8859_1));
            return give(context, sample, open(sample, keys == null ? null : keys.privateKey(), algorithms, encryptions));
        };
    }

    /** A certificate that is named by the line itself must be there. */
    static void expect(Map<String, TokenKeys> all, String name, VariableName variable) throws ExpressionError {
        if (variable == null && !all.containsKey(name) && !Files.isReadable(Path.of(name))) {
            throw new ExpressionError("unable to load certificate '" + name + "'");
        }
    }

    private static byte[] read(ExpressionContext context, VariableName variable) {
        Sample value = context.workspace().spare();
        return Operands.readText(context, variable, value)
                ? Arrays.copyOfRange(value.bytes(), value.at(), value.end()) : null;
    }

    private static boolean give(ExpressionContext context, Sample sample, byte[] content) {
        byte[] result = content == null || content.length > context.workspace().limit() ? NOTHING : content;
        sample.binary(result, 0, result.length);
        return true;
    }

    /** Null when that fails. */
    private static byte[] open(Sample sample, Key key, Set<String> algorithms, Set<String> encryptions) {
        JweToken token = key == null ? null : JweToken.parse(sample);
        String alg = token == null ? null : text(token.said("$.alg"));
        String enc = token == null ? null : text(token.said("$.enc"));
        if (alg == null || enc == null || !algorithms.contains(alg) || !encryptions.contains(enc)) {
            return null;
        }
        JweEncryption encryption = JweEncryption.find(enc);
        try {
            return token.content(encryption, JweAlgorithm.find(alg).contentKey(token, encryption, key));
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> algorithms(Arguments arguments) {
        Set<String> all = new java.util.LinkedHashSet<>();
        for (JweAlgorithm each : JweAlgorithm.values()) {
            all.add(each.text());
        }
        return allowed(arguments.scope().global("jwt.decrypt_alg_list"), "ALL:!RSA1_5", all);
    }

    private static Set<String> encryptions(Arguments arguments) {
        Set<String> all = new java.util.LinkedHashSet<>();
        for (JweEncryption each : JweEncryption.values()) {
            all.add(each.text());
        }
        return allowed(arguments.scope().global("jwt.decrypt_enc_list"), "ALL", all);
    }

    private static Set<String> allowed(String said, String otherwise, Set<String> all) {
        Set<String> allowed = new java.util.HashSet<>();
        for (String word : (said == null ? otherwise : said).split(":")) {
            if (word.equals("ALL")) {
                allowed.addAll(all);
            } else if (word.startsWith("!")) {
                allowed.remove(word.substring(1));
            } else if (all.contains(word)) {
                allowed.add(word);
            }
        }
        return Set.copyOf(allowed);
    }
}
