package dev.weir.keyword.convert;

import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;

/** Arguments that are a literal or the name of a variable. */
final class Operands {

    private Operands() {}

    /** Reads an operand into a sample; false when it has no value now. */
    @FunctionalInterface
    interface Operand {
        boolean read(ExpressionContext context, Sample out);
    }

    /** A number, which is read at once, or a variable. */
    static Operand number(Arguments arguments, int index) throws ExpressionError {
        Long literal = literal(arguments.text(index));
        if (literal != null) {
            long value = literal;
            return (context, out) -> {
                out.integer(value);
                return true;
            };
        }
        VariableName name = arguments.variableOrNull(index);
        if (name == null) {
            throw new ExpressionError("expects an integer or a variable name");
        }
        return (context, out) -> read(context, name, out)
                && Casts.cast(out, SampleType.INTEGER, context.workspace());
    }

    /** The number that the text is, 0 for an empty one, or null. */
    static Long literal(String text) {
        if (text.isEmpty()) {
            return 0L;
        }
        int from = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        byte[] bytes = Casts.bytes(text);
        return from == text.length() ? null : (Long) Casts.leadingInteger(bytes, 0, bytes.length);
    }

    static boolean read(ExpressionContext context, VariableName name, Sample out) {
        Variables variables = context.variables(name.scope());
        return variables != null && variables.get(name.number(), out);
    }

    /** The bytes that a text of the variable's value has. */
    static boolean readText(ExpressionContext context, VariableName name, Sample out) {
        return read(context, name, out) && Casts.toText(out, context.workspace());
    }
}
