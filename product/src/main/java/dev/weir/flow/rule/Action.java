package dev.weir.flow.rule;

/** What a rule does. Immutable; called on workers. */
@FunctionalInterface
public interface Action {

    Verdict run(RuleContext context);
}
