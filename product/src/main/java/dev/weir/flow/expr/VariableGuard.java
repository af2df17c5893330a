package dev.weir.flow.expr;

import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.Variables;

/** Whether a variable may be set to a value: the conditions of {@code set-var}. Immutable. */
@FunctionalInterface
public interface VariableGuard {

    boolean allows(ExpressionContext context, Variables variables, int number, Sample value);

    /** A condition by its name. */
    static VariableGuard of(String name) throws ExpressionError {
        return switch (name) {
            case "ifexists" -> (c, vars, n, value) -> vars.exists(n);
            case "ifnotexists" -> (c, vars, n, value) -> !vars.exists(n);
            case "ifempty" -> (c, vars, n, value) -> value.type().isText() && value.length() == 0;
            case "ifnotempty" -> (c, vars, n, value) -> !value.type().isText() || value.length() > 0;
            case "ifset" -> (c, vars, n, value) -> vars.get(n, c.workspace().spare());
            case "ifnotset" -> (c, vars, n, value) -> !vars.get(n, c.workspace().spare());
            case "ifgt" -> (c, vars, n, value) -> compares(c, vars, n, value, true);
            case "iflt" -> (c, vars, n, value) -> compares(c, vars, n, value, false);
            default -> throw new ExpressionError("unknown condition \"" + name + "\"");
        };
    }

    /** Whether the variable's content is greater (or less) than the value; true unless both are integers. */
    private static boolean compares(ExpressionContext context, Variables variables, int number, Sample value,
            boolean greater) {
        Sample old = context.workspace().spare();
        if (!variables.get(number, old) || old.type() != SampleType.INTEGER || value.type() != SampleType.INTEGER) {
            return true;
        }
        return greater ? old.number() > value.number() : old.number() < value.number();
    }
}
