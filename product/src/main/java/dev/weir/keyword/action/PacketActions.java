package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Marks on the packets of a side: firewall marks and types of service. */
final class PacketActions {

    private static final Set<RuleKind> FRONT = EnumSet.complementOf(EnumSet.of(RuleKind.AFTER_RESPONSE));
    private static final Set<RuleKind> BACK = EnumSet.of(RuleKind.CONTENT, RuleKind.REQUEST);
    private static final long MOST_MARK = 0xffff_ffffL;
    private static final long MOST_TOS = 255;

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-fc-mark", FRONT, line -> mark(line, false, false)),
            ActionKeyword.of("set-mark", FRONT, line -> mark(line, false, false)),
            ActionKeyword.of("set-fc-tos", FRONT, line -> mark(line, false, true)),
            ActionKeyword.of("set-tos", FRONT, line -> mark(line, false, true)),
            ActionKeyword.of("set-bc-mark", BACK, line -> mark(line, true, false)),
            ActionKeyword.of("set-bc-tos", BACK, line -> mark(line, true, true)));

    private PacketActions() {}

    private static Action mark(ActionLine line, boolean serverSide, boolean tos) throws ExpressionError {
        line.needs(1, "expects exactly 1 argument (integer/hex value or expression)");
        String word = line.peek();
        if (isNumber(word)) {
            line.next();
            long value = number(word);
            if (value < 0 || value > (tos ? MOST_TOS : MOST_MARK)) {
                throw new ExpressionError("invalid character starting at '" + badEnd(word)
                        + "' (integer/hex value expected)");
            }
            return context -> {
                context.mark(serverSide, tos, (int) value);
                return Verdict.CONTINUE;
            };
        }
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.INTEGER, context, sample)) {
                context.mark(serverSide, tos, (int) sample.number());
            }
            return Verdict.CONTINUE;
        };
    }

    private static boolean isNumber(String word) {
        return word.charAt(0) >= '0' && word.charAt(0) <= '9';
    }

    /** From the first character that is no digit. */
    private static String badEnd(String word) {
        int at = word.startsWith("0x") || word.startsWith("0X") ? 2 : 0;
        int base = at == 2 ? 16 : 10;
        while (at < word.length() && Character.digit(word.charAt(at), base) >= 0) {
            at++;
        }
        return word.substring(at);
    }

    private static long number(String word) {
        boolean hex = word.startsWith("0x") || word.startsWith("0X");
        long value = 0;
        for (int i = hex ? 2 : 0; i < word.length(); i++) {
            int digit = Character.digit(word.charAt(i), hex ? 16 : 10);
            if (digit < 0 || value > MOST_MARK) {
                return -1;
            }
            value = value * (hex ? 16 : 10) + digit;
        }
        return value;
    }
}
