package dev.weir.admin.stats;

/**
 * The statistics as CSV: every line ends with a comma, a value without meaning is empty, one that holds a quote or a comma
 * is quoted. The column {@code -} ends the fixed columns. One use; not shared.
 */
public final class StatsCsv implements StatsView {

    private final StatsSource rows;
    private boolean started;

    public StatsCsv(StatsSource rows) {
        this.rows = rows;
    }

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        if (!started) {
            started = true;
            header(out);
        }
        while (out.length() < atLeast) {
            StatsRow row = rows.next();
            if (row == null) {
                return false;
            }
            for (Metric metric : Metric.all()) {
                value(out, row, metric);
                out.append(',');
            }
            out.append("-,");
            for (ModuleColumn column : ModuleColumn.all()) {
                long number = row.module(column);
                if (number != StatsRow.ABSENT) {
                    out.append(number);
                }
                out.append(',');
            }
            out.append('\n');
        }
        return true;
    }

    private static void header(StringBuilder out) {
        out.append("# ");
        for (Metric metric : Metric.all()) {
            out.append(metric.title()).append(',');
        }
        out.append("-,");
        for (ModuleColumn column : ModuleColumn.values()) {
            out.append(column.title()).append(',');
        }
        out.append('\n');
    }

    private static void value(StringBuilder out, StatsRow row, Metric metric) {
        if (!metric.isFor(row.kind())) {
            return;
        }
        if (!metric.isText()) {
            // asked once: thousands of rows are polled
            long number = row.numberOrAbsent(metric);
            if (number != StatsRow.ABSENT) {
                out.append(number);
            }
            return;
        }
        String text = row.has(metric) ? row.text(metric) : null;
        if (text == null) {
            return;
        }
        if (text.indexOf(',') < 0 && text.indexOf('"') < 0) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
