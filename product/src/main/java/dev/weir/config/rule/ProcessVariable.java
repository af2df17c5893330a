package dev.weir.config.rule;

import dev.weir.base.log.LogLine;
import dev.weir.base.text.Phrase;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionCompiler;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Point;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.VariableNames;
import java.util.List;

/**
 * A variable of the process that is set without traffic: when a configuration takes effect, or by a command. Immutable.
 *
 * @param expression what it is set to, or null
 * @param text likewise, or null
 * @param source either as written
 */
public record ProcessVariable(VariableName name, Expression expression, Text text, String source) {

    /** From a {@code set-var} or {@code set-var-fmt} line of a global section; null when it is wrong, which is told. */
    static ProcessVariable of(Phrase line, ProxyScope scope, Findings findings) {
        List<String> words = line.words();
        try {
            boolean formatted = words.getFirst().equals("set-var-fmt");
            return read(words.get(1), words.get(2), formatted, scope.purposed(words.getFirst() + "(" + words.get(1) + ")"),
                    Point.CONFIGURATION);
        } catch (ExpressionError e) {
            findings.alert(line.place(), e.getMessage());
            return null;
        }
    }

    /** @param value an expression, or a format */
    static ProcessVariable read(String name, String value, boolean formatted, ProxyScope scope, Point point)
            throws ExpressionError {
        VariableNames.Parsed parsed = scope.variables().parse(name);
        if (parsed.name() == null) {
            throw new ExpressionError(parsed.error());
        }
        if (formatted) {
            return new ProcessVariable(parsed.name(), null, scope.texts().compile(value, point, "set-var-fmt"), value);
        }
        ExpressionCompiler.Compiled compiled = new ExpressionCompiler(scope).compile(value, 0);
        if (compiled.error() != null) {
            throw new ExpressionError(compiled.error());
        }
        if (!compiled.expression().isValidAt(point)) {
            throw new ExpressionError("fetch method '" + scope.purpose() + "' extracts information from '"
                    + compiled.expression().needs() + "', none of which is available here");
        }
        return new ProcessVariable(parsed.name(), compiled.expression(), null, value);
    }

    /** Whether one of these says the same of it: then what has become of it since stays. */
    public boolean isAmong(List<ProcessVariable> others) {
        for (ProcessVariable other : others) {
            if (other.name.number() == name.number() && other.source.equals(source)) {
                return true;
            }
        }
        return false;
    }

    /** Sets it; an expression that gives nothing leaves it as it is. */
    public void set(RuleContext context) {
        Sample sample = context.sample();
        if (expression == null) {
            LogLine written = context.text(text);
            sample.clear();
            sample.string(written.array(), 0, written.length());
        } else if (!expression.evaluate(context, sample)) {
            return;
        }
        context.variables(name.scope()).set(name.number(), sample);
    }
}
