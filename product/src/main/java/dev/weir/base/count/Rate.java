package dev.weir.base.count;

import java.lang.invoke.VarHandle;

/**
 * Events per period, as HAProxy counts them: the period under way and the one before, of which as much counts as still
 * lies within one period from now (facts.md, "Rates, averages"). Each worker has its own three numbers; a reader adds the
 * workers up before it divides, so that nothing is lost to rounding and one worker alone gives exactly HAProxy's number.
 * The three numbers of a worker are read under a sequence lock; a reader that keeps losing takes them as they are. Time is
 * an argument, in milliseconds that never go back. Shared: one writer per worker, anyone reads.
 */
public final class Rate {

    private static final int SEQUENCE = 0;
    private static final int START = 1;
    private static final int CURRENT = 2;
    private static final int PREVIOUS = 3;
    private static final int ATTEMPTS = 64;

    private final int periodMs;
    private volatile Slots[] workers;

    public Rate(int workers, int periodMs) {
        this.periodMs = periodMs;
        this.workers = new Slots[0];
        growTo(workers);
    }

    /** By one thread. */
    public void growTo(int count) {
        workers = Slots.grown(workers, count, () -> {
            Slots fresh = new Slots(4);
            // far in the past: the first event starts its own period
            fresh.set(START, -2L * periodMs);
            return fresh;
        });
    }

    /** By the worker of that number. */
    public void add(int worker, long nowMs, long events) {
        Slots s = workers[worker];
        long sequence = s.own(SEQUENCE);
        s.set(SEQUENCE, sequence + 1);
        VarHandle.storeStoreFence();
        long start = s.own(START);
        long current = s.own(CURRENT);
        if (nowMs - start >= periodMs) {
            long previous = current;
            current = 0;
            start += periodMs;
            if (nowMs - start >= periodMs) {
                previous = 0;
                start = nowMs;
            }
            s.set(PREVIOUS, previous);
            s.set(START, start);
        }
        s.set(CURRENT, current + events);
        s.setRelease(SEQUENCE, sequence + 2);
    }

    /** Events per period now. */
    public long read(long nowMs) {
        long weighted = 0;
        long currents = 0;
        long previouses = 0;
        for (Slots s : workers) {
            long start;
            long current;
            long previous;
            int attempt = 0;
            long sequence;
            do {
                sequence = s.getAcquire(SEQUENCE);
                start = s.get(START);
                current = s.get(CURRENT);
                previous = s.get(PREVIOUS);
                VarHandle.loadLoadFence();
            } while (((sequence & 1) != 0 || sequence != s.get(SEQUENCE)) && ++attempt < ATTEMPTS);
            long remain = start + periodMs - nowMs;
            if (remain < 0) {
                remain += periodMs;
                previous = remain >= 0 ? current : 0;
                current = 0;
            }
            weighted += previous * remain + current * periodMs;
            currents += current;
            previouses += previous;
        }
        // a single event stays visible for the whole period after its own
        return currents == 0 && previouses <= 1 ? previouses : weighted / periodMs;
    }
}
