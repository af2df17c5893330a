package dev.weir.admin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsViewTest {

    private static final Place HERE = new Place("a.cfg", 1);
    private static final Map<String, ProxySpec> PROXIES = new HashMap<>();

    /** Values by the names of the columns. */
    private record Row(RowKind kind, Map<String, Object> values) implements StatsRow {

        @Override
        public ProxySpec proxy() {
            return PROXIES.computeIfAbsent(text(Metric.PXNAME), name -> new ProxySpec(2, ProxySpec.Kind.LISTEN, name,
                    new Settings(), List.of(), List.of(), HERE));
        }

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
        Map<String, Object> values = new HashMap<>(Map.of("pxname", proxy, "svname", name, "status", "UP", "mode", "tcp"));
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
        assertTrue(header.endsWith(",proto,priv_idle_cur,reqbin,reqbout,resbin,resbout,cache_hint_hits,-,"
                + "h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,h2_goaway_rcvd,"
                + "h2_detected_conn_protocol_errors,h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,"
                + "h2_open_connections,h2_backend_open_streams,h2_total_connections,h2_backend_total_streams,ssl_sess,"
                + "ssl_reused_sess,ssl_failed_handshake,ssl_ocsp_staple,ssl_failed_ocsp_staple,h1_open_connections,"
                + "h1_open_streams,h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,h1_spliced_bytes_in,"
                + "h1_spliced_bytes_out,\n"), header);
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
        assertTrue(line.endsWith(",-," + ",".repeat(26)), line);
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

    private static final ProcessFacts FACTS = new ProcessFacts("3.5", "2026/01/01", "n<1", "d&d", 77, 2, 93_784, 0, 1, 2, 3,
            4, 5, 1_234_567, 3, 99);

    private static String page(ProcessFacts facts, StatsService.Terms terms, String suffix, List<Row> rows) {
        return all(new StatsPage(facts, terms, StatsQuery.of(suffix), false, source(rows)));
    }

    private static StatsService.Terms terms(String uri, int refresh, boolean legends) {
        return new StatsService.Terms(uri, refresh, legends, "r", List.of(), false);
    }

    @Test
    void showsATablePerProxyAndEscapesEverything() {
        Row front = new Row(RowKind.FRONTEND, Map.of("pxname", "p<script>", "svname", "FRONTEND", "status", "OPEN",
                "mode", "http"));
        Row evil = server("p<script>", "s\"><b>", Map.of("last_chk", "<img src=x>'", "addr", "1.2.3.4:80\"",
                "check_status", "L7OK<", "scur", 1_234_567, "lastsess", -1, "downtime", 61));
        String page = page(FACTS, terms("/s?a=\"<", 5, true), "?scope=\"><u1>", List.of(front, evil,
                server("q", "s2", Map.of())));
        assertEquals(2, page.split("class=\"pxname\"", -1).length - 1);
        for (String danger : List.of("p<script>", "s\"><b>", "<img", "80\"\"", "n<1", "d&d", "a=\"<", "<u1>")) {
            assertFalse(page.contains(danger), danger);
        }
        assertTrue(page.contains("http-equiv=\"refresh\" content=\"5\""));
        assertTrue(page.contains(";norefresh"));
        assertTrue(page.contains("<span class=\"rls\">1</span>23<span class=\"rls\">4</span>567"));
        assertTrue(page.contains("<b>uptime = </b> 1d 2h03m04s<br>"));
        assertTrue(page.contains("bit rate = 1.234 Mbps"));
        assertTrue(page.contains("<td>1m1s</td>"));
        assertTrue(page.contains(": &lt;img src=x&gt;&#39;</div>"));
        assertTrue(page.endsWith("</body></html>\n"));
    }

    @Test
    void hidesWhatIsNotAskedFor() {
        String page = page(new ProcessFacts(null, "day", null, null, 1, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                terms("/", 0, false), "", List.of(server("q", "s2", Map.of("addr", "1.2.3.4:80"))));
        assertFalse(page.contains("version"));
        assertFalse(page.contains("http-equiv=\"refresh"));
        assertFalse(page.contains("1.2.3.4"));
        assertFalse(page.contains("released"));
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
        assertEquals(text.replace("_", ""), out.toString().replace("<span class=\"rls\">", "").replace("</span>", ""));
        assertEquals(text.length() - text.replace("_", "").length(), out.toString().split("rls", -1).length - 1);
    }
}
