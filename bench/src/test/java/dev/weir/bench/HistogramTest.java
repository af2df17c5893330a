package dev.weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void quantilesAreWithinABucketOfTheExactOnes() {
        SplittableRandom random = new SplittableRandom(1);
        long[] values = new long[50_000];
        Histogram histogram = new Histogram();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong(1L << random.nextInt(1, 40));
            histogram.add(values[i]);
        }
        Arrays.sort(values);
        for (double q : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = values[(int) Math.ceil(q * values.length) - 1];
            long found = histogram.quantile(q);
            assertTrue(found >= exact && found <= exact + exact / 64 + 1, q + ": " + exact + " " + found);
        }
        assertEquals(values.length, histogram.total());
    }

    @Test
    void takesTheExtremes() {
        Histogram histogram = new Histogram();
        assertEquals(0, histogram.quantile(0.5));
        histogram.add(-5);
        histogram.add(Long.MAX_VALUE);
        assertEquals(0, histogram.quantile(0.5));
        assertEquals(Long.MAX_VALUE, histogram.quantile(1));
    }

    @Test
    void mediansAndSpread() {
        assertEquals(2, Samples.median(List.of(3.0, 1.0, 2.0)));
        assertEquals(2.5, Samples.median(List.of(4.0, 1.0, 2.0, 3.0)));
        assertEquals(0.5, Samples.spread(List.of(1.0, 2.0, 3.0)));
    }
}
