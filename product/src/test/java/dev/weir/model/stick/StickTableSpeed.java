package dev.weir.model.stick;

import dev.weir.base.time.Clock;
import dev.weir.model.value.Sample;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Measures a table of many addresses: memory per entry, operations per second, the longest look-up. Run by hand. */
final class StickTableSpeed {

    private static final long NANOS_PER_MS = 1_000_000;

    private StickTableSpeed() {}

    /** Arguments: entries, threads, seconds, percent of writes. */
    public static void main(String[] args) throws InterruptedException {
        int entries = Integer.parseInt(args[0]);
        int threads = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        int writes = Integer.parseInt(args[3]);
        PrintStream out = System.out;
        StickTable table = TestTables.table(TestTables.spec("t", KeyType.IPV4, 0, entries, 600_000,
                "gpc0 conn_cur conn_rate(,10000) http_req_rate(,10000)"));
        long begun = Clock.SYSTEM.monotonicNanos();
        Sample key = new Sample();
        for (int i = 0; i < entries; i++) {
            key.ipv4(i * 0x9e3779b1);
            long entry = table.pin(key, 0);
            table.count(entry, DataType.GPC0, 0, 1, 0);
            table.unpin(entry, 0);
        }
        long filled = Clock.SYSTEM.monotonicNanos();
        out.println("entries " + table.used() + ", bytes per entry " + table.bytes() / table.used()
                + ", insertions/s " + entries * 1_000_000_000L / (filled - begun));
        List<Thread> running = new ArrayList<>();
        AtomicLong operations = new AtomicLong();
        long[][] histograms = new long[threads][40];
        for (int t = 0; t < threads; t++) {
            SplittableRandom random = new SplittableRandom(t);
            long[] histogram = histograms[t];
            running.add(Thread.ofPlatform().start(() ->
                    operations.addAndGet(work(table, random, entries, writes, filled, seconds, histogram))));
        }
        for (Thread thread : running) {
            thread.join();
        }
        out.println(threads + " threads, " + writes + " % writes: operations/s " + operations.get() / seconds);
        for (int bit = 0; bit < 40; bit++) {
            long sum = 0;
            for (long[] histogram : histograms) {
                sum += histogram[bit];
            }
            if (sum > 0) {
                out.println("  below " + (1L << bit) + " ns: " + sum);
            }
        }
        expireAll(table, out);
        TableValidator.check(table);
    }

    private static long work(StickTable table, SplittableRandom random, int entries, int writes, long start,
            int seconds, long[] histogram) {
        Sample key = new Sample();
        long done = 0;
        long before = Clock.SYSTEM.monotonicNanos();
        while (before - start < seconds * 1000 * NANOS_PER_MS) {
            long nowMs = (before - start) / NANOS_PER_MS;
            key.ipv4(random.nextInt(entries) * 0x9e3779b1);
            if (random.nextInt(100) < writes) {
                long entry = table.pin(key, nowMs);
                table.count(entry, DataType.CONN_CNT, 0, 1, nowMs);
                table.unpin(entry, nowMs);
            } else {
                table.read(key, DataType.GPC0, 0, nowMs);
            }
            done++;
            long after = Clock.SYSTEM.monotonicNanos();
            histogram[64 - Long.numberOfLeadingZeros(after - before)]++;
            before = after;
        }
        return done;
    }

    private static void expireAll(StickTable table, PrintStream out) {
        long longest = 0;
        long begun = Clock.SYSTEM.monotonicNanos();
        while (table.used() > 0) {
            long before = Clock.SYSTEM.monotonicNanos();
            table.sweep(10_000_000, 64);
            longest = Math.max(longest, Clock.SYSTEM.monotonicNanos() - before);
        }
        out.println("all expired in " + (Clock.SYSTEM.monotonicNanos() - begun) / NANOS_PER_MS
                + " ms, the longest lock " + longest / 1000 + " us");
    }
}
