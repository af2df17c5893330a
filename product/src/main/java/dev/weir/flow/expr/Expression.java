package dev.weir.flow.expr;

import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;

/**
 * A compiled sample expression: a fetch and what converts its value. Constant parts were computed when it was compiled.
 * Allocates nothing of its own. Immutable; values belong to the worker that asks.
 */
public final class Expression {

    /** A converter and the cast before it. */
    record Step(Casts.Cast cast, Converter converter) {}

    private final String keyword;
    private final String text;
    private final Need[] needs;
    private final SampleType type;
    private final Fetch fetch;
    private final Step[] steps;
    private final Sample constant;

    Expression(String keyword, String text, Need[] needs, SampleType type, Fetch fetch, Step[] steps, Sample constant) {
        this.keyword = keyword;
        this.text = text;
        this.needs = needs;
        this.type = type;
        this.fetch = fetch;
        this.steps = steps;
        this.constant = constant;
    }

    /** The name of its fetch. */
    public String keyword() {
        return keyword;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** The type of its values; ANY when it shows only then. */
    public SampleType type() {
        return type;
    }

    /** The value if it is the same for ever, else null. Not to be changed. */
    public Sample constant() {
        return constant;
    }

    /** Whether it may be used there. */
    public boolean isValidAt(Point point) {
        for (Need need : needs) {
            if ((need.points() & point.bit()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether it needs the raw bytes of a buffer, which HTTP proxies do not have. */
    public boolean isRaw() {
        return needs[0].isRaw();
    }

    /** What it reads from, for messages. */
    public String needs() {
        StringBuilder names = new StringBuilder();
        for (Need need : needs) {
            names.append(names.isEmpty() ? "" : ",").append(need.text());
        }
        return names.toString();
    }

    /** The value, or the first of several; false when there is none. */
    public boolean evaluate(ExpressionContext context, Sample out) {
        out.clear();
        return next(context, out);
    }

    /** The next value, after one that was marked {@link Sample#NOT_LAST}, in the same sample. */
    boolean next(ExpressionContext context, Sample out) {
        if (!fetch.fetch(context, out)) {
            return false;
        }
        for (Step step : steps) {
            if (!step.cast.apply(out, context.workspace()) || !step.converter.convert(context, out)) {
                return false;
            }
        }
        return true;
    }

    /** The value as that type. */
    public boolean evaluateAs(SampleType wanted, ExpressionContext context, Sample out) {
        return evaluate(context, out) && Casts.cast(out, wanted, context.workspace());
    }
}
