package dev.weir.keyword.action;

import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.filter.BandwidthLimit;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.SampleType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Putting bandwidth limits in force (configuration manual 9.7). */
final class BandwidthActions {

    private static final Set<RuleKind> PLACES = EnumSet.of(RuleKind.CONTENT, RuleKind.RESPONSE_CONTENT,
            RuleKind.REQUEST, RuleKind.RESPONSE);

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-bandwidth-limit", PLACES, BandwidthActions::limit));

    private BandwidthActions() {}

    /** A number that is written down, or an expression that gives one. */
    private record Amount(long number, Expression expression) {

        /** What it is now; the usual one when there is none. */
        long now(RuleContext context, long usual) {
            if (expression == null) {
                return number > 0 ? number : usual;
            }
            boolean valid = expression.evaluateAs(SampleType.INTEGER, context, context.sample());
            return valid && context.sample().number() > 0 ? context.sample().number() : usual;
        }
    }

    private static final Amount USUAL = new Amount(0, null);

    private static Action limit(ActionLine line) throws ExpressionError {
        if (!line.hasMore()) {
            throw new ExpressionError("missing bandwidth limitation filter name");
        }
        String name = line.next();
        Amount bytes = USUAL;
        Amount period = USUAL;
        boolean custom = false;
        while (!line.isOver()) {
            String word = line.next();
            if (!line.hasMore() && (word.equals("limit") || word.equals("period"))) {
                throw new ExpressionError("missing " + word + " value or expression");
            }
            custom = true;
            switch (word) {
                case "limit" -> bytes = amount(line, Numbers.size(line.peek()));
                case "period" -> period = amount(line, Numbers.millis(line.peek()));
                default -> throw new ExpressionError("expects 'limit' and/or 'period'");
            }
        }
        BandwidthLimit filter = line.scope().bandwidthLimit(name);
        if (filter == null) {
            throw ExpressionError.unresolved("unable to find bwlim filter '" + name
                    + "' referenced by set-bandwidth-limit rule");
        }
        if (filter.isShared()) {
            if (custom) {
                throw ExpressionError.unresolved("set-bandwidth-limit rule cannot define a limit or a period for the"
                        + " shared bwlim filter '" + name + "'");
            }
            return context -> share(context, filter);
        }
        Amount limit = bytes;
        Amount time = period;
        return context -> {
            context.limits().put(filter, limit.now(context, filter.limit()),
                    (int) Math.min(Integer.MAX_VALUE, time.now(context, filter.periodMs())), context.nowMs());
            return Verdict.CONTINUE;
        };
    }

    private static Amount amount(ActionLine line, long number) throws ExpressionError {
        if (number < 0) {
            return new Amount(0, line.expression());
        }
        line.next();
        return new Amount(number, null);
    }

    private static Verdict share(RuleContext context, BandwidthLimit filter) {
        long entry = filter.entry(context, context.sample());
        if (entry != StickTable.NONE) {
            context.limits().share(filter, entry, context.nowMs());
        }
        return Verdict.CONTINUE;
    }
}
