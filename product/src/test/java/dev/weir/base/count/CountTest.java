package dev.weir.base.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {

    private enum Metric { CONNECTIONS, BYTES }

    private static void inThreads(int count, IntConsumer body) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < count; i++) {
            int worker = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                body.accept(worker);
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void cellsAddUpOverWorkersAndNeverGoBack() throws InterruptedException {
        CellGroup group = new CellGroup(4, Metric.values().length);
        AtomicInteger running = new AtomicInteger(4);
        Thread reader = Thread.ofPlatform().start(() -> {
            long last = 0;
            while (running.get() > 0) {
                long now = group.sum(Metric.CONNECTIONS);
                if (now < last) {
                    running.set(Integer.MIN_VALUE);
                }
                last = now;
            }
        });
        inThreads(4, worker -> {
            Cell cell = group.cell(worker);
            for (int i = 0; i < 100_000; i++) {
                cell.increment(Metric.CONNECTIONS.ordinal());
                cell.add(Metric.BYTES.ordinal(), 3);
            }
            running.decrementAndGet();
        });
        reader.join();
        assertEquals(0, running.get(), "a sum went back");
        assertEquals(400_000, group.sum(Metric.CONNECTIONS));
        assertEquals(1_200_000, group.sum(Metric.BYTES));
    }

    @Test
    void clearingCountsFromHereAndGrowingKeepsCells() {
        CellGroup group = new CellGroup(1, 2);
        Cell first = group.cell(0);
        first.add(0, 5);
        group.clear();
        assertEquals(0, group.sum(0));
        group.growTo(3);
        assertSame(first, group.cell(0));
        group.cell(2).add(0, 7);
        first.increment(0);
        assertEquals(8, group.sum(0));
        assertEquals(0, group.sum(1));
    }

    @Test
    void gaugeNeverPassesItsLimitAndItsMaximumIsExact() throws InterruptedException {
        Gauge gauge = new Gauge();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        inThreads(4, worker -> {
            for (int i = 0; i < 50_000; i++) {
                if (gauge.incrementIfBelow(3) > 0) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    gauge.decrement();
                }
            }
        });
        assertEquals(0, gauge.value());
        assertTrue(most.get() <= 3 && gauge.max() <= 3 && gauge.max() >= most.get());
    }

    @Test
    void gaugeCountsUpDownAndRemembers() {
        Gauge gauge = new Gauge();
        assertEquals(1, gauge.increment());
        assertEquals(2, gauge.incrementIfBelow(2));
        assertEquals(0, gauge.incrementIfBelow(2));
        assertEquals(3, gauge.increment());
        assertEquals(2, gauge.decrement());
        assertEquals(3, gauge.max());
        gauge.clearMax();
        assertEquals(2, gauge.max());
        assertEquals(2, gauge.value());
        gauge.decrement();
        assertEquals(2, gauge.max());
    }

    @Test
    void peakKeepsTheHighest() throws InterruptedException {
        Peak peak = new Peak();
        inThreads(4, worker -> {
            for (int i = 0; i < 10_000; i++) {
                peak.offer(i * 4L + worker);
            }
        });
        assertEquals(39_999, peak.value());
        peak.clear();
        peak.offer(-1);
        assertEquals(0, peak.value());
    }

    /** Events as time:count, then time=rate; the period is 1000 ms and the start any tick. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0=0", "5000:1 5000=1", "5000:10 5500=10 6000=10 6500=5 6999=0 7000=0 7001=0",
        "5000:10 5999:10 5999=20 6000=20", "5000:10 6000:4 6000=14 6500=9 6999=4 7000=4",
        "5000:1 6000=1 6500=1 6999=1 7000=1 7001=0", "5000:2 6500=1", "5000:10 7100:1 7100=1",
        "5000:10 8000:5 8000=5 9000=5 9999=0", "0:3 1=3 1500=1"})
    void rateFadesOverTheNextPeriod(String script) {
        Rate rate = new Rate(1, 1000);
        for (String step : script.split(" ")) {
            String[] part = step.split("[:=]");
            if (step.contains(":")) {
                rate.add(0, Long.parseLong(part[0]), Long.parseLong(part[1]));
            } else {
                assertEquals(Long.parseLong(part[1]), rate.read(Long.parseLong(part[0])), step);
            }
        }
    }

    @Test
    void rateAddsWorkersBeforeRounding() {
        Rate rate = new Rate(4, 1000);
        for (int worker = 0; worker < 4; worker++) {
            rate.add(worker, 1000, 3);
        }
        assertEquals(12, rate.read(1000));
        assertEquals(6, rate.read(2500));
    }

    @Test
    void rateIsNeverSeenTorn() throws InterruptedException {
        Rate rate = new Rate(1, 10);
        AtomicInteger worst = new AtomicInteger();
        AtomicInteger running = new AtomicInteger(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            while (running.get() > 0) {
                // far ahead of the writer nothing is left; a torn read would show a period that is half moved
                worst.accumulateAndGet((int) rate.read(1_000_000_000L), Math::max);
            }
        });
        for (int t = 0; t < 200_000; t++) {
            rate.add(0, t, 2);
        }
        running.set(0);
        reader.join();
        assertEquals(0, worst.get());
        assertEquals(20, rate.read(200_000));
    }

    @Test
    void averageSlidesOver512Samples() {
        Average average = new Average(1);
        assertEquals(0, average.read());
        average.add(0, 1);
        average.add(0, 2);
        assertEquals(2, average.read());
        for (int i = 0; i < 5000; i++) {
            average.add(0, 100);
        }
        assertEquals(100, average.read());
        for (int i = 0; i < 512; i++) {
            average.add(0, 0);
        }
        // (1 - 1/512)^512 of 100, rounded as HAProxy rounds
        assertEquals(37, average.read());
        Average two = new Average(2);
        two.add(0, 10);
        two.add(1, 20);
        assertEquals(15, two.read());
    }
}
