package dev.weir.model.server;

import dev.weir.base.count.Average;
import dev.weir.base.count.Latencies;
import dev.weir.base.count.Peak;

/** The average and longest times of a server's or backend's sessions, in milliseconds. Shared: atomic. */
public final class Timings {

    /** The four stages that the statistics know. */
    public enum Stage { QUEUE, CONNECT, RESPONSE, TOTAL }

    private final Average[] averages = new Average[Stage.values().length];
    private final Peak[] peaks = new Peak[averages.length];
    private final Latencies latencies;

    public Timings(int workers) {
        latencies = new Latencies(workers, dev.weir.model.server.Stage.COUNT);
        for (int i = 0; i < averages.length; i++) {
            averages[i] = new Average(workers);
            peaks[i] = new Peak();
        }
    }

    /** Counts one session's time in that stage; a stage that was not reached has none. */
    public void add(int worker, Stage stage, long ms) {
        if (ms >= 0) {
            averages[stage.ordinal()].add(worker, ms);
            peaks[stage.ordinal()].offer(ms);
        }
    }

    /** How its exchanges' times are spread. */
    public Latencies latencies() {
        return latencies;
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        for (Average average : averages) {
            average.growTo(workers);
        }
        latencies.growTo(workers);
    }

    /** Averages and peaks begin anew. By one thread. */
    public void clear() {
        for (Average average : averages) {
            average.clear();
        }
        latencies.clear();
        clearLongest();
    }

    public long average(Stage stage) {
        return averages[stage.ordinal()].read();
    }

    public void clearLongest() {
        for (Peak peak : peaks) {
            peak.clear();
        }
    }

    public long longest(Stage stage) {
        return peaks[stage.ordinal()].value();
    }
}
