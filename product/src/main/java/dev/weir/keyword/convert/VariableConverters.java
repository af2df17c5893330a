package dev.weir.keyword.convert;

import dev.weir.flow.expr.ArgumentKind;
import dev.weir.flow.expr.Arguments;
import dev.weir.flow.expr.Converter;
import dev.weir.flow.expr.ConverterKeyword;
import dev.weir.flow.expr.ExpressionContext;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.Signature;
import dev.weir.flow.expr.VariableGuard;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.util.ArrayList;
import java.util.List;

/** Setting variables on the way. */
final class VariableConverters {

    static final List<ConverterKeyword> ALL = List.of(
            ConverterKeyword.impure("set-var",
                    Signature.of(1, ArgumentKind.STRING, ArgumentKind.STRING, ArgumentKind.STRING,
                            ArgumentKind.STRING, ArgumentKind.STRING),
                    SampleType.ANY, SampleType.ANY, VariableConverters::set),
            ConverterKeyword.impure("unset-var", Signature.of(1, ArgumentKind.STRING), SampleType.ANY, SampleType.ANY,
                    VariableConverters::unset));

    private VariableConverters() {}

    private static Converter set(Arguments arguments) throws ExpressionError {
        VariableName name = arguments.variable(0);
        if (name.scope().isParent()) {
            throw new ExpressionError("variables of scope '" + name.scope().text() + "' can only be read");
        }
        List<VariableGuard> guards = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i++) {
            if (arguments.hasText(i)) {
                guards.add(VariableGuard.of(arguments.text(i)));
            }
        }
        VariableGuard[] all = guards.toArray(new VariableGuard[0]);
        return (context, sample) -> {
            Variables variables = context.variables(name.scope());
            if (variables == null) {
                return false;
            }
            for (VariableGuard guard : all) {
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
