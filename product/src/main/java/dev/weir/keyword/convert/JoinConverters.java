package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Texts;
import dev.weir.model.value.VariableName;
import java.util.List;

/** A text together with variables: joined with them, compared with them. */
final class JoinConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("concat",
                    Signature.of(0, ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.STRING, JoinConverters::concat),
            ConverterKeyword.of("add_item",
                    Signature.of(2, ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.STRING, JoinConverters::addItem),
            ConverterKeyword.of("strcmp", Signature.of(1, ArgumentKind.STRING), SampleType.STRING,
                    SampleType.INTEGER, JoinConverters::compare),
            ConverterKeyword.of("secure_memcmp", Signature.of(1, ArgumentKind.STRING), SampleType.STRING,
                    SampleType.BOOL, JoinConverters::compareInConstantTime));

    private JoinConverters() {}

    private static Converter concat(Arguments arguments) throws ExpressionError {
        byte[] before = arguments.bytes(0);
        VariableName name = arguments.hasText(1) ? arguments.registered(1) : null;
        byte[] after = arguments.bytes(2);
        return (context, sample) -> {
            Area out = context.workspace().area();
            out.put(sample.bytes(), sample.at(), sample.length()).put(before);
            Sample value = context.workspace().spare();
            if (name != null && Operands.read(context, name, value)) {
                Casts.append(value, out);
            }
            out.put(after);
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    private static Converter addItem(Arguments arguments) throws ExpressionError {
        byte[] delimiter = arguments.bytes(0);
        VariableName name = arguments.hasText(1) ? arguments.registered(1) : null;
        byte[] suffix = arguments.bytes(2);
        if (name == null && suffix.length == 0) {
            throw new ExpressionError("one of the optional arguments has to be nonempty");
        }
        return (context, sample) -> {
            Sample value = context.workspace().spare();
            boolean present = name != null && Operands.readText(context, name, value) && value.length() > 0;
            if (!present && suffix.length == 0) {
                return true;
            }
            Area out = context.workspace().area();
            out.put(sample.bytes(), sample.at(), sample.length());
            if (sample.length() > 0) {
                out.put(delimiter);
            }
            if (present) {
                out.put(value.bytes(), value.at(), value.length());
            }
            out.put(suffix);
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    private static Converter compare(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.registered(0);
        return (context, sample) -> {
            Sample value = context.workspace().spare();
            if (!Operands.readText(context, name, value)) {
                return false;
            }
            int common = Math.min(sample.length(), value.length());
            int difference = Texts.compare(sample.bytes(), sample.at(), common, value.bytes(), value.at(), common);
            // of two texts that begin alike the length decides, not by how much
            sample.integer(difference != 0 ? difference : Integer.compare(sample.length(), value.length()));
            return true;
        };
    }

    private static Converter compareInConstantTime(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.registered(0);
        return (context, sample) -> {
            Sample value = context.workspace().spare();
            if (!Operands.readText(context, name, value)) {
                return false;
            }
            int difference = sample.length() ^ value.length();
            int common = difference == 0 ? sample.length() : 0;
            for (int i = 0; i < common; i++) {
                difference |= sample.byteAt(i) ^ value.byteAt(i);
            }
            sample.bool(difference == 0);
            return true;
        };
    }
}
