package dev.weir.base.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * An array of longs that one thread writes and others may look at: plain to its owner, opaque to readers, a cache line
 * of padding at both ends so that two owners never share one. Package-private ground of cells, rates and averages.
 */
final class Slots {

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PAD = 16;

    private final long[] values;

    Slots(int count) {
        values = new long[PAD + count + PAD];
    }

    /** Those of as many workers: the old ones first, and the array itself when it has enough. */
    static Slots[] grown(Slots[] old, int count, Supplier<Slots> another) {
        if (count <= old.length) {
            return old;
        }
        Slots[] grown = Arrays.copyOf(old, count);
        for (int i = old.length; i < count; i++) {
            grown[i] = another.get();
        }
        return grown;
    }

    /** By the owner. */
    long own(int index) {
        return values[PAD + index];
    }

    /** By the owner. */
    void set(int index, long value) {
        LONGS.setOpaque(values, PAD + index, value);
    }

    /** By the owner: everything it wrote before is seen by who sees this. */
    void setRelease(int index, long value) {
        LONGS.setRelease(values, PAD + index, value);
    }

    /** By anyone. */
    long get(int index) {
        return (long) LONGS.getOpaque(values, PAD + index);
    }

    /** By anyone. */
    long getAcquire(int index) {
        return (long) LONGS.getAcquire(values, PAD + index);
    }
}
