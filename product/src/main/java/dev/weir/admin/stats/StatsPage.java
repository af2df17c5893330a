package dev.weir.admin.stats;

import static dev.weir.admin.stats.Metric.*;

import dev.weir.model.proxy.ProxySpec;
import dev.weir.net.mux.KernelPipes;
import java.util.Map;

/**
 * The statistics page: the process, then a table per proxy, with the columns and the classes of HAProxy's, which scripts
 * read and users know. One use; not shared.
 */
public final class StatsPage implements StatsView {

    private static final String FIRST = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"\n"
            + "\"http://www.w3.org/TR/html4/loose.dtd\">\n<html><head><title>Statistics Report for HAProxy";
    private static final Map<String, String> OUTCOMES = Map.of(
            "DONE", "<p><div class=active_up>$ Action processed successfully.</div>\n",
            "NONE", "<p><div class=active_going_down>$ Nothing has changed.</div>\n",
            "PART", "<p><div class=active_going_down>$ Action partially processed.<br>Some server names are probably "
                    + "unknown or ambiguous (duplicated names in the backend).</div>\n",
            "ERRP", "<p><div class=active_down>$ Action not processed because of invalid parameters.<ul>"
                    + "<li>The action is maybe unknown.</li><li>Invalid key parameter (empty or too long).</li>"
                    + "<li>The backend name is probably unknown or ambiguous (duplicated names).</li>"
                    + "<li>Some server names are probably unknown or ambiguous (duplicated names in the backend)."
                    + "</li></ul></div>\n",
            "EXCD", "<p><div class=active_down>$ <b>Action not processed : the buffer couldn't store all the data."
                    + "<br>You should retry with less servers at a time.</b></div>\n",
            "DENY", "<p><div class=active_down>$ <b>Action denied.</b></div>\n",
            "IVAL", "<p><div class=active_down>$ <b>Invalid requests (unsupported method or chunked encoded request)."
                    + "</b></div>\n");

    private final ProcessFacts facts;
    private final StatsService.Terms terms;
    private final StatsQuery query;
    private final boolean admin;
    private final StatsSource rows;
    private final PageRows writer;
    private boolean started;
    private ProxySpec proxy;
    private boolean hasForm;

    /** @param admin whether the forms are shown */
    StatsPage(ProcessFacts facts, StatsService.Terms terms, StatsQuery query, boolean admin, StatsSource rows) {
        this.facts = facts;
        this.terms = terms;
        this.query = query;
        this.admin = admin;
        this.rows = rows;
        this.writer = new PageRows(terms.legends(), admin, query.up() || query.noMaintenance(),
                terms.modules());
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
                endTable(out);
                out.append("</body></html>\n");
                return false;
            }
            if (row.proxy() != proxy) {
                endTable(out);
                proxy = row.proxy();
                table(out, row);
            }
            writer.write(out, row);
        }
        return true;
    }

    private void head(StringBuilder out) {
        int refresh = query.noRefresh() ? 0 : terms.refreshSeconds();
        out.append(FIRST);
        append(out, " on ", facts.node());
        out.append("</title>\n<link rel=\"icon\" href=\"data:,\">\n")
                .append("<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\">\n");
        if (refresh > 0) {
            out.append("<meta http-equiv=\"refresh\" content=\"").append(refresh).append("\">\n");
        }
        out.append(PageStyle.TEXT)
                .append("</head>\n<body><h1><a href=\"http://www.haproxy.org/\" style=\"text-decoration: none;\">HAProxy");
        append(out, " version ", facts.version());
        append(out, ", released ", facts.version() == null ? null : facts.released());
        out.append("</a></h1>\n<h2>Statistics Report for pid ").append(facts.pid());
        append(out, " on ", facts.node());
        append(out, ": ", facts.description());
        out.append("</h2>\n<hr width=\"100%\" class=\"hr\">\n<h3>&gt; General process information</h3>\n");
        process(out);
        out.append(PageStyle.LEGEND);
        options(out);
        outcome(out);
    }

    /** Nothing at all when there is no such text. */
    private static void append(StringBuilder out, String before, String text) {
        if (text != null) {
            out.append(before);
            Html.text(out, text);
        }
    }

    private void process(StringBuilder out) {
        long up = facts.uptimeSeconds();
        out.append("<table border=0><tr><td align=\"left\" nowrap width=\"1%\">\n<p><b>pid = </b> ")
                .append(facts.pid()).append(" (process #1, nbproc = 1, nbthread = ").append(facts.workers())
                .append(")<br>\n<b>uptime = </b> ").append(up / 86_400).append("d ").append(up / 3600 % 24).append('h');
        two(out, up / 60 % 60).append('m');
        two(out, up % 60).append("s<br>\n<b>system limits:</b> memmax = ");
        if (facts.memoryMaxMb() > 0) {
            out.append(facts.memoryMaxMb()).append(" MB");
        } else {
            out.append("unlimited");
        }
        out.append("; ulimit-n = ").append(facts.maxFds()).append("<br>\n<b>maxsock = </b> ")
                .append(facts.maxSockets()).append("; <b>maxconn = </b> ").append(facts.maxConnections())
                .append("; <b>maxpipes = </b> ").append(KernelPipes.limit()).append("<br>\ncurrent conns = ").append(facts.connections())
                .append("; current pipes = ").append(KernelPipes.used()).append('/')
                .append(KernelPipes.used() + KernelPipes.free()).append("; conn rate = ").append(facts.connectionRate())
                .append("/sec; bit rate = ");
        bits(out, facts.bitsPerSecond());
        out.append("<br>\nRunning tasks: 0/").append(facts.tasks()).append("; idle = ").append(facts.idlePercent())
                .append(" %<br>\n");
    }

    private static StringBuilder two(StringBuilder out, long number) {
        return out.append(number < 10 ? "0" : "").append(number);
    }

    /** With three decimals in the unit that fits. */
    private static void bits(StringBuilder out, long perSecond) {
        long unit = perSecond >= 1_000_000_000 ? 1_000_000_000 : perSecond >= 1_000_000 ? 1_000_000 : 1000;
        long thousandths = perSecond * 1000 / unit;
        out.append(thousandths / 1000).append('.').append(Long.toString(1000 + thousandths % 1000), 1, 4)
                .append(unit == 1000 ? " kbps" : unit == 1_000_000 ? " Mbps" : " Gbps");
    }

    private void options(StringBuilder out) {
        boolean refreshes = terms.refreshSeconds() > 0;
        out.append("<td align=\"left\" valign=\"top\" nowrap width=\"1%\"><b>Display option:</b>"
                + "<ul style=\"margin-top: 0.25em;\"><li><form method=\"GET\">Scope : <input value=\"");
        Html.text(out, query.scope());
        out.append("\" name=\"scope\" size=\"8\" maxlength=\"20\" tabindex=\"1\"/></form>\n");
        item(out, query.filters(!query.up(), query.noRefresh()), query.up() ? "Show all servers"
                : "Hide 'DOWN' servers");
        if (refreshes) {
            item(out, query.filters(query.up(), !query.noRefresh()),
                    query.noRefresh() ? "Enable refresh" : "Disable refresh");
        }
        item(out, query.same(), "Refresh now");
        String still = (refreshes ? ";norefresh" : "") + query.scoped();
        item(out, ";csv" + still, "CSV export");
        out.append("<li>");
        link(out, ";json" + still, "JSON export");
        out.append(" (");
        link(out, ";json-schema", "schema");
        out.append(")<br>\n</ul></td><td align=\"left\" valign=\"top\" nowrap width=\"1%\">"
                + "<b>External resources:</b><ul style=\"margin-top: 0.25em;\">\n"
                + "<li><a href=\"http://www.haproxy.org/\">Primary site</a><br>\n"
                + "<li><a href=\"http://www.haproxy.org/#down\">Updates (v3.5)</a><br>\n"
                + "<li><a href=\"http://www.haproxy.org/#docs\">Online manual</a><br>\n</ul></td></tr></table>\n");
    }

    private void item(StringBuilder out, String suffix, String text) {
        out.append("<li>");
        link(out, suffix, text);
        out.append("<br>\n");
    }

    private void link(StringBuilder out, String suffix, String text) {
        out.append("<a href=\"");
        Html.text(out, terms.uri() + suffix);
        out.append("\">").append(text).append("</a>");
    }

    private void outcome(StringBuilder out) {
        if (!query.outcome().isEmpty()) {
            String text = OUTCOMES.getOrDefault(query.outcome(),
                    "<p><div class=active_no_check>$ Unexpected result.</div>\n");
            int at = text.indexOf('$');
            out.append(text, 0, at).append("<a class=lfsb href=\"");
            Html.text(out, terms.uri() + query.same());
            out.append("\" title=\"Remove this message\">[X]</a>").append(text, at + 1, text.length()).append("<p>\n");
        }
    }

    /** Whether there are servers to choose. */
    private static boolean hasServers(ProxySpec proxy) {
        return proxy.kind().isBack() && !proxy.servers().isEmpty();
    }

    private void table(StringBuilder out, StatsRow row) {
        String name = row.text(PXNAME);
        hasForm = admin && hasServers(proxy);
        Cells cells = new Cells(out);
        cells.raw(hasForm ? "<form method=\"post\">" : "").raw("<table class=\"tbl\" width=\"100%\">\n"
                + "<tr class=\"titre\"><th class=\"pxname\" width=\"10%\"><a name=\"").escaped(name).raw("\"></a>")
                .raw(terms.legends() ? "<u>" : "").raw("<a class=px href=\"#").escaped(name).raw("\">").escaped(name)
                .raw("</a>");
        if (terms.legends()) {
            cells.raw("<div class=tips>").escaped(PageRows.capabilities(proxy, row.text(MODE))).raw("</div></u>");
        }
        String description = proxy.settings().get(ProxySpec.DESCRIPTION);
        cells.raw("</th><th class=\"").raw(description == null ? "empty" : "desc").raw("\" width=\"90%\">")
                .escaped(description == null ? "" : description)
                .raw("</th></tr>\n</table>\n<table class=\"tbl\" width=\"100%\">\n<tr class=\"titre\">");
        if (hasForm) {
            cells.raw("<th rowspan=2 width=1><input type=\"checkbox\" onclick=\"for(c in "
                    + "document.getElementsByClassName('").escaped(name).raw("-checkbox')) "
                    + "document.getElementsByClassName('").escaped(name)
                    .raw("-checkbox').item(c).checked = this.checked\"></th>");
        } else if (admin) {
            cells.raw("<th rowspan=2></th>");
        }
        cells.raw("<th rowspan=2></th>").raw(PageStyle.GROUPS).raw(terms.modules() ? PageModules.group() : "")
                .raw("</tr>\n").raw(PageStyle.COLUMNS).raw(terms.modules() ? PageModules.titles() : "").raw("</tr>");
    }

    private void endTable(StringBuilder out) {
        if (proxy == null) {
            return;
        }
        out.append("</table>");
        if (hasForm) {
            out.append(PageStyle.ACTIONS).append("<input type=\"hidden\" name=\"b\" value=\"#").append(proxy.id())
                    .append("\">&nbsp;<input type=\"submit\" value=\"Apply\"></form>");
        }
        out.append("<p>\n");
    }
}
