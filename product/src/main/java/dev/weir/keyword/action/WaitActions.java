package dev.weir.keyword.action;

import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.net.tls.TlsFacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Actions that wait: for a time, for a body, for the end of a handshake. */
final class WaitActions {

    private static final Set<RuleKind> BOTH = EnumSet.of(RuleKind.REQUEST, RuleKind.RESPONSE);

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("pause", BOTH, WaitActions::pause),
            ActionKeyword.of("wait-for-body", BOTH, WaitActions::body),
            ActionKeyword.of("wait-for-handshake", RuleKind.REQUEST, line -> WaitActions::handshake));

    private WaitActions() {}

    /** Looked at more and more rarely: a client that never ends its handshake costs next to nothing. */
    private static Verdict handshake(RuleContext context) {
        TlsFacts tls = context.client().tls();
        return tls == null || !tls.isEarly() ? Verdict.CONTINUE : context.looksAgain();
    }

    private static Action pause(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 argument (timeout or expression)");
        long ms = Numbers.millis(line.peek());
        if (ms == Numbers.OVERFLOW) {
            throw new ExpressionError("timer overflow in argument to rule (maximum value is 2147483647 ms or ~24.8 days)");
        }
        if (ms >= 0) {
            line.next();
            return context -> context.hasWaited(ms) ? Verdict.CONTINUE : Verdict.WAIT;
        }
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            boolean valid = expression.evaluateAs(SampleType.INTEGER, context, sample) && sample.number() > 0;
            return !valid || context.hasWaited(sample.number()) ? Verdict.CONTINUE : Verdict.WAIT;
        };
    }

    private static Action body(ActionLine line) throws ExpressionError {
        long ms = -1;
        long atLeast = 0;
        while (!line.isOver()) {
            String word = line.next();
            switch (word) {
                case "time" -> {
                    if (!line.hasMore()) {
                        throw new ExpressionError("missing argument for 'time'");
                    }
                    String text = line.next();
                    ms = Numbers.millis(text);
                    if (ms == Numbers.OVERFLOW) {
                        throw new ExpressionError("time overflow (maximum value is 2147483647 ms or ~24.8 days)");
                    }
                    if (ms < 0) {
                        throw new ExpressionError("unexpected character '" + Numbers.culprit(text, ms) + "'");
                    }
                }
                case "at-least" -> {
                    if (!line.hasMore()) {
                        throw new ExpressionError("missing argument for 'at-least'");
                    }
                    String text = line.next();
                    atLeast = Numbers.size(text);
                    if (atLeast < 0) {
                        throw new ExpressionError("unexpected character '" + Numbers.culprit(text, atLeast) + "'");
                    }
                }
                default -> throw new ExpressionError("expects time <time> [ at-least <bytes> ]");
            }
        }
        if (ms < 0) {
            throw new ExpressionError("expects time <time> [ at-least <bytes> ]");
        }
        long patience = ms;
        long bytes = atLeast;
        return context -> {
            if (context.hasBody(bytes)) {
                return Verdict.CONTINUE;
            }
            return !context.hasWaited(patience) ? Verdict.WAIT : late(context);
        };
    }

    private static Verdict late(RuleContext context) {
        boolean responding = context.responseHead() != null;
        return responding ? context.answer(context.errorPage(504), 'S', 'D')
                : lateRequest(context);
    }

    private static Verdict lateRequest(RuleContext context) {
        context.record().http().incomplete();
        return context.answer(context.errorPage(408), 'c', 'R');
    }
}
