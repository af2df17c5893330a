package dev.weir.keyword.action;

import dev.weir.base.log.LogLine;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.expr.VariableGuard;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import java.util.ArrayList;
import java.util.List;

/** Setting and unsetting variables. */
final class VariableActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("set-var", ActionKeyword.ALL, VariableActions::set),
            ActionKeyword.of("set-var-fmt", ActionKeyword.ALL, VariableActions::setFormatted),
            ActionKeyword.of("unset-var", ActionKeyword.ALL, VariableActions::unset));

    /** What stands in the parentheses: a variable, and when it may be set. */
    private record Target(VariableName name, VariableGuard[] guards) {

        void set(RuleContext context, Sample value) {
            Variables variables = context.variables(name.scope());
            if (variables == null) {
                return;
            }
            for (VariableGuard guard : guards) {
                if (!guard.allows(context, variables, name.number(), value)) {
                    return;
                }
            }
            variables.set(name.number(), value);
        }
    }

    private VariableActions() {}

    private static Target target(ActionLine line) throws ExpressionError {
        String argument = line.argument();
        if (argument == null) {
            throw new ExpressionError("invalid or incomplete action '" + line.word() + "'. Expects 'set-var(<var-name>)',"
                    + " 'set-var-fmt(<var-name>)' or 'unset-var(<var-name>)'");
        }
        String[] words = argument.split(",", -1);
        VariableName name = line.variable(words[0]);
        if (name.scope().isParent()) {
            throw new ExpressionError("variables of scope '" + name.scope().text() + "' can only be read");
        }
        boolean wide = name.scope() == VariableScope.PROC || name.scope() == VariableScope.SESS;
        if (!line.kind().hasContent() && !wide) {
            throw new ExpressionError("invalid variable name '" + words[0] + "'. Only 'proc' and 'sess' scopes are "
                    + "available here");
        }
        List<VariableGuard> guards = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            guards.add(VariableGuard.of(words[i]));
        }
        return new Target(name, guards.toArray(new VariableGuard[0]));
    }

    private static Action set(ActionLine line) throws ExpressionError {
        Target target = target(line);
        Expression expression = line.expression();
        return context -> {
            Sample sample = context.sample();
            if (expression.evaluate(context, sample)) {
                target.set(context, sample);
            }
            return Verdict.CONTINUE;
        };
    }

    private static Action setFormatted(ActionLine line) throws ExpressionError {
        Target target = target(line);
        if (!line.hasMore()) {
            throw new ExpressionError("missing format string");
        }
        Text format = line.plainText();
        return context -> {
            LogLine text = context.text(format);
            Sample sample = context.sample();
            sample.clear();
            sample.string(text.array(), 0, text.length());
            target.set(context, sample);
            return Verdict.CONTINUE;
        };
    }

    private static Action unset(ActionLine line) throws ExpressionError {
        VariableName name = target(line).name();
        return context -> {
            Variables variables = context.variables(name.scope());
            if (variables != null) {
                variables.unset(name.number());
            }
            return Verdict.CONTINUE;
        };
    }
}
