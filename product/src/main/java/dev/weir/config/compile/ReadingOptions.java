package dev.weir.config.compile;

import dev.weir.config.lang.ConditionEvaluator;
import dev.weir.config.lang.NameResolver;
import dev.weir.config.lang.Statement;
import dev.weir.config.rule.RuleWorld;
import java.util.function.Consumer;

/**
 * What the caller brings to a reading. Immutable.
 *
 * @param conditions decides {@code .if}
 * @param names resolves what must be an address at once
 * @param diagnosing whether {@code .diag} prints ({@code -dD})
 * @param zeroWarning whether a warning fails the reading ({@code -dW})
 * @param rules what rules are compiled with; null where lines are only to be checked one by one
 * @param echo is shown each line that counts; null for nobody
 */
public record ReadingOptions(ConditionEvaluator conditions, NameResolver names, boolean diagnosing,
        boolean zeroWarning, RuleWorld rules, Consumer<Statement> echo) {

    public ReadingOptions(ConditionEvaluator conditions, NameResolver names, boolean diagnosing, boolean zeroWarning) {
        this(conditions, names, diagnosing, zeroWarning, null, null);
    }

    public ReadingOptions(ConditionEvaluator conditions, NameResolver names, boolean diagnosing, boolean zeroWarning,
            RuleWorld rules) {
        this(conditions, names, diagnosing, zeroWarning, rules, null);
    }
}
