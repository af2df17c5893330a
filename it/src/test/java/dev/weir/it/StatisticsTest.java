package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statistics page, its forms, and the metrics for Prometheus, beside HAProxy's: the same requests to both, the same
 * answers, effects, log lines, tables and families.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatisticsTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
                log 127.0.0.1:{port:log} local0
                node mynode
                description "my desc"
            defaults
                mode http
                log global
                option httplog
                balance roundrobin
                timeout connect 2s
                timeout client 2s
                timeout server 2s
            frontend f
                description "f desc"
                bind 127.0.0.1:{port:f}
                http-request use-service prometheus-exporter if { path /metrics }
                http-response set-header x-resp "srv=%[srv_name] be=%[be_name] %[status]"
                http-after-response set-header x-after "srv=%[srv_name] be=%[be_name] %[status]"
                stats enable
                stats uri /stats
                stats refresh 10s
                stats admin if TRUE
                stats show-node
                stats show-desc
                stats show-legends
                default_backend b
            backend b
                stats enable
                stats uri /b
                stats show-modules
                stats realm My\\ Realm
                stats auth u:p
                stats auth other:word
                stats admin unless { src 127.0.0.1 }
                http-response set-header x-b-resp "srv=%[srv_name]"
                http-after-response set-header x-b-after "srv=%[srv_name]"
                server s1 127.0.0.1:1 check inter 1h
                server s2 127.0.0.1:1 backup disabled
                server s3 127.0.0.1:1 track s1 weight 5 maxconn 7 maxqueue 4
            listen l
                bind 127.0.0.1:{port:l}
                bind 127.0.0.1:{port:l2} name foo
                option socket-stats
                cookie SRV insert
                compression algo gzip
                compression type text/plain text/html
                http-request use-service prometheus-exporter if { path /metrics }
                stats enable
                stats http-request deny if { path_end denied }
                stats http-request auth realm R if { path_end auth }
                stats scope .
                stats scope t
                server a 127.0.0.1:1 cookie aa
            listen t
                mode tcp
                bind 127.0.0.1:{port:t}
                server x 127.0.0.1:1
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;
    private static Syslog weirLog;
    private static Syslog haproxyLog;

    @BeforeAll
    static void start() throws Exception {
        Product.HAPROXY.needs(Part.START);
        weirLog = STAGE.add(new Syslog());
        haproxyLog = STAGE.add(new Syslog());
        weir = STAGE.add(Product.WEIR.launch().port("log", weirLog.port()).start(FILE));
        haproxy = STAGE.add(Product.HAPROXY.launch().port("log", haproxyLog.port()).start(FILE));
        // the first check of s1 has failed on both
        for (Proxy proxy : List.of(weir, haproxy)) {
            while (!command(proxy, "show stat").contains("b,s1,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN")) {
                Thread.sleep(20);
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String command(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    private static String exchange(Proxy proxy, String port, String request) throws IOException {
        try (var client = proxy.connect(port)) {
            client.send(request);
            return whole(client.readAll());
        }
    }

    /** An answer with the chunks of its body put together. */
    private static String whole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0 || !answer.substring(0, end).contains("transfer-encoding: chunked") || end + 4 == answer.length()) {
            return answer;
        }
        StringBuilder whole = new StringBuilder(answer.substring(0, end + 4));
        int at = end + 4;
        while (at < answer.length()) {
            int line = answer.indexOf("\r\n", at);
            int size = Integer.parseInt(answer.substring(at, line), 16);
            whole.append(answer, line + 2, line + 2 + size);
            at = size == 0 ? answer.length() : line + 2 + size + 2;
        }
        return whole.toString();
    }

    /** {@code METHOD target|header|header|=body}. */
    private static String ask(Proxy proxy, String port, String row) throws IOException {
        String[] parts = row.split("\\|");
        StringBuilder request = new StringBuilder(parts[0] + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n");
        String body = "";
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            if (part.startsWith("=")) {
                body = part.substring(1);
            } else {
                request.append(part).append("\r\n");
            }
        }
        request.append(body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n").append("\r\n").append(body);
        return exchange(proxy, port, request.toString());
    }

    /** The status, and the headers in the order of their names. */
    private static String head(String answer) {
        String[] lines = answer.split("\r\n\r\n", 2)[0].split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0].toLowerCase(java.util.Locale.ROOT), header[1]);
        }
        return lines[0] + headers;
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {
        "f GET /stats", "f HEAD /stats", "f GET /stats?a=b", "f GET /stats;norefresh", "f GET /stats;csv",
        "f GET /stats;json", "f GET /stats;typed", "f GET /stats;json-schema", "f PUT /stats", "f OPTIONS /stats",
        "f GET /statsandmore", "f GET /Stats", "f GET /sta", "f POST /stats", "f GET /metrics", "f POST /metrics|=body",
        "f PUT /metrics|=body", "f GET /metrics?scope=nosuch", "f GET /metrics?x=y", "f GET /b", "f GET /b;csv", "f POST /b|=s=s1",
        "f GET /b|Authorization: Basic dTpw", "f GET /b|Authorization: Basic dTpx", "f GET /b|Authorization: basic dTpw",
        "f GET /b|Authorization: Basic", "f GET /b|Authorization: Basic ====", "f GET /b|Authorization: Bearer dTpw",
        "f GET /b|Authorization: Basic b3RoZXI6d29yZA==", "f POST /b|Authorization: Basic dTpw|=s=s1&action=maint&b=b",
        "l GET /haproxy?stats", "l GET /haproxy?stats;csv", "l GET /haproxy?statsdenied", "l GET /haproxy?stats&auth",
        "l GET /haproxy", "l GET /metrics|Accept-Encoding: gzip", "l GET /haproxy?stats|Accept-Encoding: gzip",
        "l HEAD /haproxy?stats|Accept-Encoding: gzip", "l GET /metrics?scope=nosuch|Accept-Encoding: gzip"})
    void bothAnswerAlike(String row) throws IOException {
        String port = row.substring(0, 1);
        assertEquals(head(ask(haproxy, port, row.substring(2))), head(ask(weir, port, row.substring(2))));
    }

    /** Each is logged by what answered it. */
    @Order(2)
    @ParameterizedTest
    @ValueSource(strings = {"GET /stats", "GET /stats;csv", "POST /stats", "GET /metrics", "POST /metrics|=body", "GET /metrics?scope=no"})
    void bothLogAlike(String row) throws Exception {
        // what was asked before may still be on its way
        for (Syslog log : List.of(haproxyLog, weirLog)) {
            while (log.poll(50) != null) {
                // it is of no interest here
            }
        }
        ask(haproxy, "f", row);
        ask(weir, "f", row);
        assertEquals(line(haproxyLog), line(weirLog));
    }

    /** Without moments and sizes. */
    private static String line(Syslog log) throws Exception {
        String line = log.next(each -> each.contains("HTTP/1.1\""));
        return line.replaceAll("^.*] ", "").replaceAll(" \\d+(/\\d+)+ (\\d+) \\d+ ", " TIMES $2 SIZE ");
    }

    @Order(20)
    @ParameterizedTest
    @ValueSource(strings = {
        "s=s1&action=maint&b=#3", "s=s1&action=ready&b=%233", "s=s1&s=s3&action=drain&b=b", "s=s1&action=bogus&b=b",
        "s=nope&action=ready&b=b", "s=s1&action=ready&b=nope", "s=s1&action=ready", "action=ready&b=b", "s=s1&s=nope&action=ready&b=b",
        "s=s1&action=ready&b=f", "s=s1&action=&b=b", "s=s1&action=hrunn&b=b", "s=s1&action=dagent&b=b", "s=s1&action=eagent&b=b",
        "s=s1&action=arunn&b=b", "s=s1&action=shutdown&b=b", "s=s1&b=b&action=maint&action=ready", "s=s1;b=b", "zz",
        "%zz=1&s=s1&b=b&action=ready", "s=s1&action=stop&b=b", "s=s1&action=stop&b=b", "s=s1&action=start&b=b",
        "s=s1&action=start&b=b", "s=s1&action=disable&b=b", "s=s1&action=disable&b=b", "s=s1&action=enable&b=b",
        "s=s1&action=enable&b=b", "s=s3&action=hrunn&b=b", "s=s1&action=dhlth&b=b", "s=s2&action=dhlth&b=b", "s=s1&action=hnolb&b=b",
        "s=%731&action=ready&b=%62", "action=ready", "b=nope", "action=bogus&b=b", "s=s1&action=bogus", "s=s2&action=ready&b=b",
        "s=s2&action=hdown&b=b", "s=a&action=drain&b=l"})
    void formsDoTheSame(String body) throws IOException {
        String target = "POST /stats;up;norefresh?scope=bb|=" + body;
        assertEquals(head(ask(haproxy, "f", target)), head(ask(weir, "f", target)));
        assertEquals(administrated(haproxy), administrated(weir));
    }

    /** The servers with what commands and forms have made of them. */
    private static List<String> administrated(Proxy proxy) throws IOException {
        List<String> servers = new ArrayList<>();
        for (String row : command(proxy, "show servers state").split("\n")) {
            String[] words = row.split(" ");
            if (words.length > 7 && !words[0].equals("#")) {
                servers.add(words[1] + "/" + words[3] + " " + words[6] + " " + words[7]);
            }
        }
        return servers;
    }

    /** What another site's page sends with the user's credentials is refused; HAProxy 2.6 does not look. */
    @Order(21)
    @ParameterizedTest
    @ValueSource(strings = {"DENY Referer: http://evil/", "DENY Origin: http://evil", "DENY Origin: null",
        "DENY Origin: http://here.evil", "DENY Referer: here", "DONE Origin: http://here", "DONE Referer: https://here/stats?x",
        "DONE X: y", "DENY Origin: http://here:81", "DONE Origin: http://HERE"})
    void formsOfOtherSitesAreRefused(String row) throws IOException {
        String answer = ask(weir, "f", "POST /stats|" + row.substring(5) + "|=s=s1&action=ready&b=b");
        assertTrue(answer.contains("location: /stats;st=" + row.substring(0, 4)), answer);
    }

    private static final String TAG = "(<(?!/))";

    /** The tags of a page's body, with numbers, durations and what only other versions say left out. */
    private static List<String> skeleton(String page) {
        String body = page.substring(page.indexOf("<body"))
                .replaceAll("<span class=\"rls\">(\\d)</span>", "$1")
                .replaceAll("HAProxy version [^<]*", "HAProxy").replaceAll("Running tasks: .*", "Running tasks")
                .replaceAll("bit rate = .*", "bit rate").replaceAll("system limits.*", "limits")
                .replaceAll("Updates \\(v\\d.\\d\\)", "Updates")
                .replaceAll("\\d+m\\d+s", "9s").replaceAll("\\d[\\d.]*", "9");
        return Arrays.asList(body.replaceAll(TAG, "\n$1").split("\n"));
    }

    @Order(5)
    @ParameterizedTest
    @ValueSource(strings = {"f /stats", "f /stats;up", "f /stats;norefresh", "f /stats;norefresh;st=DONE", "f /stats;st=NONE",
        "f /stats;st=PART", "f /stats;st=EXCD", "f /stats;st=DENY", "f /stats;st=IVAL", "f /stats;st=huh?", "f /stats?scope=B&x=y",
        "l /haproxy?stats"})
    void pagesHaveTheSameTables(String row) throws IOException {
        String request = "GET " + row.substring(2) + " HTTP/1.0\r\n\r\n";
        List<String> expected = skeleton(exchange(haproxy, row.substring(0, 1), request));
        List<String> found = skeleton(exchange(weir, row.substring(0, 1), request));
        // what only one of them tells of a server that is followed is not the page's business
        assertEquals(without(expected), without(found));
    }

    /** Lines of moments, of connections that were needed, and of bytes of services, which stand apart. */
    private static List<String> without(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            boolean vague = line.contains("via b/") || line.matches("<td>(9|\\?|9s)</td>|<u>9|<td>9|</?u>|<td>|<td class=ac>9s.*|<tr class=.*");
            if (!vague) {
                kept.add(line.replaceAll("</u>", ""));
            }
        }
        return kept;
    }

    @Order(6)
    @Test
    void whatIsAskedIsEscaped() throws IOException {
        String page = ask(weir, "f", "GET /stats;st=<b>x?scope=\"><script>");
        assertFalse(page.contains("<script>"), page);
    }

    /** Families with their kinds, in their order. */
    private static Map<String, String> families(String metrics) {
        Map<String, String> families = new LinkedHashMap<>();
        for (String line : metrics.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                families.put(line.split(" ")[2], line.split(" ")[3].strip());
            }
        }
        return families;
    }

    /** Values by their names and labels. */
    private static Map<String, String> values(String metrics) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : metrics.split("\r?\n")) {
            if (line.startsWith("haproxy_")) {
                int blank = line.lastIndexOf(' ');
                values.put(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        return values;
    }

    private static String scrape(Proxy proxy, String query) throws IOException {
        return exchange(proxy, "f", "GET /metrics" + query + " HTTP/1.0\r\n\r\n");
    }

    /** HAProxy 2.6's names in their order, with later ones between; one changed its kind. */
    @Order(7)
    @Test
    void metricsHaveTheSameFamilies() throws IOException {
        String expected = scrape(haproxy, "");
        String found = scrape(weir, "");
        Map<String, String> kinds = families(found);
        kinds.keySet().retainAll(families(expected).keySet());
        kinds.put("haproxy_frontend_limit_session_rate", "gauge");
        assertEquals(new ArrayList<>(families(expected).entrySet()), new ArrayList<>(kinds.entrySet()));
        Set<String> names = new LinkedHashSet<>(values(found).keySet());
        names.retainAll(values(expected).keySet());
        Set<String> wanted = new LinkedHashSet<>(values(expected).keySet());
        wanted.removeIf(each -> each.startsWith("haproxy_process_build_info"));
        assertEquals(new ArrayList<>(wanted), new ArrayList<>(names));
    }

    private static final String VAGUE = ".*(rate|bytes|_seconds|need_connections|limit_sessions|process_(max|hard|pool|start|"
            + "uptime|current|connections|requests|listeners|jobs|idle|build|spliced)|max_sessions|weight|status|check_|"
            + "connections_total|client_aborts|sessions_total|intercepted|responses_total|requests_total|comp_|"
            + "connection_errors|active_servers|backup_servers|downtime).*";

    @Order(8)
    @Test
    void metricsHaveTheSameValues() throws IOException {
        Map<String, String> expected = values(scrape(haproxy, ""));
        Map<String, String> found = values(scrape(weir, ""));
        expected.keySet().removeIf(name -> name.matches(VAGUE));
        assertTrue(expected.size() > 150, expected.toString());
        found.keySet().retainAll(expected.keySet());
        assertEquals(expected, found);
    }

    @Order(9)
    @ParameterizedTest
    @ValueSource(strings = {"?scope=global", "?scope=frontend&scope=backend", "?scope=listener", "?scope=*&scope=",
        "?scope=&scope=server", "?scope=sticktable", "?scope=server&no-maint", "?scope=%2A"})
    void scopesChoose(String query) throws IOException {
        Set<String> expected = new LinkedHashSet<>(families(scrape(haproxy, query)).keySet());
        Set<String> found = new LinkedHashSet<>(families(scrape(weir, query)).keySet());
        found.retainAll(families(scrape(haproxy, "")).keySet());
        assertEquals(expected, found);
    }

    @Order(10)
    @Test
    void metricsCanBeChosenByName() throws IOException {
        assertEquals(Set.of("haproxy_backend_status", "haproxy_process_nbthread"),
                families(scrape(weir, "?metrics=haproxy_backend_status,haproxy_process_nbthread")).keySet());
        Set<String> rest = families(scrape(weir, "?scope=backend&metrics=-haproxy_backend_status")).keySet();
        assertFalse(rest.contains("haproxy_backend_status"));
        assertTrue(rest.size() > 40);
        assertEquals("1", values(scrape(weir, "?scope=frontend&desc-labels"))
                .get("haproxy_frontend_status{proxy=\"f\",state=\"UP\",desc=\"f desc\"}"));
        command(weir, "set server b/s2 state maint");
        assertFalse(scrape(weir, "?scope=server&no-maint").contains("server=\"s2\""));
    }

    /** More than any buffer holds, to a client that reads slowly, and one that goes in the middle. */
    @Order(11)
    @Test
    void longAnswersWaitForTheirReader() throws Exception {
        try (var gone = weir.connect("f")) {
            gone.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(40));
            Thread.sleep(100);
        }
        try (var client = weir.connect("f")) {
            client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".repeat(39)
                    + "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Thread.sleep(300);
            String all = client.readAll();
            assertEquals(40, all.split("\r\n0\r\n\r\n", -1).length - 1);
        }
        assertEquals("0", values(scrape(weir, "?scope=frontend")).get("haproxy_frontend_internal_errors_total{proxy=\"f\"}"));
    }

    /** A form that never comes in whole, and one that is larger than what is read. */
    @Order(12)
    @Test
    void formsAreBounded() throws IOException {
        String large = "s=s1&action=ready&b=b&x=" + "a".repeat(300_000);
        assertTrue(ask(weir, "f", "POST /stats|=" + large).contains("st=EXCD"));
        assertTrue(exchange(weir, "f", "POST /stats HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n15\r\ns=s1&action=ready&b=b\r\n0\r\n\r\n").contains("st=DONE"));
        String basic = Base64.getEncoder().encodeToString("u:pp".getBytes(StandardCharsets.US_ASCII));
        assertTrue(ask(weir, "f", "GET /b|Authorization: Basic " + basic).startsWith("HTTP/1.1 401"));
    }
}
