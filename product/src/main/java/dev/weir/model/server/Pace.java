package dev.weir.model.server;

import dev.weir.base.count.Peak;
import dev.weir.base.count.Rate;

/** How many sessions begin per second, the most that ever did, and when the last one began. Shared: atomic. */
public final class Pace {

    private static final long NEVER = Long.MIN_VALUE;

    private final Rate rate;
    private final Peak peak = new Peak();
    private volatile long lastMs = NEVER;

    public Pace(int workers) {
        rate = new Rate(workers, 1000);
    }

    public void add(int worker, long nowMs) {
        rate.add(worker, nowMs, 1);
        peak.offer(rate.read(nowMs));
        lastMs = nowMs;
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        rate.growTo(workers);
    }

    public long perSecond(long nowMs) {
        return rate.read(nowMs);
    }

    public long most() {
        return peak.value();
    }

    public void clearMost() {
        peak.clear();
    }

    /** Seconds since the last one, -1 when there was none. */
    public long secondsSince(long nowMs) {
        long last = lastMs;
        return last == NEVER ? -1 : Math.max(0, (nowMs - last) / 1000);
    }
}
