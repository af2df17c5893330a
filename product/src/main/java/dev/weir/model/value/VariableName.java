package dev.weir.model.value;

/**
 * The name of a variable as expressions use it.
 *
 * @param number interned for the whole process: it means the same variable in every generation
 */
public record VariableName(VariableScope scope, String name, int number) {}
