package dev.weir.flow.expr;

import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;

/** The context of values that are computed while a configuration is read: nothing but memory. */
record Folding(Workspace workspace) implements ExpressionContext {

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public boolean isResponse() {
        return false;
    }

    @Override
    public Variables variables(VariableScope scope) {
        return null;
    }

    @Override
    public ProcessFacts process() {
        return null;
    }

    @Override
    public long nowMs() {
        return 0;
    }

    @Override
    public void debug(String sink, String prefix, Sample value) {
        // what is folded is not traffic
    }
}
