package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.pattern.MatchMethod;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.PatternValues;
import dev.weir.model.pattern.PatternView;
import dev.weir.model.pattern.RegexIndex;
import dev.weir.model.pattern.Substitution;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.ArrayList;
import java.util.List;

/** Lookups in maps: a converter for each way to match and each type of result. */
final class MapConverters {

    static final List<ConverterKeyword> ALL = rows();

    private static final ThreadLocal<int[]> OFFSETS = ThreadLocal.withInitial(() -> new int[20]);

    private MapConverters() {}

    private static List<ConverterKeyword> rows() {
        List<ConverterKeyword> rows = new ArrayList<>();
        rows.add(row("map", MatchMethod.STR, PatternValues.STRING));
        for (MatchMethod method : List.of(MatchMethod.STR, MatchMethod.BEG, MatchMethod.SUB, MatchMethod.DIR,
                MatchMethod.DOM, MatchMethod.END, MatchMethod.REG, MatchMethod.INT, MatchMethod.IP)) {
            String name = "map_" + method.name().toLowerCase(java.util.Locale.ROOT);
            rows.add(row(name, method, PatternValues.STRING));
            rows.add(row(name + "_int", method, PatternValues.INTEGER));
            rows.add(row(name + "_ip", method, PatternValues.ADDRESS));
            rows.add(row(name + "_key", method, PatternValues.KEY));
        }
        rows.add(ConverterKeyword.impure("map_regm", signature(PatternValues.STRING), SampleType.STRING,
                SampleType.STRING, MapConverters::withGroups));
        return List.copyOf(rows);
    }

    private static Signature signature(PatternValues values) {
        return switch (values) {
            case KEY -> Signature.of(1, ArgumentKind.STRING);
            case INTEGER -> Signature.of(1, ArgumentKind.STRING, ArgumentKind.INTEGER);
            default -> Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING);
        };
    }

    private static ConverterKeyword row(String name, MatchMethod method, PatternValues values) {
        return ConverterKeyword.impure(name, signature(values), method.input(), values.type(),
                arguments -> lookup(arguments, method, values));
    }

    private static PatternView view(Arguments arguments, MatchMethod method, PatternValues values)
            throws ExpressionError {
        try {
            return arguments.scope().patterns().get(arguments.text(0), true, false)
                    .view(method, false, values, arguments.scope().regexes());
        } catch (PatternError e) {
            throw new ExpressionError(e.getMessage());
        }
    }

    private static Converter lookup(Arguments arguments, MatchMethod method, PatternValues values)
            throws ExpressionError {
        PatternView view = view(arguments, method, values);
        Sample otherwise = otherwise(arguments, values);
        if (otherwise == null) {
            return (context, sample) -> view.lookup(sample);
        }
        return (context, sample) -> {
            if (!view.lookup(sample)) {
                sample.copyValue(otherwise);
            }
            return true;
        };
    }

    private static Sample otherwise(Arguments arguments, PatternValues values) throws ExpressionError {
        if (!arguments.has(1)) {
            return null;
        }
        try {
            return values.parse(arguments.bytes(1));
        } catch (PatternError e) {
            throw new ExpressionError(values == PatternValues.ADDRESS
                    ? "expects IP address as default value" : e.getMessage());
        }
    }

    /** The value of the expression that matched, with references to what its groups matched. */
    private static Converter withGroups(Arguments arguments) throws ExpressionError {
        PatternView view = view(arguments, MatchMethod.REG, PatternValues.STRING);
        Sample otherwise = otherwise(arguments, PatternValues.STRING);
        return (context, sample) -> {
            PatternView.Snapshot now = view.snapshot();
            int found = now.index().find(sample);
            if (found < 0) {
                if (otherwise != null) {
                    sample.copyValue(otherwise);
                }
                return otherwise != null;
            }
            int[] offsets = OFFSETS.get();
            int count = ((RegexIndex) now.index()).expression(found)
                    .match(sample.bytes(), sample.at(), sample.length(), false, offsets);
            Area out = context.workspace().area();
            Substitution.append(now.entries()[found].value(), sample.bytes(), sample.at(), offsets, count, out);
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }
}
