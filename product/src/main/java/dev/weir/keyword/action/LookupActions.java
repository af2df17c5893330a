package dev.weir.keyword.action;

import dev.weir.base.address.Family;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Lookup;
import dev.weir.flow.rule.NameLookups;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import dev.weir.model.value.VariableName;
import dev.weir.model.value.Variables;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

/** The action that asks name servers (configuration manual 4.4, {@code do-resolve}). */
final class LookupActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("do-resolve", EnumSet.of(RuleKind.CONTENT, RuleKind.REQUEST), LookupActions::resolve));

    /** What the line says. */
    private record Question(VariableName into, NameLookups lookups, String section, Family preferred,
            Expression expression) {

        Verdict run(RuleContext context) {
            Lookup lookup = context.lookup();
            if (lookup == null) {
                Sample sample = context.sample();
                if (!context.isPatient() || !expression.evaluateAs(SampleType.STRING, context, sample)) {
                    return Verdict.CONTINUE;
                }
                context.lookUp(lookups, section, new String(sample.bytes(), sample.at(), sample.length(),
                        StandardCharsets.ISO_8859_1), preferred);
                return Verdict.WAIT;
            }
            if (!lookup.isAnswered()) {
                return context.isPatient() ? Verdict.WAIT : Verdict.CONTINUE;
            }
            Variables variables = context.variables(into.scope());
            if (lookup.address() != null && variables != null) {
                Sample sample = context.sample();
                sample.address(lookup.address());
                variables.set(into.number(), sample);
            }
            return Verdict.CONTINUE;
        }
    }

    private LookupActions() {}

    private static Action resolve(ActionLine line) throws ExpressionError {
        String[] words = line.argument() == null ? new String[0] : line.argument().split(",", -1);
        boolean four = words.length == 3 && words[2].equals("ipv4");
        boolean fits = words.length == 2 || four || words.length == 3 && words[2].equals("ipv6");
        if (!fits) {
            throw wrong(line.word());
        }
        if (!line.hasMore()) {
            throw wrong("");
        }
        if (!line.scope().hasResolvers(words[1])) {
            throw ExpressionError.unresolved("Can't find resolvers section '" + words[1] + "' for do-resolve action");
        }
        return new Question(line.variable(words[0]), line.scope().lookups(), words[1],
                four ? Family.IPV4 : Family.IPV6, expression(line))::run;
    }

    private static Expression expression(ActionLine line) throws ExpressionError {
        String word = line.peek();
        try {
            return line.expression();
        } catch (ExpressionError e) {
            throw e.isUnresolved() || e.getMessage().contains("none of which") ? e : wrong(word);
        }
    }

    private static ExpressionError wrong(String word) {
        return new ExpressionError("Can't parse '" + word + "'. Expects 'do-resolve(<varname>,<resolvers>[,<options>])"
                + " <expr>'. Available options are 'ipv4' and 'ipv6'");
    }
}
