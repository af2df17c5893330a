package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.flow.expr.TokenKeys;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;

/** JSON Web Tokens in their compact form: reading their parts, verifying their signature. */
final class JwtConverters {

    private static final Signature QUERY = Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING);

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("jwt_header_query", QUERY, SampleType.BINARY, SampleType.ANY, a -> query(a, 0)),
            ConverterKeyword.of("jwt_payload_query", QUERY, SampleType.BINARY, SampleType.ANY, a -> query(a, 1)),
            ConverterKeyword.of("jwt_verify", Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.BINARY, SampleType.INTEGER, JwtConverters::verify),
            ConverterKeyword.impure("jwt_verify_cert", Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.BINARY, SampleType.INTEGER, JwtConverters::verifyByCertificate));

    private static final int UNKNOWN_ALGORITHM = -1;
    private static final int INVALID_TOKEN = -3;
    private static final int UNMANAGED_ALGORITHM = -2;
    private static final int UNKNOWN_KEY = -5;
    private static final int UNAVAILABLE_KEY = -7;

    private JwtConverters() {}

    /** How many dots the token has, with the places of the first two. */
    private static int dots(Sample token, int[] places) {
        int count = 0;
        for (int i = 0; i < token.length(); i++) {
            if (token.byteAt(i) == '.') {
                if (count < places.length) {
                    places[count] = i;
                }
                count++;
            }
        }
        return count;
    }

    private static Converter query(Arguments arguments, int part) throws ExpressionError {
        Converter inner = arguments.hasText(0) ? JsonConverters.query(arguments, 0) : null;
        return (context, sample) -> {
            int[] places = new int[2];
            int dots = dots(sample, places);
            // a signed token has three parts, an encrypted one five
            if (dots != 2 && (dots != 4 || part > 0)) {
                return false;
            }
            int from = part == 0 ? 0 : places[0] + 1;
            int to = part == 0 ? places[0] : places[1];
            Area out = context.workspace().area();
            if (!Base64Text.decode(sample.bytes(), sample.at() + from, to - from, Base64Text.URL, out)) {
                return false;
            }
            sample.take(SampleType.STRING, out);
            return inner == null || inner.convert(context, sample);
        };
    }

    private static Converter verify(Arguments arguments) throws ExpressionError {
        VariableName algorithmName = arguments.variableOrNull(0);
        JwtAlgorithm literal = JwtAlgorithm.find(arguments.text(0));
        if (algorithmName == null && literal == null) {
            throw new ExpressionError("unknown JWT algorithm: " + arguments.text(0));
        }
        VariableName keyName = arguments.variableOrNull(1);
        byte[] key = arguments.bytes(1);
        boolean mayBeFile = literal == null || literal.kind() != JwtAlgorithm.Kind.HMAC;
        PublicKey publicKey = mayBeFile && keyName == null ? PublicKeyFile.read(arguments.text(1)) : null;
        return (context, sample) -> {
            JwtAlgorithm algorithm = literal;
            Sample value = context.workspace().spare();
            if (algorithmName != null) {
                if (!Operands.readText(context, algorithmName, value)) {
                    return false;
                }
                algorithm = JwtAlgorithm.find(text(value));
            }
            byte[] secret = key;
            if (keyName != null) {
                if (!Operands.readText(context, keyName, value)) {
                    return false;
                }
                secret = java.util.Arrays.copyOfRange(value.bytes(), value.at(), value.end());
            }
            sample.integer(algorithm == null ? UNKNOWN_ALGORITHM
                    : check(context, sample, algorithm, secret, publicKey));
            return true;
        };
    }

    private static Converter verifyByCertificate(Arguments arguments) throws ExpressionError {
        VariableName algorithmName = arguments.variableOrNull(0);
        JwtAlgorithm literal = JwtAlgorithm.find(arguments.text(0));
        if (algorithmName == null && literal == null) {
            throw new ExpressionError("unknown JWT algorithm: " + arguments.text(0));
        }
        VariableName keyName = arguments.variableOrNull(1);
        String path = arguments.text(1);
        Map<String, TokenKeys> all = arguments.scope().tokenKeys();
        JweConverters.expect(all, path, keyName);
        return (context, sample) -> {
            JwtAlgorithm algorithm = literal;
            Sample value = context.workspace().spare();
            if (algorithmName != null) {
                if (!Operands.readText(context, algorithmName, value)) {
                    return false;
                }
                algorithm = JwtAlgorithm.find(text(value));
            }
            String name = path;
            if (keyName != null) {
                if (!Operands.readText(context, keyName, value)) {
                    return false;
                }
                name = text(value);
            }
            sample.integer(algorithm == null ? UNKNOWN_ALGORITHM
                    : algorithm.kind() == JwtAlgorithm.Kind.HMAC ? UNMANAGED_ALGORITHM
                    : checkBy(context, sample, algorithm, all.get(name), keyName == null));
            return true;
        };
    }

    private static int checkBy(ExpressionContext context, Sample token, JwtAlgorithm algorithm, TokenKeys keys,
            boolean exists) {
        int outcome = check(context, token, algorithm, null, keys == null ? null : keys.publicKey());
        return outcome == UNKNOWN_KEY && exists ? UNAVAILABLE_KEY : outcome;
    }

    private static String text(Sample value) {
        return new String(value.bytes(), value.at(), value.length(), StandardCharsets.ISO_8859_1);
    }

    private static int check(ExpressionContext context, Sample token, JwtAlgorithm algorithm, byte[] secret,
            PublicKey key) {
        int[] places = new int[2];
        if (dots(token, places) != 2 || places[0] == 0) {
            return INVALID_TOKEN;
        }
        int signatureAt = token.at() + places[1] + 1;
        Area signature = context.workspace().area();
        if (!Base64Text.decode(token.bytes(), signatureAt, token.end() - signatureAt, Base64Text.URL, signature)) {
            return INVALID_TOKEN;
        }
        if (algorithm.kind() == JwtAlgorithm.Kind.NONE) {
            return signature.length() == 0 ? 1 : 0;
        }
        if (signature.length() == 0) {
            return INVALID_TOKEN;
        }
        if (algorithm.kind() == JwtAlgorithm.Kind.HMAC) {
            return algorithm.verifyMac(secret, token.bytes(), token.at(), places[1], signature) ? 1 : 0;
        }
        if (key == null) {
            return UNKNOWN_KEY;
        }
        return algorithm.verify(key, token.bytes(), token.at(), places[1], signature) ? 1 : 0;
    }
}
