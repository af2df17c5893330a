package dev.weir.base.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histograms of times: every time falls into the range whose bounds enclose it, and percentiles are near the true ones. */
class LatenciesTest {

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 100", "100, 100", "101, 200", "1000, 1000", "1001, 1500", "29999999, 30000000",
        "30000000, 30000000", "30000001, -1", "9223372036854775807, -1"})
    void timesFallIntoTheirRange(long micros, long bound) {
        assertEquals(bound, Latencies.bound(Latencies.range(micros)));
    }

    @Test
    void countsOfAllWorkersAreAdded() {
        Latencies latencies = new Latencies(2, 3);
        latencies.add(0, 1, Latencies.range(150), 150);
        latencies.add(1, 1, Latencies.range(150), 150);
        latencies.growTo(4);
        latencies.add(3, 1, Latencies.range(5000), 5000);
        latencies.add(3, 2, Latencies.range(7), 7);
        assertEquals(2, latencies.count(1, Latencies.range(150)));
        assertEquals(3, latencies.count(1));
        assertEquals(5300, latencies.sum(1));
        assertEquals(1, latencies.count(2));
        assertEquals(0, latencies.count(0));
        latencies.clear();
        assertEquals(0, latencies.count(1));
        latencies.add(3, 1, 0, 1);
        assertEquals(1, latencies.count(1));
    }

    @Test
    void percentilesAreNearTheTrueOnes() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 50; round++) {
            long[] times = new long[1 + random.nextInt(2000)];
            long[] counts = new long[Latencies.RANGES];
            long most = 200 + random.nextInt(20_000_000);
            for (int i = 0; i < times.length; i++) {
                times[i] = random.nextLong(most);
                counts[Latencies.range(times[i])]++;
            }
            Arrays.sort(times);
            for (int permille : new int[] {1, 500, 900, 990, 1000}) {
                long truth = times[Math.max(0, (int) ((long) times.length * permille + 999) / 1000 - 1)];
                long said = Latencies.percentile(counts, permille);
                assertEquals(Latencies.range(truth), Latencies.range(said), "in the same range");
                assertTrue(said <= most * 3, said + " of " + most);
            }
        }
        assertEquals(-1, Latencies.percentile(new long[Latencies.RANGES], 500));
    }
}
