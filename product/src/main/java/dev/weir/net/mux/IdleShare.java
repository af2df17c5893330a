package dev.weir.net.mux;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many idle connections each worker keeps for one server: tells a worker whom to ask, and bounds the total.
 * Shared: atomic; equality is identity.
 */
public final class IdleShare {

    private static final int PADDED = 32;

    /** One of each worker, each with a cache line of its own, so that workers do not disturb each other. */
    private volatile AtomicIntegerArray[] counts = {};
    private volatile int mostIdle = -1;
    private volatile int purgeMs = 5000;
    private volatile int lowest;
    /** Where connections are which were accepted for this server: reverse HTTP. */
    private final List<Attached> attached = new CopyOnWriteArrayList<>();
    private final PoolKey plainKey = new PoolKey(this, null, null, null, 0);

    /**
     * How many are kept, and for how long.
     *
     * @param most -1 for any number
     * @param purgeEveryMs after this time half of those that had nothing to do go; 0 keeps none
     * @param low while there are fewer, no worker asks another for one
     */
    public void keep(int most, int purgeEveryMs, int low) {
        lowest = low;
        mostIdle = purgeEveryMs == 0 ? 0 : most;
        purgeMs = purgeEveryMs;
    }

    /** Whether one more may be kept. */
    boolean hasRoom() {
        int most = mostIdle;
        return most < 0 || total() < most;
    }

    /** Whether a worker may ask another for one. */
    boolean mayMove() {
        int low = lowest;
        return low <= 0 || total() >= low;
    }

    int purgeMs() {
        return purgeMs;
    }

    /** Of every connection of a plain server. */
    PoolKey plainKey() {
        return plainKey;
    }

    /** A connection that came by itself, and the pool that has it, or gets it now. */
    record Attached(H2Pool pool, PoolKey key) {}

    /** One entry for each; changes are rare. */
    List<Attached> attached() {
        return attached;
    }

    public IdleShare(int workers) {
        growTo(workers);
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        AtomicIntegerArray[] old = counts;
        if (workers <= old.length) {
            return;
        }
        AtomicIntegerArray[] grown = Arrays.copyOf(old, workers);
        for (int i = old.length; i < workers; i++) {
            grown[i] = new AtomicIntegerArray(PADDED);
        }
        counts = grown;
    }

    void add(int worker, int delta) {
        counts[worker].getAndAdd(PADDED / 2, delta);
    }

    /** Idle connections of that worker. */
    public int of(int worker) {
        AtomicIntegerArray[] all = counts;
        return worker < all.length ? all[worker].get(PADDED / 2) : 0;
    }

    /** Idle connections of all workers. */
    public int total() {
        int sum = 0;
        for (AtomicIntegerArray each : counts) {
            sum += each.get(PADDED / 2);
        }
        return sum;
    }
}
