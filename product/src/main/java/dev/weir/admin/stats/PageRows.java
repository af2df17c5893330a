package dev.weir.admin.stats;

import static dev.weir.admin.stats.Metric.*;

import dev.weir.model.proxy.ProxySpec;

/** Writes the rows of the page's tables, a method for each kind, cell after cell as HAProxy has them. One per page. */
final class PageRows {

    private static final String ANSWER_LINES = "Max / Avg over last 1024 success. conn.";

    private final boolean legends;
    private final boolean admin;
    private final boolean counted;
    private final boolean modules;

    /** @param counted whether servers may be hidden, so that backends say how many there are */
    PageRows(boolean legends, boolean admin, boolean counted, boolean modules) {
        this.modules = modules;
        this.counted = counted;
        this.legends = legends;
        this.admin = admin;
    }

    void write(StringBuilder out, StatsRow row) {
        Cells cells = new Cells(out).of(row);
        switch (row.kind()) {
            case FRONTEND -> frontend(cells, row);
            case LISTENER -> listener(cells, row);
            case SERVER -> server(cells, row);
            case BACKEND -> backend(cells, row);
        }
        if (modules) {
            PageModules.write(out, row);
        }
    }

    private static boolean isHttp(Cells cells) {
        return cells.text(MODE).equals("http");
    }

    private String box() {
        return admin ? "<td></td>" : "";
    }

    /** Where links to the row lead. */
    private static void name(Cells cells, StatsRow row, String anchor) {
        cells.raw("<a name=\"").escaped(row.text(PXNAME) + "/" + anchor).raw("\"></a>");
    }

    private static void link(Cells cells, StatsRow row, String anchor, String shown) {
        cells.raw("<a class=lfsb href=\"#").escaped(row.text(PXNAME) + "/" + anchor).raw("\">").escaped(shown)
                .raw("</a>");
    }

    private void frontend(Cells c, StatsRow row) {
        c.raw("<tr class=\"frontend\">" + box() + "<td class=ac>");
        name(c, row, "Frontend");
        link(c, row, "Frontend", "Frontend");
        boolean http = isHttp(c);
        c.raw("</td><td colspan=3></td>").tips(c.value(RATE)).rate("Current connection rate:", CONN_RATE)
                .rate("Current session rate:", RATE);
        if (http) {
            c.rate("Current request rate:", REQ_RATE);
        }
        c.endTips().tips(c.value(RATE_MAX)).rate("Max connection rate:", CONN_RATE_MAX)
                .rate("Max session rate:", RATE_MAX);
        if (http) {
            c.rate("Max request rate:", REQ_RATE_MAX);
        }
        c.endTips().limit(RATE_LIM).numbers(SCUR, SMAX, SLIM).tips(c.value(STOT))
                .line("Cum. connections:", c.value(CONN_TOT)).line("Cum. sessions:", c.value(STOT));
        if (http) {
            c.line("Cum. HTTP requests:", c.value(REQ_TOT));
            classes(c, false);
            c.line("Intercepted requests:", c.value(INTERCEPTED));
            cache(c);
            c.line("Failed hdr rewrites:", c.value(WREW)).line("Internal errors:", c.value(EINT));
        }
        c.endTips().raw("<td></td><td></td>").number(BIN);
        bytesOut(c);
        c.numbers(DREQ, DRESP, EREQ).raw("<td></td><td></td><td></td><td></td><td class=ac>")
                .escaped(row.text(STATUS)).raw("</td><td class=ac colspan=8></td></tr>");
    }

    /** The answers by the first digit of their status. */
    private static void classes(Cells c, boolean shares) {
        long all = c.value(REQ_TOT);
        Metric[] metrics = {HRSP_1XX, HRSP_2XX, HRSP_3XX, HRSP_4XX, HRSP_5XX};
        for (int i = 0; i < metrics.length; i++) {
            String name = "- HTTP " + (i + 1) + "xx responses:";
            if (shares) {
                c.share(name, c.value(metrics[i]), all);
            } else {
                c.line(name, c.value(metrics[i]));
            }
            if (!shares && metrics[i] == HRSP_2XX) {
                c.share("&nbsp;&nbsp;Compressed 2xx:", c.value(COMP_RSP), c.value(HRSP_2XX));
            }
        }
        if (shares) {
            c.share("- other responses:", c.value(HRSP_OTHER), all);
        } else {
            c.line("- other responses:", c.value(HRSP_OTHER));
        }
    }

    private static void cache(Cells c) {
        c.line("Cache lookups:", c.value(CACHE_LOOKUPS))
                .share("Cache hits:", c.value(CACHE_HITS), c.value(CACHE_LOOKUPS));
    }

    private static void bytesOut(Cells c) {
        long in = c.value(COMP_IN);
        long saved = in - c.value(COMP_OUT);
        String mark = in > 0 ? "<u>" : "";
        c.raw("<td>" + mark).figure(c.value(BOUT)).raw("<div class=tips><table class=det>")
                .line("Response bytes in:", c.value(BOUT)).line("Compression in:", in)
                .share("Compression out:", c.value(COMP_OUT), in).line("Compression bypass:", c.value(COMP_BYP))
                .share("Total bytes saved:", saved, c.value(BOUT) + saved)
                .raw("</table></div>" + (mark.isEmpty() ? "" : "</u>") + "</td>");
    }

    private void listener(Cells c, StatsRow row) {
        String called = row.text(SVNAME);
        c.raw("<tr class=socket>" + box() + "<td class=ac>");
        name(c, row, "+" + called);
        c.raw(legends ? "<u>" : "");
        link(c, row, "+" + called, called);
        if (legends) {
            c.raw("<div class=tips>").escaped(PageAddress.of(c.text(ADDR))).raw(", id: " + c.value(SID) + "</div></u>");
        }
        c.raw("</td><td colspan=3></td><td colspan=3>&nbsp;</td>").numbers(SCUR, SMAX, SLIM, STOT)
                .raw("<td>&nbsp;</td><td>&nbsp;</td>").numbers(BIN, BOUT, DREQ, DRESP, EREQ)
                .raw("<td></td><td></td><td></td><td></td><td class=ac>").escaped(row.text(STATUS))
                .raw("</td><td class=ac colspan=8></td></tr>");
    }

    private void server(Cells c, StatsRow row) {
        String called = row.text(SVNAME);
        c.raw("<tr class=\"" + ServerColour.of(c) + "\">");
        if (admin) {
            c.raw("<td><input class='").escaped(row.text(PXNAME)).raw("-checkbox' type=\"checkbox\" name=\"s\" value=\"")
                    .escaped(called).raw("\"></td>");
        }
        c.raw("<td class=ac>");
        name(c, row, called);
        c.raw(legends ? "<u>" : "");
        link(c, row, called, called);
        if (legends) {
            c.raw("<div class=tips>").escaped(PageAddress.of(c.text(ADDR))).raw(", id: " + c.value(SID));
            if (c.has(COOKIE)) {
                c.raw(", cookie: '").escaped(c.text(COOKIE)).raw("'");
            }
            c.raw("</div></u>");
        }
        c.raw("</td>").numbers(QCUR, QMAX).limit(QLIMIT).numbers(RATE, RATE_MAX).raw("<td></td>");
        serverSessions(c);
        c.number(LBTOT).raw("<td>").span(c.value(LASTSESS)).raw("</td>").numbers(BIN, BOUT).raw("<td></td>")
                .number(DRESP).raw("<td></td>").number(ECON);
        responseErrors(c);
        c.numbers(WRETR, WREDIS).raw("<td class=ac>");
        status(c);
        c.raw("</td>");
        checks(c);
        c.raw("<td class=ac>");
        (c.has(THROTTLE) ? c.raw(c.value(THROTTLE) + " %") : c.raw("-")).raw("</td></tr>\n");
    }

    private static void serverSessions(Cells c) {
        c.tips(c.value(SCUR)).line("Current active connections:", c.value(SCUR))
                .line("Current used connections:", c.value(USED_CONN_CUR))
                .line("Current idle connections:", c.value(SRV_ICUR)).line("- unsafe:", c.value(IDLE_CONN_CUR))
                .line("- safe:", c.value(SAFE_CONN_CUR))
                .line("Estimated need of connections:", c.value(NEED_CONN_EST))
                .raw("<tr><th>Active connections limit:</th>").limit(SLIM)
                .raw("</tr><tr><th>Idle connections limit:</th>").limit(SRC_ILIM).raw("</tr>").endTips()
                .number(SMAX).limit(SLIM).tips(c.value(STOT)).line("Cum. sessions:", c.value(STOT));
        if (isHttp(c)) {
            connections(c);
            classes(c, true);
            c.line("Failed hdr rewrites:", c.value(WREW)).line("Internal error:", c.value(EINT));
        }
        times(c);
        c.endTips();
    }

    private static void connections(Cells c) {
        c.line("New connections:", c.value(CONNECT))
                .share("Reused connections:", c.value(REUSE), c.value(REUSE) + c.value(CONNECT))
                .line("Cum. HTTP requests:", c.value(REQ_TOT));
    }

    private static void times(Cells c) {
        c.raw("<tr><th colspan=3>" + ANSWER_LINES + "</th></tr>").times("- Queue time:", QTIME_MAX, QTIME)
                .times("- Connect time:", CTIME_MAX, CTIME);
        if (isHttp(c)) {
            c.times("- Responses time:", RTIME_MAX, RTIME);
        }
        c.times("- Total time:", TTIME_MAX, TTIME);
    }

    private static void responseErrors(Cells c) {
        c.raw("<td><u>").figure(c.value(ERESP)).raw("<div class=tips>Connection resets during transfers: "
                + c.value(CLI_ABRT) + " client, " + c.value(SRV_ABRT) + " server</div></u></td>");
    }

    /** How long in which state. */
    private static void status(Cells c) {
        String status = c.text(STATUS);
        if (status.equals("no check")) {
            c.raw("<i>no check</i>");
            return;
        }
        boolean falling = status.startsWith("DRAIN") || status.startsWith("NOLB");
        c.span(c.value(LASTCHG)).raw(" ").escaped(status).raw(falling && !c.has(CHECK_STATUS) ? " &darr;" : "");
    }

    private static void checks(Cells c) {
        boolean out = c.text(STATUS).startsWith("MAINT");
        boolean checked = c.has(CHECK_STATUS);
        if (checked && !out) {
            c.raw("<td class=ac><u> ").escaped(c.text(CHECK_STATUS));
            if (c.has(CHECK_CODE)) {
                c.raw("/" + c.value(CHECK_CODE));
            }
            if (c.has(CHECK_DURATION)) {
                c.raw(" in " + c.value(CHECK_DURATION) + "ms");
            }
            c.raw("<div class=tips>").escaped(c.text(CHECK_DESC));
            if (!c.text(LAST_CHK).isEmpty()) {
                c.raw(": ").escaped(c.text(LAST_CHK));
            }
            c.raw("</div></u></td>");
        } else {
            c.raw("<td></td>");
        }
        c.raw("<td class=ac>" + c.value(WEIGHT) + "/" + c.value(UWEIGHT) + "</td><td class=ac>"
                + (c.value(BCK) > 0 ? "-" : "Y") + "</td><td class=ac>" + (c.value(BCK) > 0 ? "Y" : "-") + "</td>");
        if (c.has(TRACKED)) {
            c.raw("<td class=ac colspan=3><a class=lfsb href=\"#").escaped(c.text(TRACKED)).raw("\">via ")
                    .escaped(c.text(TRACKED)).raw("</a></td>");
        } else if (checked) {
            c.raw("<td><u>").figure(c.value(CHKFAIL)).raw("<div class=tips>Failed Health Checks</div></u></td>")
                    .number(CHKDOWN).raw("<td>").span(c.value(DOWNTIME)).raw("</td>");
        } else {
            c.raw("<td colspan=3></td>");
        }
    }

    private void backend(Cells c, StatsRow row) {
        c.raw("<tr class=\"backend\">" + box() + "<td class=ac>" + (legends ? "<u>" : ""));
        name(c, row, "Backend");
        link(c, row, "Backend", "Backend");
        if (legends) {
            c.raw("<div class=tips>balancing: ").escaped(c.text(ALGO));
            if (c.has(COOKIE)) {
                c.raw(", cookie: '").escaped(c.text(COOKIE)).raw("'");
            }
            c.raw("</div></u>");
        }
        c.raw("</td>").numbers(QCUR, QMAX).raw("<td></td>").numbers(RATE, RATE_MAX).raw("<td></td>")
                .numbers(SCUR, SMAX, SLIM).tips(c.value(STOT)).line("Cum. sessions:", c.value(STOT));
        if (isHttp(c)) {
            connections(c);
            classes(c, false);
            cache(c);
            c.line("Failed hdr rewrites:", c.value(WREW)).line("Internal errors:", c.value(EINT));
        }
        times(c);
        c.endTips().number(LBTOT).raw("<td>").span(c.value(LASTSESS)).raw("</td>").number(BIN);
        bytesOut(c);
        c.numbers(DREQ, DRESP).raw("<td></td>").number(ECON);
        responseErrors(c);
        c.numbers(WRETR, WREDIS).raw("<td class=ac>").span(c.value(LASTCHG)).raw(" ");
        boolean up = c.text(STATUS).startsWith("UP");
        if (counted) {
            c.raw((up ? "UP (" : "DOWN (") + (c.value(ACT) + c.value(BCK)) + "/" + row.proxy().servers().size() + ")");
        } else {
            c.raw(up ? "UP" : "<font color=\"red\"><b>DOWN</b></font>");
        }
        c.raw("</td><td class=ac>&nbsp;</td><td class=ac>"
                + c.value(WEIGHT) + "/" + c.value(UWEIGHT) + "</td><td class=ac>" + c.value(ACT)
                + "</td><td class=ac>" + c.value(BCK) + "</td><td class=ac>&nbsp;</td>").number(CHKDOWN).raw("<td>");
        (c.has(DOWNTIME) ? c.span(c.value(DOWNTIME)) : c.raw("&nbsp;")).raw("</td><td></td></tr>");
    }

    /** What a proxy's name tells under the pointer. */
    static String capabilities(ProxySpec proxy, String mode) {
        String cap = !proxy.kind().isBack() ? "frontend" : proxy.kind().isFront() ? "proxy" : "backend";
        return "cap: " + cap + ", mode: " + mode + ", id: " + proxy.id();
    }
}
