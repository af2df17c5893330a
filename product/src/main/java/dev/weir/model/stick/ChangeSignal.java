package dev.weir.model.stick;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says which shards of a table have changed since one last looked, and wakes who looks: once, until that one is ready to
 * be woken again. A change that was said already costs two reads. Shared: atomic.
 */
public final class ChangeSignal {

    private final AtomicLongArray shards;
    private final Runnable wake;
    private final AtomicBoolean asleep = new AtomicBoolean(true);
    private volatile boolean changed;

    ChangeSignal(int shardCount, Runnable wake) {
        shards = new AtomicLongArray((shardCount + 63) / 64);
        this.wake = wake;
    }

    /** The lock of the shard is held. */
    void shardChanged(int index) {
        long bit = 1L << index;
        int word = index >>> 6;
        if ((shards.get(word) & bit) == 0) {
            shards.getAndAccumulate(word, bit, (now, more) -> now | more);
        }
        if (!changed) {
            changed = true;
        }
    }

    /** No lock is held. */
    void tell() {
        if (changed && asleep.get() && asleep.compareAndSet(true, false)) {
            wake.run();
        }
    }

    /** Adds what has changed to the bits of a looker; whether anything has. */
    public boolean collect(long[] into) {
        changed = false;
        boolean any = false;
        for (int i = 0; i < into.length; i++) {
            if (shards.get(i) != 0) {
                into[i] |= shards.getAndSet(i, 0);
                any = true;
            }
        }
        return any;
    }

    /** From now on a change wakes again. */
    public void sleep() {
        asleep.set(true);
        tell();
    }
}
