package dev.weir.model.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Guards the few words of a backend's balancer and queue. Held for one bounded pick or insert only, never across a call
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
