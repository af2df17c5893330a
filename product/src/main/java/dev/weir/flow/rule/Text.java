package dev.weir.flow.rule;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.LogFormat;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import java.util.List;
import java.util.function.Supplier;

/**
 * A log format in a rule: literal pieces, values of expressions, and aliases. What has no value is left out.
 * Immutable, but for the aliases' own formats, which are made for each worker when it first needs them.
 */
public final class Text {

    /** One piece of the text. */
    public interface Piece {
        void write(RuleContext context, LogLine out);
    }

    private final Piece[] pieces;
    private final byte[] constant;

    private Text(Piece[] pieces, byte[] constant) {
        this.pieces = pieces;
        this.constant = constant;
    }

    public static Text constant(byte[] bytes) {
        return new Text(new Piece[] {literal(bytes)}, bytes);
    }

    public static Text of(List<Piece> pieces) {
        return new Text(pieces.toArray(new Piece[0]), null);
    }

    public static Piece literal(byte[] bytes) {
        return (context, out) -> out.put(bytes);
    }

    /** How a value becomes a part of the text. */
    public interface Style {
        void write(LogLine out, byte[] text, int from, int length, int flags);
    }

    /** @param flags those of the format where the value stands */
    public static Piece value(Expression expression, Style style, int flags) {
        return (context, out) -> {
            Sample sample = context.sample();
            if (expression.evaluate(context, sample) && Casts.toText(sample, context.workspace())) {
                style.write(out, sample.bytes(), sample.at(), sample.length(), flags);
            }
        };
    }

    /** An alias; its format has a clock of its own, so each worker has one. */
    public static Piece alias(Supplier<LogFormat> maker, int workers) {
        LogFormat[] formats = new LogFormat[workers];
        return (context, out) -> {
            int worker = context.process().thread();
            if (formats[worker] == null) {
                formats[worker] = maker.get();
            }
            int before = out.length();
            formats[worker].write(context.logRecord(), out);
            if (out.length() == before + 1 && out.array()[before] == '-') {
                out.cut(before);
            }
        };
    }

    /** The text if it is always the same, else null. Not to be changed. */
    public byte[] constant() {
        return constant;
    }

    public void write(RuleContext context, LogLine out) {
        for (Piece piece : pieces) {
            piece.write(context, out);
        }
    }
}
