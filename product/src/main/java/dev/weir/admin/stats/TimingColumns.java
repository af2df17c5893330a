package dev.weir.admin.stats;

import dev.weir.model.server.Timings;

/** The columns of times, which servers and backends share. Stateless. */
final class TimingColumns {

    private TimingColumns() {}

    static long of(Metric metric, Timings timings) {
        return switch (metric) {
            case QTIME -> timings.average(Timings.Stage.QUEUE);
            case CTIME -> timings.average(Timings.Stage.CONNECT);
            case RTIME -> timings.average(Timings.Stage.RESPONSE);
            case TTIME -> timings.average(Timings.Stage.TOTAL);
            case QTIME_MAX -> timings.longest(Timings.Stage.QUEUE);
            case CTIME_MAX -> timings.longest(Timings.Stage.CONNECT);
            case RTIME_MAX -> timings.longest(Timings.Stage.RESPONSE);
            case TTIME_MAX -> timings.longest(Timings.Stage.TOTAL);
            default -> CountedRow.absent();
        };
    }
}
