package dev.weir.base.collect;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Guards a few words that every worker changes. Held for one bounded pick, look-up or insert only, never across a call
 * out, an allocation or a log line, so that spinning is shorter than parking. Shared: atomic.
 */
public final class SpinLock {

    private static final int SPINS_BEFORE_YIELD = 1000;

    private final AtomicInteger held = new AtomicInteger();

    public void lock() {
        int spins = 0;
        while (held.getAcquire() != 0 || !held.compareAndSet(0, 1)) {
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                // the holder may have lost its core to us
                Thread.yield();
                spins = 0;
            }
        }
    }

    public void unlock() {
        held.setRelease(0);
    }
}
