package dev.weir.keyword.action;

import dev.weir.base.log.LogLevel;
import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Settings of one exchange: its log level, times, retries, place in queues; captures; the mode of edits. */
final class ExchangeActions {

    private static final Set<RuleKind> REQUESTS = EnumSet.of(RuleKind.CONTENT, RuleKind.REQUEST);
    private static final Set<RuleKind> HTTP = EnumSet.of(RuleKind.REQUEST, RuleKind.RESPONSE);
    private static final Set<RuleKind> CAPTURING = EnumSet.of(RuleKind.CONTENT, RuleKind.REQUEST, RuleKind.RESPONSE,
            RuleKind.AFTER_RESPONSE);
    private static final Set<RuleKind> NICE = EnumSet.of(RuleKind.CONTENT, RuleKind.RESPONSE_CONTENT, RuleKind.REQUEST,
            RuleKind.RESPONSE);
    private static final long MOST_RETRIES = 100;

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-log-level", ActionKeyword.CONTENTS, ExchangeActions::logLevel),
            ActionKeyword.of("set-nice", NICE, ExchangeActions::nice),
            ActionKeyword.of("set-priority-class", REQUESTS, line -> priority(line, true)),
            ActionKeyword.of("set-priority-offset", REQUESTS, line -> priority(line, false)),
            ActionKeyword.of("set-timeout", HTTP, ExchangeActions::timeout),
            ActionKeyword.of("set-retries", REQUESTS, ExchangeActions::retries),
            ActionKeyword.of("disable-l7-retry", RuleKind.REQUEST, line -> context -> {
                context.record().adjustments().replays(false);
                return Verdict.CONTINUE;
            }),
            ActionKeyword.of("strict-mode", ActionKeyword.HTTP, ExchangeActions::strictMode),
            ActionKeyword.of("capture", CAPTURING, ExchangeActions::capture),
            ActionKeyword.of("do-log", ActionKeyword.ALL, ExchangeActions::log));

    private static final String CAPTURE_USAGE = "expects <expression> [ 'len' <length> | id <idx> ]";

    private ExchangeActions() {}

    private static Action logLevel(ActionLine line) throws ExpressionError {
        String usage = "expects exactly 1 argument (log level name or 'silent')";
        line.needs(1, usage);
        String name = line.next();
        LogLevel level = LogLevel.find(name);
        if (level == null && !name.equals("silent")) {
            throw new ExpressionError(usage);
        }
        int number = level == null ? Exchange.SILENT : level.ordinal();
        return context -> {
            context.record().logLevel(number);
            return Verdict.CONTINUE;
        };
    }

    /** Scheduling is the kernel's business here: read, checked, and without effect. */
    private static Action nice(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 argument (integer value)");
        line.next();
        return context -> Verdict.CONTINUE;
    }

    private static Action priority(ActionLine line, boolean ofClass) throws ExpressionError {
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.INTEGER, context, sample)) {
                if (ofClass) {
                    context.record().adjustments().priorityClass(sample.number());
                } else {
                    context.record().adjustments().priorityOffset(sample.number());
                }
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action timeout(ActionLine line) throws ExpressionError {
        line.needs(2, "expects exactly 2 arguments");
        String name = line.next();
        Adjustments.Time which = Adjustments.Time.find(name);
        if (which == null) {
            throw new ExpressionError("'set-timeout' rule supports 'client'/'connect'/'queue'/'server'/'tarpit'/'tunnel'"
                    + " (got '" + name + "')");
        }
        boolean client = which == Adjustments.Time.CLIENT;
        if (client && !line.scope().isFrontend()) {
            throw new ExpressionError("proxy '" + line.scope().proxyName() + "' has no frontend capability");
        }
        if (!client && which != Adjustments.Time.TARPIT && !line.scope().isBackend()) {
            throw new ExpressionError("proxy '" + line.scope().proxyName() + "' has no backend capability");
        }
        long ms = Numbers.millis(line.peek());
        if (ms == Numbers.OVERFLOW) {
            throw new ExpressionError("timer overflow in rule (maximum value is 2147483647 ms or ~24.8 days)");
        }
        if (ms == 0) {
            throw new ExpressionError("null value is not valid for a 'set-timeout' rule");
        }
        if (ms > 0) {
            line.next();
            return context -> {
                context.record().adjustments().time(which, (int) ms);
                context.timesChanged();
                return Verdict.CONTINUE;
            };
        }
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.INTEGER, context, sample) && sample.number() > 0) {
                context.record().adjustments().time(which, (int) Math.min(sample.number(), Integer.MAX_VALUE));
                context.timesChanged();
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action retries(ActionLine line) throws ExpressionError {
        if (!line.scope().isBackend()) {
            throw new ExpressionError("'" + line.word() + "' rule is only available for proxies with backend capability: "
                    + "proxy '" + line.scope().proxyName() + "' has none");
        }
        line.needs(1, "expects exactly 1 argument");
        long fixed = Numbers.integer(line.peek(), -1);
        if (fixed >= 0) {
            line.next();
            if (fixed > MOST_RETRIES) {
                throw new ExpressionError("'set-retries' expects a number between 0 and 100");
            }
            return context -> retries(context, fixed);
        }
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            return expression.evaluateAs(SampleType.INTEGER, context, sample) ? retries(context, sample.number())
                    : Verdict.CONTINUE;
        };
    }

    private static Verdict retries(RuleContext context, long number) {
        if (number >= 0 && number <= MOST_RETRIES) {
            context.record().adjustments().retries((int) number);
        }
        return Verdict.CONTINUE;
    }

    private static Action strictMode(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 arguments");
        String word = line.next();
        boolean on = word.equals("on");
        if (!on && !word.equals("off")) {
            throw new ExpressionError("Unexpected value '" + word + "'. Only 'on' and 'off' are supported");
        }
        return context -> {
            context.strict(on);
            return Verdict.CONTINUE;
        };
    }

    private static Action capture(ActionLine line) throws ExpressionError {
        boolean response = line.kind().isResponse();
        boolean tcp = !line.kind().isHttp();
        line.needs(1, tcp ? "'tcp-request content capture' : missing fetch method" : CAPTURE_USAGE);
        Expression expression = line.expression();
        int slot;
        if (line.takes("len")) {
            if (response) {
                throw new ExpressionError("expects 'id', found 'len'");
            }
            if (!line.scope().isFrontend()) {
                throw new ExpressionError("proxy '" + line.scope().proxyName() + "' has no frontend capability");
            }
            if (!tcp) {
                line.needs(1, CAPTURE_USAGE);
            }
            long length = Numbers.leading(line.next());
            if (length <= 0) {
                throw new ExpressionError(tcp ? "'tcp-request content capture' : length must be > 0"
                        : "length must be > 0");
            }
            slot = line.scope().captures().add(false, null, (int) Math.min(length, 1 << 20));
        } else if (line.takes("id")) {
            String id = line.next();
            slot = (int) Numbers.integer(id, -1);
            if (slot < 0) {
                throw new ExpressionError("cannot parse id '" + id + "'");
            }
            if (line.scope().isFrontend() && !line.scope().isBackend()
                    && !line.scope().captures().has(response, slot)) {
                throw ExpressionError.unresolved("unable to find capture id '" + slot + "' referenced by "
                        + line.kind().text() + " capture rule");
            }
        } else {
            throw new ExpressionError(tcp ? "'tcp-request content capture' : a positive 'len' argument is mandatory"
                    : CAPTURE_USAGE);
        }
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluateAs(SampleType.STRING, context, sample)) {
                context.exchange().capture(response, slot, sample);
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action log(ActionLine line) throws ExpressionError {
        String profile = null;
        if (line.takes("profile")) {
            if (!line.hasMore()) {
                throw new ExpressionError("'profile' expects the name of a log-profile section");
            }
            profile = line.next();
        }
        String named = profile;
        String origin = switch (line.kind()) {
            case CONNECTION -> "tcp-req-conn";
            case SESSION -> "tcp-req-sess";
            case CONTENT -> "tcp-req-cont";
            case RESPONSE_CONTENT -> "tcp-res-cont";
            case REQUEST -> "http-req";
            case RESPONSE -> "http-res";
            case AFTER_RESPONSE -> "http-after-res";
        };
        return context -> {
            context.log(origin, named);
            return Verdict.CONTINUE;
        };
    }
}
