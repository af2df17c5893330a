package dev.weir.net.mux;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many idle connections each worker keeps for one server: tells a worker whom to ask, and bounds the total.
 * Shared: atomic; equality is identity.
 */
public final class IdleShare {

    /** One cache line apart, so that workers do not disturb each other. */
    private static final int STRIDE = 16;

    private final AtomicIntegerArray counts;
    private volatile int mostIdle = -1;
    private volatile int purgeMs = 5000;
    private final PoolKey plainKey = new PoolKey(this, null, null, null, 0);

    /**
     * How many are kept, and for how long.
     *
     * @param most -1 for any number
     * @param purgeEveryMs after this time half of those that had nothing to do go; 0 keeps none
     */
    public void keep(int most, int purgeEveryMs) {
        mostIdle = purgeEveryMs == 0 ? 0 : most;
        purgeMs = purgeEveryMs;
    }

    /** Whether one more may be kept. */
    boolean hasRoom() {
        int most = mostIdle;
        return most < 0 || total() < most;
    }

    int purgeMs() {
        return purgeMs;
    }

    /** Of every connection of a plain server. */
    PoolKey plainKey() {
        return plainKey;
    }

    public IdleShare(int workers) {
        counts = new AtomicIntegerArray(workers * STRIDE);
    }

    void add(int worker, int delta) {
        counts.getAndAdd(worker * STRIDE, delta);
    }

    /** Idle connections of that worker. */
    public int of(int worker) {
        return counts.get(worker * STRIDE);
    }

    /** Idle connections of all workers. */
    public int total() {
        int sum = 0;
        for (int i = 0; i < counts.length(); i += STRIDE) {
            sum += counts.get(i);
        }
        return sum;
    }
}
