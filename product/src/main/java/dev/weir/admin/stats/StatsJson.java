package dev.weir.admin.stats;

import java.util.Locale;

/** The statistics as JSON: a list of rows, each a list of values. One use; not shared. */
public final class StatsJson implements StatsView {

    private static final String[] OBJECTS = {"Frontend", "Backend", "Server", "Listener"};

    private final StatsSource rows;
    private boolean started;

    public StatsJson(StatsSource rows) {
        this.rows = rows;
    }

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        while (out.length() < atLeast) {
            StatsRow row = rows.next();
            if (row == null) {
                out.append(started ? "]\n" : "[]\n");
                return false;
            }
            out.append(started ? ",[" : "[[");
            started = true;
            row(out, row);
            out.append(']');
        }
        return true;
    }

    private static void row(StringBuilder out, StatsRow row) {
        String object = "{\"objType\":\"" + OBJECTS[row.kind().ordinal()] + "\",\"proxyId\":" + row.number(Metric.IID)
                + ",\"id\":" + row.number(Metric.SID) + ",";
        boolean first = true;
        for (Metric metric : Metric.all()) {
            if (metric.isFor(row.kind()) && row.has(metric)) {
                out.append(first ? "" : ",").append(object);
                first = false;
                TypedValues.json(out, metric.ordinal(), metric.title(), metric.tags());
                if (metric.isText()) {
                    TypedValues.jsonText(out, row.text(metric));
                } else {
                    TypedValues.jsonNumber(out, metric.type().name().toLowerCase(Locale.ROOT), row.number(metric));
                }
                out.append('}');
            }
        }
        for (ModuleColumn column : ModuleColumn.all()) {
            if (row.module(column) != StatsRow.ABSENT) {
                out.append(first ? "" : ",").append(object);
                TypedValues.json(out, column.position(), column.title(), column.tags());
                TypedValues.jsonNumber(out, "u64", row.module(column));
                out.append('}');
            }
        }
    }
}
