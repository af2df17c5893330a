package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpLoad;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process says of itself: {@code show info}, times, name servers, counters that outlive it. */
class InformationTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
                {global}
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
                balance roundrobin
            frontend fe
                guid fe-1
                bind 127.0.0.1:{port:fe} guid-prefix door
                option socket-stats
                http-request use-service prometheus-exporter if { path /metrics }
                default_backend be
            backend be
                guid be-1
                server s1 127.0.0.1:{port:s1} guid srv-1
                server off 127.0.0.1:1 check disabled
                server follower 127.0.0.1:1 track be/off
                server further 127.0.0.1:1 track be/follower
            resolvers r
                nameserver n1 127.0.0.1:1
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Proxy start(Product product, String global) throws IOException {
        Launch launch = product.needs(Part.START).launch().port("s1", stage.add(new HttpOrigin("one").takes(5)).port());
        return stage.add(launch.start((product == Product.HAPROXY ? FILE.replaceAll(" *guid(-prefix)? \\S+", "") : FILE)
                .replace("{global}", global)));
    }

    private static String ask(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    private static Map<String, String> info(Proxy proxy) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        for (String line : ask(proxy, "show info").split("\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return fields;
    }

    private static String get(Proxy proxy, String path) throws IOException {
        try (Client client = proxy.connect("fe")) {
            client.send("GET " + path + " HTTP/1.0\r\nHost: a\r\n\r\n");
            return client.readAll();
        }
    }

    /** Every row of activity that HAProxy has, in its order, and lines of pools in its form. */
    private static void showsItsInside(Product product, Proxy proxy) throws IOException {
        String activity = ask(proxy, "show activity");
        String names = "thread_id date_now ctxsw tasksw empty_rq long_rq loops wake_tasks wake_signal poll_io poll_exp "
                + "poll_drop_fd poll_skip_fd conn_dead stream_calls pool_fail buf_wait cpust_ms_tot cpust_ms_1s cpust_ms_15s "
                + "avg_loop_us accepted accq_pushed accq_full accq_ring fd_takeover";
        int at = 0;
        for (String name : names.split(" ")) {
            int next = activity.indexOf(name + ": ", at);
            assertTrue(next >= at, name + " in " + activity);
            at = next;
        }
        assertTrue(activity.matches("(?s).*\nloops: [1-9].*\naccepted: [1-9].*"), activity);
        assertTrue(ask(proxy, "show pools byusage 1").matches("(?s)Dumping pools usage. Use SIGQUIT to flush them.\n"
                + "(  - Pool \\S+ \\(\\d+ bytes\\) : \\d+ allocated \\(\\d+ bytes\\), \\d+ used \\(~\\d+ by thread caches\\), .*\n)+"
                + "Total: \\d+ pools, \\d+ bytes allocated, \\d+ used \\(~\\d+ by thread caches\\).\n*"), "pools");
        if (product == Product.WEIR) {
            assertEquals(1, ask(proxy, "show pools byusage 1").lines().filter(line -> line.contains("- Pool")).count());
            String plain = ask(proxy, "show dev").replaceAll("(?s).*node name: (\\S+).*", "$1");
            String masked = ask(proxy, "set anon on 3; show dev").replaceAll("(?s).*node name: (\\S+).*", "$1");
            assertTrue(masked.matches("[0-9a-f]{6}") && !masked.equals(plain), masked);
            assertTrue(ask(proxy, "show fd l").strip().matches("( *\\d+ : socket:\\[\\d+] l\n?)+"), "listeners");
            assertTrue(ask(proxy, "show fd l").length() < ask(proxy, "show fd -p").length());
            assertFalse(ask(proxy, "show fd -lc").contains("] l\n"), "no listeners");
        }
        assertTrue(ask(proxy, "clear counters; show activity").matches("(?s).*\naccepted: [0-2]\\D.*"), "cleared");
    }

    /** What moves with traffic moves, and what counts runtime clients counts them. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void informationMovesWithTraffic(Product product) throws Exception {
        Proxy proxy = start(product, "");
        get(proxy, "/");
        showsItsInside(product, proxy);
        Map<String, String> before = info(proxy);
        long clients = Long.parseLong(info(proxy).get("CumConns")) - Long.parseLong(before.get("CumConns"));
        assertEquals(1, clients, "a client of the runtime socket is a connection");
        try (HttpLoad load = new HttpLoad(proxy.port("fe"), 2, 2, "/")) {
            Wait.until(10, () -> "no rate of bytes", () -> Long.parseLong(info(proxy).get("BytesOutRate")) > 100
                    && load.total() > 50);
            Map<String, String> now = info(proxy);
            assertTrue(Integer.parseInt(now.get("Idle_pct")) <= 100, now.toString());
            assertTrue(Long.parseLong(now.get("TotalBytesOut")) > 1000, now.toString());
            assertTrue(Long.parseLong(now.get("CumReq")) >= 50, now.toString());
            if (product == Product.WEIR) {
                assertTrue(Long.parseLong(now.get("BootTime_ms")) > 0, now.toString());
                assertEquals("0", now.get("TotalWarnings"));
            }
            assertEquals(List.of(), load.end());
        }
    }

    /** A server that tracks one that the file disables is in maintenance from the start, and leaves it with that one. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void followersBeginInMaintenance(Product product) throws Exception {
        Proxy proxy = start(product, "");
        assertEquals("2 0|0 5|0 2|0 2|", states(proxy));
        assertEquals("\n", ask(proxy, "enable server be/off"));
        assertEquals("2 0|2 4|2 0|2 0|", states(proxy));
    }

    private static String states(Proxy proxy) throws IOException {
        StringBuilder states = new StringBuilder();
        for (String line : ask(proxy, "show servers state be").split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 7 && !line.startsWith("#")) {
                states.append(fields[5]).append(' ').append(fields[6]).append('|');
            }
        }
        return states.toString();
    }

    /** The same names in the same order, whatever the form. */
    @ParameterizedTest
    @ValueSource(strings = {"typed", "json", "typed desc"})
    void nameServersInEveryForm(String form) throws Exception {
        Proxy weir = start(Product.WEIR, "");
        Proxy haproxy = start(Product.HAPROXY, "");
        String command = "show stat domain resolvers " + form;
        assertEquals(skeleton(ask(haproxy, command)), skeleton(ask(weir, command)));
    }

    /** Of the first name server only: HAProxy adds those of the system. Later versions have a fourth letter. */
    private static List<String> skeleton(String said) {
        String first = said.startsWith("[") ? said.substring(0, said.indexOf("]", 2)) : said.split("N\\.0\\.", 3)[1];
        return Arrays.stream(first.replace("[[", "").split(said.startsWith("[") ? "\\},\\{\"field\"" : "\n"))
                .map(each -> each.replaceAll("(:[CM]GP)V:", "$1:").replaceAll(":\"[^\"]*\"$", ":D")
                        .replaceAll(",\"processNum\":1", "").replaceAll("^\\{\"field\"", "").replaceAll("[\\[{}]+$", ""))
                .map(each -> each.replaceAll("id,.*", "")).toList();
    }

    @Test
    void timesAreSpreadOverRanges() throws Exception {
        Proxy weir = start(Product.WEIR, "");
        for (int i = 0; i < 20; i++) {
            assertTrue(get(weir, "/x").contains(" 200 OK"));
        }
        // the ends of pieces may stand anywhere
        String metrics = get(weir, "/metrics").replaceAll("\r\n[0-9a-f]+\r\n", "");
        for (String family : List.of("server_response", "server_connect", "server_queue", "server_active", "backend_response",
                "frontend_request", "frontend_active")) {
            String name = "weir_" + family + "_time_seconds";
            assertTrue(metrics.contains("# TYPE " + name + " histogram\n"), name);
            assertEquals(1, metrics.split("# TYPE " + name + " ", -1).length - 1, "a family is begun once");
        }
        String labels = "weir_server_response_time_seconds_bucket{proxy=\"be\",server=\"s1\",le=";
        assertTrue(metrics.contains(labels + "\"0.002\"} 0\n"), metrics);
        assertTrue(metrics.contains(labels + "\"+Inf\"} 20\n"), metrics);
        assertTrue(metrics.contains("weir_server_response_time_seconds_count{proxy=\"be\",server=\"s1\"} 20\n"), metrics);
        long last = -1;
        for (String line : metrics.split("\n")) {
            if (line.startsWith(labels)) {
                long value = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
                assertTrue(value >= last, line);
                last = value;
            }
        }
        assertEquals(0, get(weir, "/metrics?metrics=haproxy_process_nbthread").split("weir_", -1).length - 1);
        assertTrue(!metrics.contains("server=\"off\",le="), "what has had no traffic has no lines");
        String row = ask(weir, "show stat be 4 1");
        String[] names = row.split("\n")[0].substring(2).split(",", -1);
        String[] cells = row.split("\n")[1].split(",", -1);
        long rtime = Long.parseLong(cells[List.of(names).indexOf("rtime")]);
        assertTrue(rtime >= 5 && rtime < 200, "rtime " + rtime);
    }

    /** What one process has counted another one begins with. */
    @Test
    void countersOutliveTheProcess() throws Exception {
        Proxy first = start(Product.WEIR, "");
        for (int i = 0; i < 7; i++) {
            get(first, "/");
        }
        String file = ask(first, "dump stats-file");
        String[] sections = file.split("\n\n");
        assertTrue(sections[0].startsWith("#fe guid,stot,bin,bout,dreq,dresp,ereq,rate,"), file);
        assertTrue(sections[1].startsWith("#be guid,stot,bin,bout,dreq,dresp,econ,eresp,"), file);
        assertTrue(file.contains("\nfe-1,7,") && file.contains("\nbe-1,7,") && file.contains("\nsrv-1,7,")
                && file.contains("\ndoor-1,7,"), file);
        Launch launch = Product.WEIR.launch().port("s1", stage.add(new HttpOrigin("one")).port());
        Files.writeString(launch.directory().resolve("stats"), file.replace("#be guid,", "#be guid,unknown,")
                .replace("\nbe-1,", "\nbe-1,x,").replace("\nsrv-1,", "\nsrv-1,,") + "nobody,1,2\nbe-1\n\n#xx a\n1,2\n");
        Proxy second = stage.add(launch.start(FILE.replace("{global}", "stats-file {dir}/stats")));
        get(second, "/");
        assertEquals(totals(first, 1), totals(second, 0));
        assertTrue(ask(second, "dump stats-file").contains("\ndoor-1,8,"), ask(second, "dump stats-file"));
        assertTrue(second.err().isEmpty() || !second.err().contains("stats-file"), second.err());
    }

    /** Requests, sessions and answers of all three, so many more added. */
    private static List<String> totals(Proxy proxy, int more) throws IOException {
        String[] lines = ask(proxy, "show stat").split("\n");
        List<String> names = List.of(lines[0].substring(2).split(",", -1));
        return Arrays.stream(lines).filter(each -> each.startsWith("fe,") || each.startsWith("be,s1") || each.startsWith("be,BACK"))
                .map(each -> each.split(",", -1)).map(cells -> {
                    StringBuilder out = new StringBuilder();
                    for (String name : List.of("stot", "hrsp_2xx", "req_tot")) {
                        String cell = cells[names.indexOf(name)];
                        out.append(name).append('=').append(cell.isEmpty() ? "" : Long.parseLong(cell) + more).append(' ');
                    }
                    return out.toString();
                }).toList();
    }

    @Test
    void aStatsFileThatIsNotThereIsAWarning() throws Exception {
        Proxy weir = start(Product.WEIR, "stats-file /nonexistent/file");
        assertTrue(weir.err().contains("[WARNING]") && weir.err().contains("/nonexistent/file"), weir.err());
    }

    /** Defaults that nobody is to use while running are gone; those with rules stay. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|d1 d2|* be * be/ds", "tune.defaults.purge|d2|* be * be/ds",
        "tune.defaults.purge all|d2|''", "tune.defaults.purge servers|d1 d2|''", "tune.defaults.purge proxies,servers|d2|''"})
    void defaultsArePurged(String line, String proxies, String servers) throws IOException {
        Proxy weir = stage.add(Product.WEIR.launch().start("""
                global
                    stats socket {dir}/s.sock level admin
                    %s
                defaults d1
                    mode http
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                backend be from d1
                    balance roundrobin
                    default-server weight 3
                    default-server name ds weight 20
                    server s1 127.0.0.1:1
                defaults d2
                    mode http
                    http-request deny if { path /x }
                frontend fe from d1
                    bind 127.0.0.1:{port:fe}
                """.formatted(line)));
        assertEquals(proxies, String.join(" ", ask(weir, "show defaults").split("\n+")));
        assertEquals(servers, String.join(" ", ask(weir, "show default-server").split("\n+")));
        assertEquals(servers.isEmpty() ? "unknown server 'ds' in backend 'be'" : "New server registered.",
                ask(weir, "add server be/x 127.0.0.1:1 from srv:ds").strip().replaceAll(".* : ", ""));
    }

    /** Sources tell a ring of what happens while they run, and of nothing before and after. */
    @Test
    void tracesGoToRings() throws Exception {
        Proxy weir = start(Product.WEIR, "");
        get(weir, "/x");
        assertEquals("\n", ask(weir, "trace stream sink buf0 level user start now"));
        assertTrue(ask(weir, "show trace").contains(" [R] stream     -> buf0 [drp 0]  [Applicative stream]\n"));
        get(weir, "/x");
        String heard = ask(weir, "show events buf0");
        assertTrue(heard.matches("\\[\\d\\d\\|stream\\|strm_new] fe=fe src=127\\.0\\.0\\.1:\\d+\n\\[\\d\\d\\|stream\\|strm_free] "
                + "fe=fe be=be srv=s1 status=200 in=\\d+ out=\\d+ ms=\\d+\n\n"), heard);
        assertEquals("\n", ask(weir, "trace stream event -strm_new"));
        get(weir, "/x");
        assertEquals(3, ask(weir, "show events buf0").lines().filter(each -> !each.isEmpty()).count());
        assertEquals("All traces now stopped\n", ask(weir, "trace 0"));
        get(weir, "/x");
        assertEquals(3, ask(weir, "show events buf0").lines().filter(each -> !each.isEmpty()).count());
        assertEquals("\n\n\n", ask(weir, "trace check sink buf0;trace check start now;enable server be/off"));
        Wait.until(5, () -> "no check", () -> ask(weir, "show events buf0").contains("|check|hchck_end] server be/off status=L4CON"));
        for (String[] row : new String[][] {{"trace foo", "No such trace source"}, {"trace h1 sink foo", "No such sink"},
            {"trace h1 level foo", "No such trace level"}, {"trace h1 event foo", "No such trace event"},
            {"trace h1 foo", "Unknown trace keyword"}, {"trace peers start now", "This source has no events."},
            {"trace h1 lock check", "Unsupported lock-on criterion"}, {"trace h1 verbosity foo", "No such verbosity level"},
            {"trace all verbosity clean", "Unknown trace keyword"}, {"trace h1 follow nobody", "No such trace source"}}) {
            assertEquals(row[1] + "\n", ask(weir, row[0]));
        }
    }

    /** Events start, pause and stop sources; levels filter; locks keep to one thing; others follow. */
    @Test
    void tracesObeyTheirCriteria() throws Exception {
        Proxy weir = start(Product.WEIR, "");
        assertEquals("\n", ask(weir, "trace all sink buf0"));
        assertEquals("\n", ask(weir, "trace h1 level user start rx_headers pause tx_headers"));
        assertTrue(ask(weir, "show trace").contains(" [w] h1         -> buf0 "), ask(weir, "show trace"));
        get(weir, "/first");
        assertEquals(List.of("h1|rx_headers] rcvd H1 request  : GET /first HTTP/1.0",
                "h1|tx_headers] sent H1 response : HTTP/1.1 200"), heard(weir, 0));
        assertTrue(ask(weir, "show trace h1").contains("    rx_headers   :        +        +        -       -\n"),
                ask(weir, "show trace h1"));
        assertEquals("\n", ask(weir, "trace h1 verbosity quiet stop tx_headers"));
        get(weir, "/second");
        assertEquals(List.of("h1|rx_headers]", "h1|tx_headers]"), heard(weir, 2));
        assertTrue(ask(weir, "show trace").contains(" [.] h1 "), ask(weir, "show trace"));
        get(weir, "/third");
        assertEquals(4, heard(weir, 0).size());
        assertEquals("\n", ask(weir, "trace h1 stop none pause none start none event none event +h1c_new level state "
                + "verbosity clean start now"));
        get(weir, "/fourth");
        assertTrue(heard(weir, 4).getFirst().matches("h1\\|h1c_new] fe=fe src=127\\.0\\.0\\.1:\\d+"), heard(weir, 4).toString());
        assertEquals("\n", ask(weir, "trace h1 stop now event any"));
        assertEquals("\n", ask(weir, "trace session lock session start sess_new pause sess_end"));
        assertEquals("\n", ask(weir, "trace h1 follow session"));
        get(weir, "/fifth");
        List<String> fifth = heard(weir, 5);
        assertEquals(List.of("sess_new", "h1c_new", "rx_headers", "tx_headers", "h1c_end", "sess_end"), fifth.stream().map(
                each -> each.replaceAll("^\\w+\\|(\\w+)].*", "$1")).toList());
    }

    private static List<String> heard(Proxy weir, int from) throws Exception {
        List<String> all = ask(weir, "show events buf0").lines().filter(each -> !each.isEmpty())
                .map(each -> each.substring(each.indexOf('|') + 1)).toList();
        return all.subList(from, all.size());
    }

    /** What parts of the process count stands behind the fixed columns, and among the metrics when it is asked for. */
    @Test
    void modulesCount() throws Exception {
        Proxy weir = start(Product.WEIR, "");
        for (int i = 0; i < 3; i++) {
            get(weir, "/x");
        }
        String[] lines = ask(weir, "show stat fe 1 -1").split("\n");
        List<String> names = List.of(lines[0].split(","));
        String[] cells = lines[1].split(",", -1);
        assertEquals("3 3 0", cells[names.indexOf("h1_total_connections")] + " " + cells[names.indexOf("h1_total_streams")] + " "
                + cells[names.indexOf("h2_total_connections")]);
        assertEquals(names.size() + 1, cells.length, "a comma ends each line");
        assertTrue(get(weir, "/metrics?extra-counters").contains("haproxy_frontend_h1_total_connections{proxy=\"fe\"} 4\n"));
        assertTrue(!get(weir, "/metrics").contains("haproxy_frontend_h1_total_connections"));
    }
}
