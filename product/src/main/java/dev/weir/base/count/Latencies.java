package dev.weir.base.count;

import java.util.Arrays;

/**
 * Histograms of how long stages take, as cells: how many times fell into each of 32 ranges, and their sum, per stage and
 * worker. The ranges are the same for all stages, from a tenth of a millisecond to half a minute in steps of about a half;
 * the counts only grow. A worker's part is made when it first counts, since most servers of a large file are idle; what is
 * counted while it is made room for more workers may be lost. Shared: one writer per worker, anyone reads.
 */
public final class Latencies {

    /** The upper ends of the ranges in microseconds; what is longer falls behind the last. */
    private static final int[] BOUNDS = {100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000,
        20_000, 30_000, 50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 500_000, 700_000, 1_000_000, 1_500_000,
        2_000_000, 3_000_000, 5_000_000, 7_000_000, 10_000_000, 30_000_000};
    public static final int RANGES = BOUNDS.length + 1;
    private static final int SUM = RANGES;
    private static final int STRIDE = RANGES + 1;

    private final int stages;
    private volatile Slots[] workers;

    public Latencies(int workers, int stages) {
        this.stages = stages;
        this.workers = new Slots[workers];
    }

    /** The range that a time falls into. */
    public static int range(long micros) {
        int low = 0;
        int high = BOUNDS.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (micros > BOUNDS[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The upper end of a range in microseconds, -1 for the last. */
    public static long bound(int range) {
        return range < BOUNDS.length ? BOUNDS[range] : -1;
    }

    /** By the worker of that number. @param range that of the time, which the caller knows already */
    public void add(int worker, int stage, int range, long micros) {
        Slots[] all = workers;
        Slots own = all[worker];
        if (own == null) {
            own = new Slots(stages * STRIDE);
            all[worker] = own;
        }
        int at = stage * STRIDE;
        own.set(at + range, own.own(at + range) + 1);
        own.set(at + SUM, own.own(at + SUM) + micros);
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int count) {
        if (count > workers.length) {
            workers = Arrays.copyOf(workers, count);
        }
    }

    /** Everything reads 0 from here. By one thread. */
    public void clear() {
        workers = new Slots[workers.length];
    }

    public long count(int stage, int range) {
        long count = 0;
        for (Slots each : workers) {
            count += each == null ? 0 : each.get(stage * STRIDE + range);
        }
        return count;
    }

    public long count(int stage) {
        long count = 0;
        for (int range = 0; range < RANGES; range++) {
            count += count(stage, range);
        }
        return count;
    }

    /** All times of a stage together, in microseconds. */
    public long sum(int stage) {
        long sum = 0;
        for (Slots each : workers) {
            sum += each == null ? 0 : each.get(stage * STRIDE + SUM);
        }
        return sum;
    }

    /** The counts of a stage's ranges, to be subtracted from later ones. */
    public long[] counts(int stage) {
        long[] counts = new long[RANGES];
        for (int range = 0; range < RANGES; range++) {
            counts[range] = count(stage, range);
        }
        return counts;
    }

    /**
     * How long so many of a thousand took at most, in microseconds, as near as the ranges tell; -1 when there are none.
     *
     * @param counts of the ranges
     */
    public static long percentile(long[] counts, int permille) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        if (all == 0) {
            return -1;
        }
        long wanted = Math.max(1, (all * permille + 999) / 1000);
        long before = 0;
        for (int range = 0; range < BOUNDS.length; range++) {
            if (before + counts[range] >= wanted) {
                long from = range == 0 ? 0 : BOUNDS[range - 1];
                return from + (BOUNDS[range] - from) * (wanted - before) / counts[range];
            }
            before += counts[range];
        }
        return BOUNDS[BOUNDS.length - 1];
    }
}
