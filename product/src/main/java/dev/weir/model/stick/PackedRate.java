package dev.weir.model.stick;

/**
 * A rate in two longs of a row: when the period under way began; its count above that of the one before, 32 bits each.
 * The arithmetic is that of facts.md, "Rates, averages". Guarded by the lock of the shard.
 */
final class PackedRate {

    private static final long LOW = 0xffff_ffffL;

    private PackedRate() {}

    /** The count of the period under way, events included. */
    static long add(long[] row, int at, int periodMs, long nowMs, long events) {
        long start = row[at];
        long current = row[at + 1] >>> 32;
        long previous = row[at + 1] & LOW;
        if (nowMs - start >= periodMs) {
            previous = current;
            current = 0;
            start += periodMs;
            if (nowMs - start >= periodMs) {
                previous = 0;
                start = nowMs;
            }
        }
        current = current + events & LOW;
        row[at] = start;
        row[at + 1] = current << 32 | previous;
        return current;
    }

    /** Events per period now. */
    static long read(long[] row, int at, int periodMs, long nowMs) {
        long current = row[at + 1] >>> 32;
        long previous = row[at + 1] & LOW;
        long remain = row[at] + periodMs - nowMs;
        if (remain < 0) {
            remain += periodMs;
            previous = remain >= 0 ? current : 0;
            current = 0;
        }
        if (current == 0 && previous <= 1) {
            return previous;
        }
        return (previous * Math.max(0, remain) + current * periodMs) / periodMs;
    }

    /** As if that many had come in the period that ends now. */
    static void set(long[] row, int at, long nowMs, long events) {
        store(row, at, nowMs, 0, Math.min(events, LOW));
    }

    static void store(long[] row, int at, long startMs, long current, long previous) {
        row[at] = startMs;
        row[at + 1] = (current & LOW) << 32 | previous & LOW;
    }
}
