package dev.weir.model.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What looking at times is good for; docs/BALANCING.md tells it, and is checked against the simulation here. */
class PeakEwmaTest {

    private static final Path PAGE = Path.of("../docs/BALANCING.md");
    private static final String[] ALGORITHMS = {"roundrobin", "leastconn", "random(2)", "peak-ewma"};
    private static final double[] SLOWNESS = {3, 10, 30};
    private static final double[] LOADS = {0.3, 0.6};

    @Test
    void aPeakIsFollowedAtOnceAndForgottenSlowly() {
        PeakLatency latency = new PeakLatency();
        assertEquals(0, latency.micros(5));
        latency.saw(1000, 100);
        assertEquals(1000, latency.micros(100));
        latency.saw(50_000, 101);
        assertEquals(50_000, latency.micros(101));
        latency.saw(1000, 101);
        assertEquals(50_000, latency.micros(101));
        latency.saw(1000, 10_101);
        long later = latency.micros(10_101);
        assertTrue(later > 18_000 && later < 20_000, () -> "after its time constant " + later);
        assertTrue(latency.micros(40_101) < 1000);
        assertEquals(later, latency.micros(10_001), "an earlier time of another worker changes nothing");
        // the clock's lower half has gone round
        latency.saw(1000, 1L << 32);
        assertTrue(latency.micros((1L << 32) + 1) > 0);
    }

    @Test
    void pageTellsWhatTheSimulationShows() throws IOException {
        StringBuilder table = new StringBuilder("| slow server | load | balance | p50 ms | p99 ms | p99.9 ms | slow server's share |\n"
                + "|---|---|---|---|---|---|---|\n");
        for (double slowness : SLOWNESS) {
            for (double load : LOADS) {
                double[] p99 = new double[ALGORITHMS.length];
                for (int i = 0; i < ALGORITHMS.length; i++) {
                    SlowServerSimulation.Outcome outcome = SlowServerSimulation.run(ALGORITHMS[i], slowness, load);
                    p99[i] = outcome.p99();
                    table.append(String.format(Locale.ROOT, "| %.0fx | %.0f %% | %s | %.0f | %.0f | %.0f | %.1f %% |\n", slowness,
                            load * 100, ALGORITHMS[i], outcome.p50(), outcome.p99(), outcome.p999(),
                            outcome.slowShare() * 100));
                }
                String where = slowness + "x at " + load;
                assertTrue(p99[3] < p99[1] && p99[3] < p99[2], () -> where + ": p99 " + java.util.Arrays.toString(p99));
            }
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf("| slow server |");
        int to = page.indexOf("\n\n", from) + 1;
        String told = page.substring(from, to);
        if (Boolean.getBoolean("weir.update")) {
            Files.writeString(PAGE, page.replace(told, table));
        } else {
            assertEquals(table.toString(), told, "docs/BALANCING.md is stale: run the test with -Dweir.update=true");
        }
    }
}
