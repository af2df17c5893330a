package dev.weir.admin.stats;

import static dev.weir.admin.stats.Metric.*;

import java.util.List;

/**
 * The statistics page: the process, then a table per proxy. Columns are rows of a table here too. One use; not shared.
 */
public final class StatsPage implements StatsView {

    /**
     * @param uri where the page is, for its links
     * @param refreshSeconds 0 for a page that stays as it is
     * @param legends whether details show under the pointer ({@code stats show-legends})
     */
    public record Options(String uri, int refreshSeconds, boolean legends) {}

    private enum Form { NUMBER, SECONDS, AGO, TEXT }

    private record Column(String group, String title, Metric metric, Form form) {}

    private static Column column(String group, String title, Metric metric) {
        return new Column(group, title, metric, Form.NUMBER);
    }

    private static final List<Column> COLUMNS = List.of(
            column("Queue", "Cur", QCUR), column("Queue", "Max", QMAX), column("Queue", "Limit", QLIMIT),
            column("Session rate", "Cur", RATE), column("Session rate", "Max", RATE_MAX),
            column("Session rate", "Limit", RATE_LIM),
            column("Sessions", "Cur", SCUR), column("Sessions", "Max", SMAX), column("Sessions", "Limit", SLIM),
            column("Sessions", "Total", STOT), column("Sessions", "LbTot", LBTOT),
            new Column("Sessions", "Last", LASTSESS, Form.AGO),
            column("Bytes", "In", BIN), column("Bytes", "Out", BOUT),
            column("Denied", "Req", DREQ), column("Denied", "Resp", DRESP),
            column("Errors", "Req", EREQ), column("Errors", "Conn", ECON), column("Errors", "Resp", ERESP),
            column("Warnings", "Retr", WRETR), column("Warnings", "Redis", WREDIS),
            new Column("Server", "Status", STATUS, Form.TEXT), new Column("Server", "LastChk", CHECK_STATUS, Form.TEXT),
            column("Server", "Wght", WEIGHT), column("Server", "Act", ACT), column("Server", "Bck", BCK),
            column("Server", "Chk", CHKFAIL), column("Server", "Dwn", CHKDOWN),
            new Column("Server", "Dwntme", DOWNTIME, Form.SECONDS), column("Server", "Thrtle", THROTTLE));

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--head:#8882;--soft:#888}
            body{font:13px/1.4 system-ui,sans-serif;margin:1.2em}
            h1{font-size:1.3em;margin:0 0 .3em}h2{font-size:1.1em;margin:1.4em 0 .3em}
            .facts{color:var(--soft);display:flex;flex-wrap:wrap;gap:.2em 1.6em;padding:0;list-style:none}
            .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{border:1px solid var(--line);padding:.15em .45em;text-align:right;white-space:nowrap}
            th{background:var(--head);font-weight:600}th.name,td.name,td.text{text-align:left}
            tr.FRONTEND td,tr.BACKEND td{background:var(--head)}
            tr.up td.name{border-left:4px solid #2a2}tr.down td.name{border-left:4px solid #c22}
            tr.maint td.name{border-left:4px solid #a70}tr.drain td.name{border-left:4px solid #27c}
            tr.plain td.name{border-left:4px solid #888}
            """;

    private final ProcessFacts facts;
    private final Options options;
    private final StatsSource rows;
    private boolean started;
    private String proxy;

    public StatsPage(ProcessFacts facts, Options options, StatsSource rows) {
        this.facts = facts;
        this.options = options;
        this.rows = rows;
    }

    @Override
    public boolean write(StringBuilder out, int atLeast) {
        if (!started) {
            started = true;
            head(out);
        }
        while (out.length() < atLeast) {
            StatsRow row = rows.next();
            if (row == null) {
                out.append(proxy == null ? "" : "</table></div>\n").append("</body></html>\n");
                return false;
            }
            if (!row.text(PXNAME).equals(proxy)) {
                out.append(proxy == null ? "" : "</table></div>\n");
                proxy = row.text(PXNAME);
                tableHead(out);
            }
            tableRow(out, row);
        }
        return true;
    }

    private void head(StringBuilder out) {
        out.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">");
        if (options.refreshSeconds() > 0) {
            out.append("<meta http-equiv=\"refresh\" content=\"").append(options.refreshSeconds()).append("\">");
        }
        out.append("<title>Statistics Report for HAProxy");
        append(out, " on ", facts.node());
        out.append("</title><style>\n").append(STYLE).append("</style></head>\n<body><h1>HAProxy");
        append(out, " version ", facts.version());
        append(out, " on ", facts.node());
        out.append("</h1>\n");
        append(out, "<p>", facts.description());
        out.append(facts.description() == null ? "" : "</p>\n").append("<ul class=\"facts\">");
        fact(out, "pid", facts.pid());
        fact(out, "threads", facts.workers());
        out.append("<li>uptime ");
        Html.duration(out, facts.uptimeSeconds());
        out.append("</li>");
        fact(out, "memory limit (MB)", facts.memoryMaxMb());
        fact(out, "maxfd", facts.maxFds());
        fact(out, "maxsock", facts.maxSockets());
        fact(out, "maxconn", facts.maxConnections());
        fact(out, "current conns", facts.connections());
        fact(out, "conn rate", facts.connectionRate());
        fact(out, "bits per second", facts.bitsPerSecond());
        out.append("</ul>\n<p>");
        link(out, "", "Refresh now");
        if (options.refreshSeconds() > 0) {
            link(out, ";norefresh", "Stop refreshing");
        }
        link(out, ";up", "Hide DOWN servers");
        link(out, ";csv", "CSV export");
        link(out, ";json", "JSON export");
        out.append("</p>\n");
    }

    /** Nothing at all when there is no such text. */
    private static void append(StringBuilder out, String before, String text) {
        if (text != null) {
            out.append(before);
            Html.text(out, text);
        }
    }

    private static void fact(StringBuilder out, String name, long value) {
        out.append("<li>").append(name).append(' ');
        Html.number(out, value);
        out.append("</li>");
    }

    private void link(StringBuilder out, String suffix, String text) {
        out.append("<a href=\"");
        Html.text(out, options.uri());
        out.append(suffix).append("\">").append(text).append("</a> ");
    }

    private void tableHead(StringBuilder out) {
        out.append("<h2 id=\"");
        Html.text(out, proxy);
        out.append("\">");
        Html.text(out, proxy);
        out.append("</h2>\n<div class=\"wide\"><table><tr><th rowspan=\"2\" class=\"name\"></th>");
        for (int i = 0; i < COLUMNS.size();) {
            String group = COLUMNS.get(i).group();
            int span = 0;
            while (i < COLUMNS.size() && COLUMNS.get(i).group().equals(group)) {
                i++;
                span++;
            }
            out.append("<th colspan=\"").append(span).append("\">").append(group).append("</th>");
        }
        out.append("</tr>\n<tr>");
        for (Column column : COLUMNS) {
            out.append("<th title=\"").append(column.metric().description()).append("\">").append(column.title())
                    .append("</th>");
        }
        out.append("</tr>\n");
    }

    private void tableRow(StringBuilder out, StatsRow row) {
        out.append("<tr class=\"").append(row.kind()).append(' ').append(colour(row)).append("\"><td class=\"name\"");
        if (options.legends() && has(row, ADDR)) {
            out.append(" title=\"");
            Html.text(out, row.text(ADDR));
            out.append('"');
        }
        out.append('>');
        Html.text(out, row.kind() == RowKind.FRONTEND ? "Frontend" : row.kind() == RowKind.BACKEND ? "Backend"
                : row.text(SVNAME));
        out.append("</td>");
        for (Column column : COLUMNS) {
            cell(out, row, column);
        }
        out.append("</tr>\n");
    }

    private void cell(StringBuilder out, StatsRow row, Column column) {
        out.append(column.form() == Form.TEXT ? "<td class=\"text\"" : "<td");
        Metric metric = column.metric();
        boolean detailed = metric == CHECK_STATUS && options.legends() && has(row, LAST_CHK);
        if (detailed) {
            out.append(" title=\"");
            Html.text(out, row.text(LAST_CHK));
            out.append('"');
        }
        out.append('>');
        if (has(row, metric)) {
            switch (column.form()) {
                case NUMBER -> Html.number(out, row.number(metric));
                case SECONDS -> Html.duration(out, row.number(metric));
                case AGO -> ago(out, row.number(metric));
                case TEXT -> Html.text(out, row.text(metric));
            }
        }
        out.append("</td>");
    }

    /** Negative when it has never been. */
    private static void ago(StringBuilder out, long seconds) {
        if (seconds < 0) {
            out.append('?');
        } else {
            Html.duration(out, seconds);
        }
    }

    private static boolean has(StatsRow row, Metric metric) {
        return metric.isFor(row.kind()) && row.has(metric);
    }

    private static String colour(StatsRow row) {
        String status = has(row, STATUS) ? row.text(STATUS) : "";
        return status.startsWith("UP") || status.equals("OPEN") ? "up"
                : status.startsWith("DOWN") || status.equals("FULL") ? "down"
                : status.startsWith("MAINT") || status.equals("STOP") ? "maint"
                : status.startsWith("DRAIN") || status.startsWith("NOLB") ? "drain" : "plain";
    }
}
