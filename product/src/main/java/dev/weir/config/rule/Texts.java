package dev.weir.config.rule;

import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.ExpressionLogValues;
import dev.weir.flow.expr.LogFlags;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogValues;
import dev.weir.flow.expr.Point;
import dev.weir.flow.expr.ValueText;
import dev.weir.flow.rule.Text;
import java.util.ArrayList;
import java.util.List;

/** Compiles the formats that rules have: literal text, expressions and log aliases (configuration.txt 8.2.6). */
public final class Texts {

    private final ProxyScope scope;

    Texts(ProxyScope scope) {
        this.scope = scope;
    }

    public Text compile(String format, Point point, String purpose) throws ExpressionError {
        return compile(format, point, null, purpose, ValueText::dress);
    }

    /**
     * @param other another point where the text may be made, or null
     * @param style how values are written
     */
    Text compile(String format, Point point, Point other, String purpose, Text.Style style) throws ExpressionError {
        if (format.indexOf('%') < 0) {
            return Text.constant(ActionLine.bytes(format));
        }
        ProxyScope purposed = scope.purposed(purpose + " expression");
        ExpressionLogValues values = new ExpressionLogValues(purposed, point, other, record -> record.expressions());
        LogFormats.Compiled checked = scope.names().formats().apply(values).compileKeepingBlanks(format);
        if (checked.error() != null) {
            String whole = checked.error();
            String error = whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
            throw values.isUnresolved() ? ExpressionError.unresolved(error) : new ExpressionError(error);
        }
        return new Splitter(format, purposed, values, style).split();
    }

    /** Cuts a format that is known to be right into pieces. */
    private final class Splitter {

        private final String format;
        private final ProxyScope purposed;
        private final LogValues values;
        private final Text.Style style;
        /** The items that set flags for all that follows, and their flags. */
        private final StringBuilder prefix = new StringBuilder();
        private int global;
        private final List<Text.Piece> pieces = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private int at;

        Splitter(String format, ProxyScope purposed, LogValues values, Text.Style style) {
            this.format = format;
            this.purposed = purposed;
            this.values = values;
            this.style = style;
        }

        Text split() {
            boolean constant = true;
            while (at < format.length()) {
                char c = format.charAt(at);
                if (c != '%') {
                    literal.append(c);
                    at++;
                } else if (format.startsWith("%%", at)) {
                    literal.append('%');
                    at += 2;
                } else {
                    flush();
                    constant = false;
                    item();
                }
            }
            if ((global & LogFlags.ENCODED) != 0) {
                return Text.of(List.of(alias(format)));
            }
            if (constant) {
                return Text.constant(ActionLine.bytes(literal.toString()));
            }
            flush();
            return Text.of(pieces);
        }

        private void flush() {
            if (!literal.isEmpty()) {
                pieces.add(Text.literal(ActionLine.bytes(literal.toString())));
                literal.setLength(0);
            }
        }

        private void item() {
            int from = at++;
            int flags = global;
            while (at < format.length() && (format.charAt(at) == '(' || format.charAt(at) == '{')) {
                boolean named = format.charAt(at) == '(';
                int end = format.indexOf(named ? ')' : '}', at);
                flags = named ? flags : LogFlags.apply(flags, format.substring(at + 1, end));
                at = end + 1;
            }
            if (at < format.length() && format.charAt(at) == '[') {
                ExpressionCompiler.Compiled compiled = new ExpressionCompiler(purposed).compile(format, at + 1);
                at = compiled.end() + 1;
                Expression expression = compiled.expression();
                pieces.add((flags & LogFlags.ENCODED) != 0 ? alias(format.substring(from, at))
                        : Text.value(expression, style, flags));
                return;
            }
            int nameAt = at;
            while (at < format.length() && Character.isLetterOrDigit(format.charAt(at))) {
                at++;
            }
            if (format.substring(nameAt, at).equals("o")) {
                prefix.append(format, from, at);
                global = flags;
            } else {
                pieces.add(alias(prefix + format.substring(from, at)));
            }
        }

        private Text.Piece alias(String text) {
            return Text.alias(() -> scope.names().formats().apply(values).compileKeepingBlanks(text).format(),
                    scope.names().workers());
        }
    }
}
