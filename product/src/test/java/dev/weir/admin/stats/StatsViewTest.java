package dev.weir.admin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsViewTest {

    /** Values by the names of the columns. */
    private record Row(RowKind kind, Map<String, Object> values) implements StatsRow {

        @Override
        public boolean has(Metric metric) {
            return values.containsKey(metric.title());
        }

        @Override
        public long number(Metric metric) {
            return ((Number) values.get(metric.title())).longValue();
        }

        @Override
        public String text(Metric metric) {
            return (String) values.get(metric.title());
        }
    }

    private static StatsSource source(List<Row> rows) {
        Iterator<Row> rest = rows.iterator();
        return () -> rest.hasNext() ? rest.next() : null;
    }

    private static String all(StatsView view) {
        StringBuilder out = new StringBuilder();
        view.write(out, Integer.MAX_VALUE);
        return out.toString();
    }

    private static Row server(String proxy, String name, Map<String, Object> more) {
        Map<String, Object> values = new java.util.HashMap<>(Map.of("pxname", proxy, "svname", name, "status", "UP"));
        values.putAll(more);
        return new Row(RowKind.SERVER, values);
    }

    /** The names and their order are a contract; the first part was taken from HAProxy 2.6. */
    @Test
    void hasTheColumnsOfTheContract() {
        String header = all(new StatsCsv(source(List.of())));
        assertTrue(header.startsWith("# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,"
                + "wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,"
                + "rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,"
                + "hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,"
                + "lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,agent_code,agent_duration,check_desc,"
                + "agent_desc,check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,cookie,mode,algo,"
                + "conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,"
                + "src_ilim,qtime_max,ctime_max,rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,"
                + "need_conn_est,uweight,agg_server_status,agg_server_check_status,agg_check_status,srid,"), header);
        assertTrue(header.endsWith(",proto,priv_idle_cur,reqbin,reqbout,resbin,resbout,cache_hint_hits,-,\n"), header);
        assertEquals(119, Metric.values().length);
        assertEquals(112, Metric.PROTO.ordinal());
        for (Metric metric : Metric.values()) {
            assertEquals(4, metric.tags().length());
            assertFalse(metric.description().isEmpty());
        }
    }

    @Test
    void leavesOutWhatARowDoesNotHaveAndQuotes() {
        Row row = server("a", "s1", Map.of("qcur", 0, "stot", Long.MAX_VALUE, "last_chk", "say \"hi\", you", "lastsess", -1,
                "rate_lim", 5));
        String line = all(new StatsCsv(source(List.of(row)))).lines().skip(1).findFirst().orElseThrow();
        assertTrue(line.startsWith("a,s1,0,,,,,9223372036854775807,"), line);
        assertTrue(line.contains(",-1,\"say \"\"hi\"\", you\",,"), line);
        assertTrue(line.endsWith(",-,"), line);
        // rate_lim is a frontend's: a server shows none
        assertEquals("", line.split(",")[Metric.RATE_LIM.ordinal()]);
    }

    @Test
    void writesThousandsOfRowsInPieces() {
        int[] left = {5000};
        Row row = server("a", "s1", Map.of());
        StatsCsv csv = new StatsCsv(() -> left[0]-- > 0 ? row : null);
        StringBuilder out = new StringBuilder();
        int lines = 0;
        int largest = 0;
        boolean more = true;
        while (more) {
            out.setLength(0);
            more = csv.write(out, 4000);
            largest = Math.max(largest, out.length());
            lines += (int) out.chars().filter(c -> c == '\n').count();
        }
        assertEquals(5001, lines);
        assertTrue(largest < 8000);
    }

    private static final ProcessFacts FACTS = new ProcessFacts("3.5", "n<1", "d&d", 77, 2, 93_784, 0, 1, 2, 3, 4, 5, 1_234_567);

    @Test
    void showsATablePerProxyAndEscapesEverything() {
        Row front = new Row(RowKind.FRONTEND, Map.of("pxname", "p<script>", "svname", "FRONTEND", "status", "OPEN"));
        Row evil = server("p<script>", "s\"><b>", Map.of("last_chk", "<img src=x>'", "addr", "1.2.3.4:80\"",
                "check_status", "L7OK<", "scur", 1_234_567, "lastsess", -1, "downtime", 61));
        String page = all(new StatsPage(FACTS, new StatsPage.Options("/s?a=\"<", 5, true),
                source(List.of(front, evil, server("q", "s2", Map.of())))));
        assertEquals(2, page.split("<table>", -1).length - 1);
        assertEquals(2, page.split("</table></div>", -1).length - 1);
        for (String danger : List.of("p<script>", "s\"><b>", "<img", "80\"\"", "n<1", "d&d", "a=\"<")) {
            assertFalse(page.contains(danger), danger);
        }
        assertTrue(page.contains("http-equiv=\"refresh\" content=\"5\""));
        assertTrue(page.contains(";norefresh"));
        assertTrue(page.contains("1&#8239;234&#8239;567"));
        assertTrue(page.contains("uptime 1d2h"));
        assertTrue(page.contains("<td>1m1s</td>"));
        assertTrue(page.contains("title=\"&lt;img src=x&gt;&#39;\""));
        assertTrue(page.endsWith("</body></html>\n"));
    }

    @Test
    void hidesWhatIsNotAskedFor() {
        String page = all(new StatsPage(new ProcessFacts(null, null, null, 1, 1, 5, 0, 0, 0, 0, 0, 0, 0),
                new StatsPage.Options("/", 0, false), source(List.of(server("q", "s2", Map.of("addr", "1.2.3.4:80"))))));
        assertFalse(page.contains("version"));
        assertFalse(page.contains("http-equiv"));
        assertFalse(page.contains("1.2.3.4"));
        assertTrue(page.contains("uptime 5s"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "59, 59s", "60, 1m0s", "3600, 1h0m", "86400, 1d0h", "93784, 1d2h", "8640000, 100d0h"})
    void shortensDurations(long seconds, String text) {
        StringBuilder out = new StringBuilder();
        Html.duration(out, seconds);
        assertEquals(text, out.toString());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1_000", "-1000, -1_000", "123456, 123_456", "-123456, -123_456"})
    void groupsDigits(long value, String text) {
        StringBuilder out = new StringBuilder();
        Html.number(out, value);
        assertEquals(text.replace("_", "&#8239;"), out.toString());
    }
}
