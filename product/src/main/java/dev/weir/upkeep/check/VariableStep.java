package dev.weir.upkeep.check;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.VariableGuard;
import dev.weir.flow.rule.Text;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.util.List;

/** Sets a variable by an expression or a format, or unsets it when there is neither. */
public record VariableStep(VariableName name, List<VariableGuard> guards, Expression value, Text format)
        implements CheckStep {

    @Override
    public Progress run(CheckRun run) {
        CheckContext context = run.context();
        Variables variables = context.variables(name.scope());
        if (variables == null) {
            return Progress.NEXT;
        }
        Sample sample = context.sample();
        if (value == null && format == null) {
            variables.unset(name.number());
        } else if (value != null ? value.evaluate(context, sample) : written(context, sample)) {
            set(context, variables, sample);
        }
        return Progress.NEXT;
    }

    private boolean written(CheckContext context, Sample sample) {
        LogLine text = context.text(format);
        sample.clear();
        sample.string(text.array(), 0, text.length());
        return true;
    }

    private void set(CheckContext context, Variables variables, Sample sample) {
        for (VariableGuard guard : guards) {
            if (!guard.allows(context, variables, name.number(), sample)) {
                return;
            }
        }
        variables.set(name.number(), sample);
    }
}
