package dev.weir.config.rule;

import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import java.util.EnumSet;
import java.util.Set;

/**
 * A row of a table of actions. Immutable.
 *
 * @param name without the argument in parentheses
 * @param kinds the sets of rules that know it
 */
public record ActionKeyword(String name, Set<RuleKind> kinds, Factory factory) {

    /** Every set of rules that has a message. */
    public static final Set<RuleKind> CONTENTS = EnumSet.range(RuleKind.CONTENT, RuleKind.AFTER_RESPONSE);
    public static final Set<RuleKind> HTTP = EnumSet.of(RuleKind.REQUEST, RuleKind.RESPONSE, RuleKind.AFTER_RESPONSE);
    public static final Set<RuleKind> ALL = EnumSet.allOf(RuleKind.class);
    /** Where a connection from a client is at hand and nothing has been answered. */
    public static final Set<RuleKind> INBOUND = EnumSet.of(RuleKind.CONNECTION, RuleKind.SESSION, RuleKind.CONTENT,
            RuleKind.REQUEST);

    /** Reads the words behind the name and makes the action. */
    @FunctionalInterface
    public interface Factory {
        Action make(ActionLine line) throws ExpressionError;
    }

    public static ActionKeyword of(String name, Set<RuleKind> kinds, Factory factory) {
        return new ActionKeyword(name, kinds, factory);
    }

    public static ActionKeyword of(String name, RuleKind kind, Factory factory) {
        return new ActionKeyword(name, EnumSet.of(kind), factory);
    }
}
