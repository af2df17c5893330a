package dev.weir.model.stick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.time.Clock;
import dev.weir.model.value.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight threads on one table: nothing is lost, nothing is torn, and afterwards everything fits together. */
class StickTableHammerTest {

    private static final int THREADS = 8;
    private static final long NANOS = 400_000_000;

    @ParameterizedTest
    @CsvSource({"100000, 0, 5000", "100000, 50, 5000", "50, 0, 200", "3000, 20, 9000"})
    void staysWhole(long size, int expireMs, int keys) throws InterruptedException {
        StickTable table = TestTables.table(TestTables.shared(TestTables.spec("t", KeyType.INTEGER, 0, size, expireMs,
                "gpc0 conn_cur conn_rate(,100)")));
        AtomicLong counted = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        long start = Clock.SYSTEM.monotonicNanos();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    counted.addAndGet(work(table, random, keys, start));
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(failure.get());
        TableValidator.check(table);
        if (expireMs == 0 && size > keys) {
            long sum = 0;
            StickEntry entry = new StickEntry();
            for (long place = 0; place != StickTable.NONE; ) {
                place = table.next(place, 100, entry, 0);
                sum += entry.isEmpty() ? 0 : entry.value(DataType.GPC0, 0);
            }
            assertEquals(counted.get(), sum);
        }
    }

    private static long work(StickTable table, SplittableRandom random, int keys, long start) {
        long counted = 0;
        Sample key = new Sample();
        StickEntry entry = new StickEntry();
        long now;
        do {
            now = (Clock.SYSTEM.monotonicNanos() - start) / 1_000_000;
            long number = random.nextInt(keys);
            key.integer(number);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    long pinned = table.pin(key, now);
                    if (pinned != StickTable.NONE) {
                        table.count(pinned, DataType.CONN_CUR, 0, 1, now);
                        table.count(pinned, DataType.GPC0, 0, 1, now);
                        counted++;
                        table.keyOf(pinned, key, null);
                        assertEquals(number, key.number());
                        table.count(pinned, DataType.CONN_CUR, 0, -1, now);
                        table.unpin(pinned, now);
                    }
                }
                case 3 -> assertTrue(table.read(key, DataType.CONN_CUR, 0, now) <= THREADS);
                case 4 -> table.next((long) random.nextInt(table.shardCount()) << 32, 5, entry, now);
                default -> table.sweep(now, 8);
            }
        } while (now < NANOS / 1_000_000);
        return counted;
    }
}
