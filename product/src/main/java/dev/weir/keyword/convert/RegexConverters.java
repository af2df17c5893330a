package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.pattern.Regex;
import dev.weir.model.pattern.Substitution;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.List;

/** Substitution by regular expressions. */
final class RegexConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.of("regsub",
                    Signature.of(2, ArgumentKind.REGEX, ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.STRING, SampleType.STRING, RegexConverters::substitute));

    private static final int GROUPS = 10;
    private static final ThreadLocal<int[]> OFFSETS = ThreadLocal.withInitial(() -> new int[2 * GROUPS]);

    private RegexConverters() {}

    private static Converter substitute(Arguments arguments) throws ExpressionError {
        boolean ignoreCase = false;
        boolean all = false;
        for (char flag : arguments.text(2).toCharArray()) {
            switch (flag) {
                case 'i' -> ignoreCase = true;
                case 'g' -> all = true;
                default -> throw new ExpressionError("invalid regex flag '" + flag
                        + "', only 'i' and 'g' are supported");
            }
        }
        Regex regex = arguments.regex(0, ignoreCase);
        byte[] replacement = arguments.bytes(1);
        boolean global = all;
        return (context, sample) -> {
            Area out = context.workspace().area();
            replace(sample, regex, replacement, global, out);
            sample.take(SampleType.STRING, out);
            return !out.overflowed();
        };
    }

    /**
     * Every match looks at the rest alone, the end included. After an empty match one byte is copied, so that there is
     * always progress.
     */
    private static void replace(Sample sample, Regex regex, byte[] replacement, boolean global, Area out) {
        int[] offsets = OFFSETS.get();
        byte[] text = sample.bytes();
        int at = sample.at();
        int end = sample.end();
        boolean more = true;
        while (more && !out.overflowed()) {
            int count = regex.match(text, at, end - at, at > sample.at(), offsets);
            if (count == 0) {
                break;
            }
            out.put(text, at, offsets[0]);
            Substitution.append(replacement, text, at, offsets, count, out);
            int next = at + offsets[1];
            boolean empty = offsets[0] == offsets[1];
            more = global && (!empty || next < end);
            if (empty && next < end) {
                out.put(text[next++]);
            }
            at = next;
        }
        out.put(text, at, end - at);
    }
}
