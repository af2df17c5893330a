package dev.weir.admin.stats;

import dev.weir.base.count.Latencies;
import dev.weir.model.server.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The times of the stages of exchanges as native histograms, per frontend, backend and server. Names of ours, so that none
 * collides with HAProxy's. How many lines there can be is bounded: 14 limits, nothing for what has had no traffic, and
 * servers only as long as there are few or a scrape asks for that metric by its name. Stateless.
 */
final class PrometheusHistograms {

    private static final int MOST_SERVERS = 500;
    /** Microseconds, each the end of a range of {@link Latencies}. */
    private static final int[] LIMITS = {500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
        1_000_000, 2_000_000, 5_000_000, 10_000_000};
    private static final String[] HELP = {"Time until the request was there (Tq)", "Time in queues (Tw)",
        "Time to connect to servers (Tc)", "Time to the head of the answer (Tr)", "Active time of exchanges (Ta)"};

    /** One histogram of one row: its family's name and what it is written by. */
    record Series(String family, String help, StatsRow row, Stage stage) {}

    private PrometheusHistograms() {}

    static List<Series> of(RowKind kind, List<StatsRow> rows, PrometheusQuery query) {
        List<Series> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            String family = "weir_" + kind.name().toLowerCase(java.util.Locale.ROOT) + "_" + stage.word()
                    + "_time_seconds";
            boolean few = kind != RowKind.SERVER || rows.size() <= MOST_SERVERS || query.included().contains(family);
            if (few && query.wants(family)) {
                for (StatsRow row : rows) {
                    if (row.latencies() != null && row.latencies().count(stage.ordinal()) > 0) {
                        all.add(new Series(family, HELP[stage.ordinal()], row, stage));
                    }
                }
            }
        }
        return all;
    }

    /** @param labels those of the row, with the opening brace, without the closing one */
    static void write(StringBuilder out, Series series, String labels) {
        Latencies latencies = series.row.latencies();
        int stage = series.stage.ordinal();
        long[] counts = latencies.counts(stage);
        long below = 0;
        int range = 0;
        for (int limit : LIMITS) {
            while (Latencies.bound(range) >= 0 && Latencies.bound(range) <= limit) {
                below += counts[range++];
            }
            line(out, series.family, labels, decimal(limit), below);
        }
        while (range < Latencies.RANGES) {
            below += counts[range++];
        }
        line(out, series.family, labels, "+Inf", below);
        out.append(series.family).append("_sum").append(labels).append("} ").append(decimal(latencies.sum(stage)))
                .append('\n').append(series.family).append("_count").append(labels).append("} ").append(below)
                .append('\n');
    }

    private static void line(StringBuilder out, String family, String labels, String limit, long value) {
        out.append(family).append("_bucket").append(labels).append(",le=\"").append(limit).append("\"} ").append(value)
                .append('\n');
    }

    /** Microseconds as seconds, without zeros at the end. */
    private static String decimal(long micros) {
        String digits = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return micros / 1_000_000 + "." + digits.substring(0, end);
    }
}
