package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.LogValue.Type;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Casts;
import java.util.function.Function;

/**
 * Makes the {@code %[...]} of log formats expressions. The record that a line is written from must know its context.
 * Worker-owned values, since each keeps a sample.
 */
public final class ExpressionLogValues implements LogValues {

    private final ExpressionCompiler compiler;
    private final Point point;
    private final Point other;
    private boolean unresolved;
    private final Function<LogRecord, ExpressionContext> contexts;

    /** For formats that are written at this point. */
    public ExpressionLogValues(ExpressionScope scope, Point point, Function<LogRecord, ExpressionContext> contexts) {
        this(scope, point, null, contexts);
    }

    /** @param other another point where the format may be written, or null: a listen section is two proxies */
    public ExpressionLogValues(ExpressionScope scope, Point point, Point other,
            Function<LogRecord, ExpressionContext> contexts) {
        this.compiler = new ExpressionCompiler(scope);
        this.point = point;
        this.other = other;
        this.contexts = contexts;
    }

    /** Whether the last expression that was wrong names something that does not exist. */
    public boolean isUnresolved() {
        return unresolved;
    }

    @Override
    public Compiled compile(String text, int from) {
        ExpressionCompiler.Compiled compiled = compiler.compile(text, from);
        unresolved |= compiled.isUnresolved();
        if (compiled.error() != null) {
            return new Compiled(null, compiled.end(), compiled.isUnresolved() ? compiled.error()
                    : "failed to parse sample expression <" + text.substring(from) + "> : " + compiled.error());
        }
        Expression expression = compiled.expression();
        if (!expression.isValidAt(point) && (other == null || !expression.isValidAt(other))) {
            return new Compiled(null, compiled.end(), "sample fetch <" + text.substring(from) + "> may not be reliably"
                    + " used here because it needs '" + expression.needs() + "' which is not available here");
        }
        Sample sample = new Sample();
        return new Compiled((record, out) -> append(expression, contexts.apply(record), sample, out),
                compiled.end(), null);
    }

    private static Type append(Expression expression, ExpressionContext context, Sample sample, LogLine out) {
        if (context == null || !expression.evaluate(context, sample)) {
            return Type.ABSENT;
        }
        Type type = switch (sample.type()) {
            case INTEGER -> Type.NUMBER;
            case BOOL -> Type.BOOLEAN;
            default -> Type.TEXT;
        };
        if (!Casts.toText(sample, context.workspace())) {
            return Type.ABSENT;
        }
        out.put(sample.bytes(), sample.at(), sample.length());
        return type;
    }
}
