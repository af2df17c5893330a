package dev.weir.model.pattern;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One line of a list.
 *
 * @param value null in lists that have none
 * @param line where in its file it stood, 0 when it came from elsewhere
 * @param generation which version of the list it belongs to
 * @param reference by which commands name this very line, whatever its key
 */
public record PatternEntry(byte[] key, byte[] value, int line, int generation, long reference) {

    private static final AtomicLong REFERENCES = new AtomicLong(0x1000);

    public PatternEntry(byte[] key, byte[] value, int line, int generation) {
        this(key, value, line, generation, REFERENCES.addAndGet(0x10));
    }

    /** The same line with another value. */
    public PatternEntry with(byte[] next) {
        return new PatternEntry(key, next, line, generation, reference);
    }
}
