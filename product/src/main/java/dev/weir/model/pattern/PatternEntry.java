package dev.weir.model.pattern;

/**
 * One line of a list.
 *
 * @param value null in lists that have none
 * @param line where in its file it stood, 0 when it came from elsewhere
 * @param generation which version of the list it belongs to
 */
public record PatternEntry(byte[] key, byte[] value, int line, int generation) {}
