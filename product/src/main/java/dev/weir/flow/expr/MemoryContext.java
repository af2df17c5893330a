package dev.weir.flow.expr;

import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;

/** The context of values that depend on nothing but themselves: no traffic, no variables, no time. */
public interface MemoryContext extends ExpressionContext {

    @Override
    default boolean isFinal() {
        return true;
    }

    @Override
    default boolean isResponse() {
        return false;
    }

    @Override
    default Variables variables(VariableScope scope) {
        return null;
    }

    @Override
    default ProcessFacts process() {
        return null;
    }

    @Override
    default long nowMs() {
        return 0;
    }

    @Override
    default void debug(String sink, String prefix, Sample value) {
        // this is not traffic
    }
}
