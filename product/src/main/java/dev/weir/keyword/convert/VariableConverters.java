package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.util.ArrayList;
import java.util.List;

/** Setting variables on the way. */
final class VariableConverters {

    /** Whether a variable may be set to a value. */
    @FunctionalInterface
    interface Guard {
        boolean allows(ExpressionContext context, Variables variables, int number, Sample value);
    }

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.impure("set-var",
                    Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING,
                            ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.ANY, SampleType.ANY, VariableConverters::set),
            ConverterKeyword.impure("unset-var", Signature.of(1, ArgumentKind.STRING), SampleType.ANY, SampleType.ANY,
                    VariableConverters::unset));

    private VariableConverters() {}

    /** A condition by its name. */
    static Guard guard(String name) throws ExpressionError {
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

    private static Converter set(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.variable(0);
        if (name.scope().isParent()) {
            throw new ExpressionError("variables of scope '" + name.scope().text() + "' can only be read");
        }
        List<Guard> guards = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i++) {
            if (arguments.hasText(i)) {
                guards.add(guard(arguments.text(i)));
            }
        }
        Guard[] all = guards.toArray(new Guard[0]);
        return (context, sample) -> {
            Variables variables = context.variables(name.scope());
            if (variables == null) {
                return false;
            }
            for (Guard guard : all) {
                if (!guard.allows(context, variables, name.number(), sample)) {
                    return false;
                }
            }
            return variables.set(name.number(), sample);
        };
    }

    private static Converter unset(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.variable(0);
        return (context, sample) -> {
            Variables variables = context.variables(name.scope());
            if (variables == null) {
                return false;
            }
            variables.unset(name.number());
            return true;
        };
    }
}
