package dev.weir.admin.stats;

import java.util.Locale;

/** The statistics as typed output: a line for each value that there is (management.txt 9.2). One use; not shared. */
public final class StatsTyped implements StatsView {

    private final StatsSource rows;
    private final boolean described;

    /** @param described whether each line ends with what the value means */
    public StatsTyped(StatsSource rows, boolean described) {
        this.rows = rows;
        this.described = described;
    }

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        while (out.length() < atLeast) {
            StatsRow row = rows.next();
            if (row == null) {
                return false;
            }
            for (Metric metric : Metric.all()) {
                if (metric.isFor(row.kind()) && row.has(metric)) {
                    line(out, row, metric);
                }
            }
        }
        return true;
    }

    private void line(StringBuilder out, StatsRow row, Metric metric) {
        out.append(row.kind().letter()).append('.').append(row.number(Metric.IID)).append('.')
                .append(row.number(Metric.SID)).append('.').append(metric.ordinal()).append('.').append(metric.title())
                .append(".1:").append(metric.tags()).append(':')
                .append(metric.type().name().toLowerCase(Locale.ROOT)).append(':');
        if (metric.isText()) {
            out.append(row.text(metric));
        } else {
            out.append(row.number(metric));
        }
        if (described) {
            out.append(":\"").append(metric.description()).append('"');
        }
        out.append('\n');
    }
}
