package dev.weir.flow.rule;

import dev.weir.flow.expr.AclResult;
import java.util.List;

/** The rules of one kind of one proxy, in order. A rule that waits is entered again at itself. Immutable. */
public final class RuleSet {

    public static final RuleSet EMPTY = new RuleSet(List.of());

    private final Rule[] rules;

    public RuleSet(List<Rule> inOrder) {
        rules = inOrder.toArray(new Rule[0]);
    }

    public boolean isEmpty() {
        return rules.length == 0;
    }

    /** This one's rules, then those of another. */
    public RuleSet then(RuleSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        List<Rule> all = new java.util.ArrayList<>(List.of(rules));
        all.addAll(List.of(other.rules));
        return new RuleSet(all);
    }

    /** Goes on where it waited, or begins. */
    public Verdict run(RuleContext context) {
        context.goesOn();
        for (int i = context.resumesAt(); i < rules.length; i++) {
            Rule rule = rules[i];
            if (rule.condition() != null && !context.isWithinRule()) {
                int holds = rule.condition().evaluate(context);
                if (holds == AclResult.UNKNOWN && !context.isFinal()) {
                    context.waitAt(i, rule, false);
                    return Verdict.WAIT;
                }
                if (holds != AclResult.YES) {
                    continue;
                }
            }
            Verdict verdict = rule.action().run(context);
            if (verdict == Verdict.WAIT) {
                context.waitAt(i, rule, true);
                return verdict;
            }
            context.leaveRule();
            if (verdict != Verdict.CONTINUE) {
                context.decidedBy(rule);
                return verdict;
            }
        }
        context.leaveRule();
        return Verdict.CONTINUE;
    }
}
