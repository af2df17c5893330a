package dev.weir.flow.expr;

import dev.weir.model.value.Workspace;

/** The context of values that are computed while a configuration is read: nothing but memory. */
record Folding(Workspace workspace) implements MemoryContext {}
