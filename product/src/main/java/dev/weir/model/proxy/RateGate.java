package dev.weir.model.proxy;

import dev.weir.base.count.Rate;

/**
 * A limit of connections per second, of a frontend or of the process. Whoever accepts asks first; a listener that is
 * refused leaves the connection in the kernel's queue and asks again a little later. Shared: atomic.
 */
public final class RateGate {

    private static final int SECOND_MS = 1000;
    private static final int LONGEST_WAIT_MS = 50;

    private final Rate rate;
    private volatile int limit;

    /** @param limit connections per second, 0 for any number */
    public RateGate(int workers, int limit) {
        this.rate = new Rate(workers, SECOND_MS);
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }

    /** Another limit by command. */
    public void limit(int perSecond) {
        limit = perSecond;
    }

    /** Makes room for more workers. By the thread that adds workers. */
    void growTo(int workers) {
        rate.growTo(workers);
    }

    /** How long to wait before asking again, 0 when the next connection may come in. */
    int waitMs(long nowMs) {
        int most = limit;
        return most == 0 || rate.read(nowMs) < most ? 0 : Math.clamp(SECOND_MS / most, 1, LONGEST_WAIT_MS);
    }

    /** One came in. By the worker of that number. */
    void count(int worker, long nowMs) {
        if (limit > 0) {
            rate.add(worker, nowMs, 1);
        }
    }
}
