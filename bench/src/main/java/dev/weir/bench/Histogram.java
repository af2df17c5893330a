package dev.weir.bench;

/** Latencies in buckets of at most 1/64 of their value, from 1 ns to minutes, without allocation. Owned by one thread. */
final class Histogram {

    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[SUB * (64 - SUB_BITS + 1)];
    private long total;

    void add(long nanos) {
        add(nanos, 1);
    }

    void add(long nanos, long times) {
        counts[bucket(Math.max(0, nanos))] += times;
        total += times;
    }

    long total() {
        return total;
    }

    /** The upper end of the bucket that the quantile falls into, in nanoseconds. */
    long quantile(double q) {
        long rank = Math.max(1, (long) Math.ceil(q * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return upper(i);
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static long upper(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
