package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Parts of a text by position: {@code bytes}, and {@code field} and {@code word} between delimiters. */
final class FieldConverters {

    private static final Signature PARTS = Signature.of(2, ArgumentKind.INTEGER, ArgumentKind.STRING,
            ArgumentKind.INTEGER);

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("bytes", Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.BINARY, SampleType.BINARY, FieldConverters::bytes),
            ConverterKeyword.of("field", PARTS, SampleType.STRING, SampleType.STRING, a -> part(a, false)),
            ConverterKeyword.of("word", PARTS, SampleType.STRING, SampleType.STRING, a -> part(a, true)));

    private FieldConverters() {}

    private static Converter bytes(Arguments arguments) throws ExpressionError {
        Operands.Operand offset = bound(arguments, 0, "offset");
        Operands.Operand length = arguments.hasText(1) ? bound(arguments, 1, "length") : null;
        return (context, sample) -> {
            Sample number = context.workspace().spare();
            if (!offset.read(context, number) || number.number() < 0) {
                return false;
            }
            int from = (int) Math.min(number.number(), sample.length());
            int count = sample.length() - from;
            if (length != null) {
                if (!length.read(context, number) || number.number() < 0) {
                    return false;
                }
                count = (int) Math.min(number.number(), count);
            }
            sample.slice(from, count);
            return true;
        };
    }

    /** A literal must make sense at once; what a variable holds shows later. */
    private static Operands.Operand bound(Arguments arguments, int index, String what) throws ExpressionError {
        String text = arguments.text(index);
        if (text.isEmpty()) {
            throw new ExpressionError("expects an integer or a variable name");
        }
        Long literal = Operands.literal(text);
        if (literal != null && literal < 0) {
            throw new ExpressionError(what + " value must be positive");
        }
        return Operands.number(arguments, index);
    }

    private static Converter part(Arguments arguments, boolean words) throws ExpressionError {
        long index = arguments.number(0, 0);
        if (index == 0) {
            throw new ExpressionError("Unexpected value 0 for index");
        }
        if (!arguments.hasText(1)) {
            throw new ExpressionError("Empty separators list");
        }
        boolean[] delimiters = new boolean[256];
        for (byte c : arguments.bytes(1)) {
            delimiters[c & 0xff] = true;
        }
        long count = arguments.number(2, 1);
        Parts parts = new Parts(delimiters, words, Math.abs(index), count <= 0 ? Long.MAX_VALUE : count);
        return index > 0 ? (context, sample) -> parts.fromStart(sample) : (context, sample) -> parts.fromEnd(sample);
    }

    /** What one use of the converters looks for. Immutable. */
    private record Parts(boolean[] delimiters, boolean words, long index, long count) {

        private boolean isDelimiter(Sample sample, int at) {
            return delimiters[sample.byteAt(at) & 0xff];
        }

        /** Words are never empty; without a word of that number the result is empty, without a field there is none. */
        private boolean fromStart(Sample sample) {
            int length = sample.length();
            long found = 0;
            int start = -1;
            int begin = 0;
            for (int i = 0; i <= length; i++) {
                if (i < length && !isDelimiter(sample, i)) {
                    continue;
                }
                if (!words || i > begin) {
                    found++;
                    if (found == index) {
                        start = begin;
                    }
                    if (start >= 0 && found - index + 1 == count) {
                        sample.slice(start, i - start);
                        return true;
                    }
                }
                begin = i + 1;
            }
            return rest(sample, start, start < 0 ? 0 : length);
        }

        private boolean fromEnd(Sample sample) {
            long found = 0;
            int end = -1;
            int stop = sample.length();
            for (int i = sample.length() - 1; i >= -1; i--) {
                if (i >= 0 && !isDelimiter(sample, i)) {
                    continue;
                }
                if (!words || stop > i + 1) {
                    found++;
                    if (found == index) {
                        end = stop;
                    }
                    if (end >= 0 && found - index + 1 == count) {
                        sample.slice(i + 1, end - i - 1);
                        return true;
                    }
                }
                stop = i;
            }
            return rest(sample, end < 0 ? -1 : 0, Math.max(end, 0));
        }

        /** Fewer parts than were asked for: what there is. */
        private boolean rest(Sample sample, int start, int end) {
            if (start < 0) {
                if (!words) {
                    return false;
                }
                sample.slice(0, 0);
                return true;
            }
            sample.slice(start, end - start);
            return true;
        }
    }
}
