package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tracking entries of stick tables, and changing what they hold (configuration manual 4.4). */
final class StickActions {

    /** Gives the number that an action works with; false when there is none now. */
    @FunctionalInterface
    private interface Value {
        boolean read(RuleContext context, Sample out);
    }

    private static final Value ONE = (context, out) -> {
        out.integer(1);
        return true;
    };

    private static final Set<RuleKind> TRACKING = EnumSet.of(RuleKind.CONNECTION, RuleKind.SESSION, RuleKind.CONTENT,
            RuleKind.REQUEST, RuleKind.RESPONSE);

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("track-sc", TRACKING, StickActions::track),
            ActionKeyword.of("sc-inc-gpc", ActionKeyword.ALL, line -> add(line, CounterPlace.inArray(line, "gpc"), ONE)),
            ActionKeyword.of("sc-inc-gpc0", ActionKeyword.ALL, line -> increment(line, DataType.GPC0)),
            ActionKeyword.of("sc-inc-gpc1", ActionKeyword.ALL, line -> increment(line, DataType.GPC1)),
            ActionKeyword.of("sc-add-gpc", ActionKeyword.ALL,
                    line -> add(line, CounterPlace.inArray(line, "gpc"), value(line))),
            ActionKeyword.of("sc-set-gpt", ActionKeyword.ALL,
                    line -> set(CounterPlace.inArray(line, "gpt"), DataType.GPT, value(line))),
            ActionKeyword.of("sc-set-gpt0", ActionKeyword.ALL,
                    line -> set(CounterPlace.single(line, " '" + line.word() + "'", "sc-set-gpt0"), DataType.GPT0,
                            value(line))));

    private StickActions() {}

    private static Action track(ActionLine line) throws ExpressionError {
        int number = trackNumber(line);
        Expression key = key(line);
        String name = line.scope().proxyName();
        if (line.takes("table")) {
            if (line.kind().isHttp() && !line.hasMore()) {
                throw new ExpressionError("missing table name");
            }
            name = line.next();
        } else if (!line.isOver()) {
            // a word that does not belong here is complained about first, by whoever reads the condition
            return context -> Verdict.CONTINUE;
        }
        StickTable table = name.isEmpty() ? null : line.scope().table(name);
        if (table == null) {
            throw ExpressionError.unresolved("unable to find table '" + name + "' referenced by track-sc" + number);
        }
        if (Casts.find(key.type(), table.spec().keyType().sampleType()) == null) {
            throw ExpressionError.unresolved("stick-table '" + name + "' uses a type incompatible with the 'track-sc"
                    + number + "' rule");
        }
        boolean ofSession = !line.kind().hasContent();
        return context -> track(context, number, table, key, ofSession);
    }

    private static int trackNumber(ActionLine line) throws ExpressionError {
        String digits = line.word().substring("track-sc".length());
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9' || i > 8) {
                throw wrong(line, "Wrong track-sc number '" + digits + "'");
            }
        }
        int number = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        int most = line.scope().stickCounters() - 1;
        if (number > most) {
            throw wrong(line, number + " track-sc number exceeding " + most + " (MAX_SESS_STKCTR-1) value");
        }
        return number;
    }

    private static Expression key(ActionLine line) throws ExpressionError {
        try {
            return line.expression();
        } catch (ExpressionError e) {
            throw e.isUnresolved() ? e : wrong(line, e.getMessage());
        }
    }

    /** Rules of TCP say their name in their messages, those of HTTP have it said for them. */
    private static ExpressionError wrong(ActionLine line, String message) {
        return new ExpressionError(line.kind().isHttp() ? message
                : "'" + line.kind().text() + " " + line.word() + "' : " + message);
    }

    private static Verdict track(RuleContext context, int number, StickTable table, Expression key, boolean ofSession) {
        TrackedEntries all = context.tracked();
        TrackedEntries tracked = all == null || !ofSession ? all : all.ofItsSession();
        if (tracked == null || tracked.isOwn(number)) {
            return Verdict.CONTINUE;
        }
        Sample sample = context.sample();
        if (key.evaluate(context, sample)) {
            if (table.prepareKey(sample, context.workspace())) {
                tracked.track(number, table, sample, context.nowMs());
            }
        } else if (sample.has(Sample.MAY_CHANGE) && !context.isFinal()) {
            return Verdict.WAIT;
        }
        return Verdict.CONTINUE;
    }

    private static Action increment(ActionLine line, DataType type) throws ExpressionError {
        CounterPlace place = CounterPlace.single(line, "", line.word());
        return count(place, type, ONE);
    }

    private static Action add(ActionLine line, CounterPlace place, Value value) {
        return count(place, DataType.GPC, value);
    }

    private static Action count(CounterPlace place, DataType type, Value value) {
        return context -> {
            TrackedEntries tracked = tracked(context, place);
            Sample sample = context.sample();
            if (tracked != null && value.read(context, sample)) {
                tracked.table(place.number()).count(tracked.entry(place.number()), type, place.element(),
                        sample.number() & 0xffff_ffffL, context.nowMs());
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action set(CounterPlace place, DataType type, Value value) {
        return context -> {
            TrackedEntries tracked = tracked(context, place);
            Sample sample = context.sample();
            if (tracked != null && value.read(context, sample)) {
                tracked.table(place.number()).set(tracked.entry(place.number()), type, place.element(), sample.number(),
                        context.nowMs());
            }
            return Verdict.CONTINUE;
        };
    }

    private static TrackedEntries tracked(RuleContext context, CounterPlace place) {
        TrackedEntries tracked = context.tracked();
        return tracked != null && tracked.isTracked(place.number()) ? tracked : null;
    }

    /** A whole number, or an expression; nothing at all is 0, as in HAProxy. */
    private static Value value(ActionLine line) throws ExpressionError {
        Long literal = line.isOver() ? (Long) 0L : literal(line.peek());
        if (literal == null) {
            Expression expression = line.expression();
            return (context, out) -> expression.evaluateAs(SampleType.INTEGER, context, out);
        }
        if (!line.isOver()) {
            line.next();
        }
        long number = literal;
        return (context, out) -> {
            out.integer(number);
            return true;
        };
    }

    private static Long literal(String word) {
        int from = word.startsWith("-") || word.startsWith("+") ? 1 : 0;
        for (int i = from; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return null;
            }
        }
        byte[] bytes = ActionLine.bytes(word);
        return from == word.length() ? null : (Long) Casts.leadingInteger(bytes, 0, bytes.length);
    }
}
