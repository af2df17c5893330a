package dev.weir.keyword.action;

import dev.weir.base.log.LogLine;
import dev.weir.config.rule.ActionLine;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.model.pattern.PatternError;
import dev.weir.model.pattern.Regex;
import dev.weir.model.pattern.Substitution;
import dev.weir.model.value.Area;
import java.util.Arrays;

/** A regular expression and the format that takes the place of what it matches, with references to its groups. Immutable. */
final class Replacement {

    private static final int GROUPS = 10;

    private final Regex regex;
    private final Text format;

    private Replacement(Regex regex, Text format) {
        this.regex = regex;
        this.format = format;
    }

    /** Of the next two words; what comes before the words on a wrong pattern is told by who asks. */
    static Replacement read(ActionLine line, String complaint) throws ExpressionError {
        String pattern = line.next();
        try {
            return new Replacement(line.scope().regexes().compile(ActionLine.bytes(pattern), false), line.text());
        } catch (PatternError e) {
            throw new ExpressionError(complaint + e.getMessage());
        }
    }

    /** What shall stand instead of the text, or null when it does not match. */
    Area of(RuleContext context, byte[] text, int at, int length) {
        int[] groups = new int[2 * GROUPS];
        int count = regex.match(text, at, length, false, groups);
        if (count == 0) {
            return null;
        }
        byte[] constant = format.constant();
        if (constant == null) {
            LogLine line = context.text(format);
            constant = Arrays.copyOf(line.array(), line.length());
        }
        Area out = context.workspace().area();
        Substitution.append(constant, text, at, groups, count, out);
        return out;
    }
}
