package dev.weir.config.compile;

import dev.weir.config.lang.ConditionEvaluator;
import dev.weir.config.lang.NameResolver;

/**
 * What the caller brings to a reading. Immutable.
 *
 * @param conditions decides {@code .if}
 * @param names resolves what must be an address at once
 * @param diagnosing whether {@code .diag} prints ({@code -dD})
 * @param zeroWarning whether a warning fails the reading ({@code -dW})
 */
public record ReadingOptions(ConditionEvaluator conditions, NameResolver names, boolean diagnosing,
        boolean zeroWarning) {}
