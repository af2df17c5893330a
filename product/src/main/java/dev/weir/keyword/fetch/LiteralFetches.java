package dev.weir.keyword.fetch;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Fetch;
import dev.weir.flow.expr.FetchKeyword;
import dev.weir.flow.expr.Need;
import dev.weir.flow.expr.Signature;
import dev.weir.model.pattern.HexPatterns;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.value.HttpMethod;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.util.List;
import java.util.Locale;

/** Values that the configuration itself names: literals, the environment, variables. */
final class LiteralFetches {

    private static final Signature TEXT = Signature.of(1, ArgumentKind.STRING);

    static final List<FetchKeyword> ALL = List.of(
            FetchKeyword.constant("always_true", Signature.NONE, SampleType.BOOL, a -> bool(true)),
            FetchKeyword.constant("always_false", Signature.NONE, SampleType.BOOL, a -> bool(false)),
            FetchKeyword.constant("str", TEXT, SampleType.STRING, a -> text(a.bytes(0))),
            FetchKeyword.constant("bool", TEXT, SampleType.BOOL, LiteralFetches::truth),
            FetchKeyword.constant("int", Signature.of(1, ArgumentKind.INTEGER), SampleType.INTEGER,
                    LiteralFetches::integer),
            FetchKeyword.constant("ipv4", Signature.of(1, ArgumentKind.IPV4), SampleType.IPV4, a -> same(a.address(0))),
            FetchKeyword.constant("ipv6", Signature.of(1, ArgumentKind.IPV6), SampleType.IPV6, a -> same(a.address(0))),
            FetchKeyword.constant("bin", TEXT, SampleType.BINARY, LiteralFetches::bytes),
            FetchKeyword.constant("meth", TEXT, SampleType.METHOD, LiteralFetches::method),
            FetchKeyword.constant("env", TEXT, SampleType.STRING, LiteralFetches::environment),
            FetchKeyword.constant("proc", Signature.NONE, SampleType.INTEGER, a -> number(1)),
            FetchKeyword.constant("nbproc", Signature.NONE, SampleType.INTEGER, a -> number(1)),
            FetchKeyword.constant("quic_enabled", Signature.NONE, SampleType.BOOL, a -> bool(false)),
            FetchKeyword.of("var", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING), SampleType.ANY,
                    Need.NOTHING, LiteralFetches::variable));

    private LiteralFetches() {}

    private static Fetch same(Sample value) {
        return (context, out) -> {
            out.copyValue(value);
            return true;
        };
    }

    private static Fetch bool(boolean value) {
        return (context, out) -> {
            out.bool(value);
            return true;
        };
    }

    private static Fetch number(long value) {
        return (context, out) -> {
            out.integer(value);
            return true;
        };
    }

    private static Fetch text(byte[] value) {
        return (context, out) -> {
            out.string(value);
            return true;
        };
    }

    private static Fetch truth(Arguments arguments) throws ExpressionError {
        return switch (arguments.text(0).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> bool(true);
            case "false", "0" -> bool(false);
            default -> throw new ExpressionError("Expects 'true', 'false', '0' or '1'");
        };
    }

    private static Fetch integer(Arguments arguments) {
        return number(arguments.number(0, 0));
    }

    private static Fetch bytes(Arguments arguments) throws ExpressionError {
        try {
            byte[] value = HexPatterns.decode(arguments.bytes(0));
            return (context, out) -> {
                out.binary(value, 0, value.length);
                return true;
            };
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
    }

    private static Fetch method(Arguments arguments) {
        byte[] name = arguments.bytes(0);
        int number = HttpMethod.number(name, 0, name.length);
        return (context, out) -> {
            out.method(number, name, 0, name.length);
            return true;
        };
    }

    private static Fetch environment(Arguments arguments) {
        String value = arguments.scope().environment(arguments.text(0));
        return value == null ? (context, out) -> false
                : text(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Fetch variable(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.variable(0);
        byte[] otherwise = arguments.has(1) ? arguments.bytes(1) : null;
        if (otherwise == null) {
            return (context, out) -> read(context, name, out);
        }
        return (context, out) -> {
            if (!read(context, name, out)) {
                out.string(otherwise);
            }
            return true;
        };
    }

    private static boolean read(ExpressionContext context, VariableName name, Sample out) {
        Variables variables = context.variables(name.scope());
        return variables != null && variables.get(name.number(), out);
    }
}
