package dev.weir.base.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that goes up and down, with the highest it has been: sessions, queue lengths. Both halves share one word, so
 * that the maximum is exact and a limit is never passed, whoever races. Values are 0 .. 2^31-1. Shared: atomic.
 */
public final class Gauge {

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Gauge.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The maximum above, the current value below. */
    @SuppressWarnings("unused")
    private volatile long word;

    /** The value after the increment. */
    public int increment() {
        while (true) {
            long seen = word;
            int value = (int) seen + 1;
            if (WORD.weakCompareAndSet(this, seen, raised(seen, value))) {
                return value;
            }
        }
    }

    /** Counts one more if that stays within the limit; the answer is the new value, or 0 when it would not. */
    public int incrementIfBelow(int limit) {
        while (true) {
            long seen = word;
            int value = (int) seen + 1;
            if (value > limit) {
                return 0;
            }
            if (WORD.weakCompareAndSet(this, seen, raised(seen, value))) {
                return value;
            }
        }
    }

    /** The value after the decrement. */
    public int decrement() {
        // the low half never borrows: every decrement belongs to an increment
        return (int) ((long) WORD.getAndAdd(this, -1L) - 1);
    }

    public int value() {
        return (int) word;
    }

    public int max() {
        return (int) (word >>> 32);
    }

    /** The maximum starts again from the current value. */
    public void clearMax() {
        while (true) {
            long seen = word;
            long value = seen & 0xffff_ffffL;
            if (WORD.weakCompareAndSet(this, seen, value << 32 | value)) {
                return;
            }
        }
    }

    private static long raised(long seen, int value) {
        long max = Math.max(seen >>> 32, value);
        return max << 32 | value;
    }
}
