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
            for (ModuleColumn column : ModuleColumn.all()) {
                if (row.module(column) != StatsRow.ABSENT) {
                    begin(out, row, column.position(), column.title(), column.tags()).append("u64:")
                            .append(row.module(column));
                    end(out, column.description());
                }
            }
        }
        return true;
    }

    private void line(StringBuilder out, StatsRow row, Metric metric) {
        begin(out, row, metric.ordinal(), metric.title(), metric.tags())
                .append(metric.type().name().toLowerCase(Locale.ROOT)).append(':');
        if (metric.isText()) {
            out.append(row.text(metric));
        } else {
            out.append(row.number(metric));
        }
        end(out, metric.description());
    }

    private static StringBuilder begin(StringBuilder out, StatsRow row, int position, String title, String tags) {
        return out.append(row.kind().letter()).append('.').append(row.number(Metric.IID)).append('.')
                .append(row.number(Metric.SID)).append('.').append(position).append('.').append(title)
                .append(".1:").append(tags).append(':');
    }

    private void end(StringBuilder out, String description) {
        if (described) {
            out.append(":\"").append(description).append('"');
        }
        out.append('\n');
    }
}
