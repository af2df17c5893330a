package dev.weir.model.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long requests to one server take: a moving average that follows a longer time at once and forgets it within some ten
 * seconds, so that a server that slows down is left before many requests have met it. Time and value are one word, so that
 * workers need no lock. Shared: atomic.
 */
public final class PeakLatency {

    private static final double FORGETS_MS = 10_000;
    /** The lower half is the time of the last change in ms, modulo 2^32; the upper half the value as a float. */
    private final AtomicLong word = new AtomicLong();

    /** A request has taken so long, or has been waited for so long in vain. */
    public void saw(long micros, long nowMs) {
        long before;
        long after;
        do {
            before = word.get();
            double old = value(before);
            double kept = Math.exp(-age(before, nowMs) / FORGETS_MS);
            double next = micros > old ? micros : old * kept + micros * (1 - kept);
            after = (long) Float.floatToRawIntBits((float) Math.max(1, next)) << 32 | nowMs & 0xffffffffL;
        } while (!word.compareAndSet(before, after));
    }

    /** In microseconds; 0 when nothing was ever seen. What was long ago counts for less, so that a server is tried again. */
    public long micros(long nowMs) {
        long now = word.get();
        double value = value(now);
        return value == 0 ? 0 : Math.max(1, (long) (value * Math.exp(-age(now, nowMs) / FORGETS_MS)));
    }

    private static double value(long word) {
        return Float.intBitsToFloat((int) (word >>> 32));
    }

    /** Clocks of workers may differ by a moment. */
    private static double age(long word, long nowMs) {
        return Math.max(0, (int) nowMs - (int) word);
    }
}
