package dev.weir.admin.stats;

import dev.weir.base.count.CellGroup;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import dev.weir.model.server.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Counters that another process can begin with ({@code dump stats-file}, {@code stats-file}; management.txt 9.5): those
 * metrics that HAProxy marks as lasting, of all that have a guid; of listeners with {@code option socket-stats} only. What is read is added to the
 * counters of who has that guid and is of that kind; lines and columns that mean nothing are passed over. Stateless.
 */
public final class StatsFile {

    private static final int LASTING = 3;
    private static final String FRONT = "#fe ";
    private static final String BACK = "#be ";
    private static final RowKind[] FRONTS = {RowKind.FRONTEND, RowKind.LISTENER};
    private static final RowKind[] BACKS = {RowKind.BACKEND, RowKind.SERVER};

    private StatsFile() {}

    /** Finds the counters of the one of a side with that guid, or null. */
    public interface Finder extends BiFunction<Boolean, String, Found> {}

    /** Whose counters they are. */
    public record Found(RowKind kind, boolean http, CellGroup counts) {}

    /** @param named whether those without a guid are told too, by their names */
    public static String dump(StatsSource rows, boolean named) {
        StringBuilder front = new StringBuilder(FRONT);
        StringBuilder back = new StringBuilder(BACK);
        header(front, FRONTS);
        header(back, BACKS);
        for (StatsRow row = rows.next(); row != null; row = rows.next()) {
            String guid = guid(row);
            guid = guid == null && named ? nameOf(row.proxy(), row.text(Metric.SVNAME)) : guid;
            if (guid != null) {
                boolean isFront = row.kind() == RowKind.FRONTEND || row.kind() == RowKind.LISTENER;
                StringBuilder out = isFront ? front : back;
                out.append(guid).append(',');
                for (Metric metric : columns(isFront ? FRONTS : BACKS)) {
                    if (metric.isFor(row.kind()) && row.has(metric)) {
                        out.append(row.number(metric));
                    }
                    out.append(',');
                }
                out.append('\n');
            }
        }
        return front.append('\n').append(back).toString();
    }

    /** What somebody without a guid is called in a file of names: nobody else of that side is. */
    public static String nameOf(ProxySpec proxy, String name) {
        return "=" + proxy.name() + "/" + name.replace(',', ';');
    }

    private static String guid(StatsRow row) {
        return switch (row.kind()) {
            case FRONTEND, BACKEND -> row.proxy().settings().get(ProxySpec.GUID);
            case SERVER -> row.setting(ServerSpec.GUID);
            case LISTENER -> row.guid();
        };
    }

    private static void header(StringBuilder out, RowKind[] kinds) {
        out.append("guid,");
        columns(kinds).forEach(each -> out.append(each.title()).append(','));
        out.append('\n');
    }

    private static List<Metric> columns(RowKind[] kinds) {
        List<Metric> columns = new ArrayList<>();
        for (Metric metric : Metric.all()) {
            boolean ours = metric.isFor(kinds[0]) || metric.isFor(kinds[1]);
            if (ours && metric.tags().charAt(LASTING) == 'P' && !metric.isText()) {
                columns.add(metric);
            }
        }
        return columns;
    }

    /** Adds what a file says. @param worker whose cells take it; by its thread or before any runs */
    public static void load(String text, Finder finder, int worker) {
        boolean front = false;
        List<Metric> columns = List.of();
        for (String line : text.split("\n")) {
            if (line.startsWith(FRONT) || line.startsWith(BACK)) {
                front = line.startsWith(FRONT);
                columns = named(line.substring(FRONT.length()));
            } else if (!line.isEmpty() && !columns.isEmpty()) {
                String[] cells = line.split(",", -1);
                Found found = finder.apply(front, cells[0]);
                for (int i = 1; found != null && i < Math.min(cells.length, columns.size()); i++) {
                    restore(found, columns.get(i), cells[i], worker);
                }
            }
        }
    }

    /** Null for columns that are not known, the first of which is the guid. */
    private static List<Metric> named(String header) {
        Map<String, Metric> known = new HashMap<>();
        for (Metric metric : Metric.all()) {
            known.put(metric.title(), metric);
        }
        List<Metric> columns = new ArrayList<>();
        for (String name : header.split(",")) {
            columns.add(known.get(name));
        }
        return columns;
    }

    private static void restore(Found found, Metric metric, String cell, int worker) {
        Count count = metric == null || metric.tags().charAt(1) != 'C' ? null : count(found, metric);
        if (count != null && isNumber(cell)) {
            found.counts.cell(worker).add(count.ordinal(), Long.parseLong(cell));
        }
    }

    /** What a metric is counted by where that is one counter and nothing else is made of it. */
    private static Count count(Found found, Metric metric) {
        boolean frontend = found.kind == RowKind.FRONTEND;
        return switch (metric) {
            // chosen and tried again are what a server's sessions are
            case STOT -> found.kind == RowKind.SERVER || frontend && found.http ? null
                    : found.kind == RowKind.LISTENER ? Count.CONNECTIONS : Count.SESSIONS;
            case REQ_TOT -> Count.REQUESTS;
            case CONN_TOT -> Count.CONNECTIONS;
            case H2SESS -> Count.HTTP2_SESSIONS;
            case H2REQ -> Count.HTTP2_REQUESTS;
            // the same bytes as those of bin and bout
            case REQBIN, RESBOUT -> null;
            default -> CountedRow.countOf(metric);
        };
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() < 19;
    }
}
