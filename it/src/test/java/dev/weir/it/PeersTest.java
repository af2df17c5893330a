package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Stick tables shared by peers: Weir with Weir and with HAProxy on either side, every type of key, two and three of them,
 * restarts, reloads and callers that do not speak the protocol.
 */
class PeersTest {

    private static final String CONFIG = """
            global
                stats socket {dir}/cli level admin
            defaults
                mode http
                timeout client 5s
                timeout server 5s
                timeout connect 5s
            peers p
                peer a 127.0.0.1:{port:a}
                peer b 127.0.0.1:{port:b}
                peer c 127.0.0.1:{port:c}
                table t type string size 1000 store gpc0,gpt0
                table i type integer size 1000 expire 1h store gpc(3),gpt(2),gpc_rate(3,10s),conn_cur
                table v4 type ip size 200k expire 1h store gpc0,gpc0_rate(1m),http_req_cnt,bytes_in_cnt,conn_cur
                table v6 type ipv6 size 1000 expire 1h store gpc0,gpc1,gpc1_rate(1m),sess_cnt
                table s type string len 10 size 1000 expire 1h store server_id,http_err_cnt,conn_cnt,bytes_out_cnt
            frontend f
                bind 127.0.0.1:{port:http}
                http-request track-sc0 hdr(x-bin),hex table bin if { hdr(x-bin) -m found }
                default_backend sticky
            backend bin
                stick-table type binary len 8 size 1000 expire 1h store gpc0,http_req_cnt peers p
            backend sticky
                balance roundrobin
                stick-table type string len 32 size 1000 expire 1h peers p store http_req_cnt
                stick on hdr(x-key)
                http-request return status 200 hdr x-server none if { path /none }
                server s1 127.0.0.1:{port:s}
                server s2 127.0.0.1:{port:s}
                server s3 127.0.0.1:{port:s}
            """;

    private static final Pattern ENTRY = Pattern.compile("0x\\S+: key=(\\S+) use=\\d+ exp=(\\d+) (?:shard=0 )?(.*)");
    private static final Pattern UP_TO_DATE = Pattern.compile(" id=p .* flags=0x\\w*[37bf] ");
    private final Stage stage = new Stage();
    private Origin origin;
    private final Map<String, Integer> ports = new TreeMap<>();

    @AfterEach
    void clear() throws Exception {
        stage.clear();
    }

    private Proxy start(Product product, String name) throws IOException {
        return start(product, name, CONFIG);
    }

    private Proxy start(Product product, String name, String configuration) throws IOException {
        return stage.add(begin(product, name, configuration));
    }

    private Proxy begin(Product product, String name, String configuration) throws IOException {
        Launch launch = product.launch();
        for (String port : List.of("a", "b", "c")) {
            ports.computeIfAbsent(port, launch::port);
            launch.port(port, ports.get(port));
        }
        if (origin == null) {
            origin = stage.add(Origin.named("HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n"));
        }
        launch.port("s", origin.port());
        return launch.until(name).start(configuration.replace("stats socket {dir}/cli",
                "stats socket {dir}/" + name + ".cli"), "-L", name);
    }

    private static Path socket(Proxy proxy, String name) {
        return proxy.directory().resolve(name + ".cli");
    }

    private static Map<String, String> table(Path socket, String table) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (String line : CommandSocket.ask(socket, "show table " + table).split("\n")) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.matches()) {
                // rates fade, and connections that are now open are everyone's own
                entries.put(matcher.group(1), matcher.group(3).replaceAll("(\\w+_rate\\(\\d+\\)|conn_cur)=\\d+ ?", "")
                        .replaceAll("shard=\\d+ ", ""));
            }
        }
        return entries;
    }

    private static void awaitSame(Path one, Path other, String table, int entries) {
        Wait.until(20, () -> "table " + table + " is not the same", () -> {
            Map<String, String> here = table(one, table);
            return here.size() == entries && here.equals(table(other, table));
        });
        try {
            assertEquals(table(one, table), table(other, table));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitConnected(Path socket, int sessions) {
        Wait.until(20, () -> "no session", () -> {
            String info = CommandSocket.ask(socket, "show info");
            return info.contains("ConnectedPeers: " + sessions + "\n");
        });
    }

    private static final String[][] VALUES = {
        {"t", "x", "data.gpc0 4294967295 data.gpt0 239"}, {"t", "yy", "data.gpc0 240 data.gpt0 2287"},
        {"i", "1", "data.gpc0 2288"}, {"i", "4294967295", "data.gpc0 264431"},
        {"v4", "1.2.3.4", "data.gpc0 264432 data.http_req_cnt 33818863 data.bytes_in_cnt 33818864"},
        {"v4", "255.0.0.1", "data.gpc0_rate 77 data.conn_cur 5"},
        {"v6", "::1", "data.gpc0 1 data.gpc1 2 data.sess_cnt 3"}, {"v6", "2001:db8::7", "data.sess_cnt 9"},
        {"s", "short", "data.server_id 2 data.bytes_out_cnt 5"}, {"s", "longerthan", "data.conn_cnt 1"}};

    private static void fill(Path socket, int more) throws IOException {
        for (String[] row : VALUES) {
            // the oldest of both cannot set elements of arrays
            CommandSocket.ask(socket, "set table p/" + row[0] + " key " + row[1] + " " + (row[0].equals("i") ? "" : row[2]));
        }
        for (int i = 0; i < more; i += 100) {
            StringBuilder line = new StringBuilder();
            for (int j = i; j < i + 100; j++) {
                line.append("set table p/v4 key 10.").append(j >> 16).append('.').append(j >> 8 & 255).append('.')
                        .append(j & 255).append(" data.gpc0 ").append(j).append(" data.http_req_cnt ").append(3 * j)
                        .append(';');
            }
            CommandSocket.ask(socket, line.toString());
        }
    }

    private static void awaitAll(Path one, Path other, int more) {
        for (String[] table : new String[][] {{"t", "2"}, {"i", "2"}, {"v6", "2"}, {"s", "2"}}) {
            awaitSame(one, other, "p/" + table[0], Integer.parseInt(table[1]));
        }
        awaitSame(one, other, "p/v4", 2 + more);
    }

    /** Both learn from each other, on the fly; who comes later learns everything; the last column is how many more. */
    @ParameterizedTest
    @CsvSource({"WEIR,WEIR,20000", "WEIR,HAPROXY,100000", "HAPROXY,WEIR,100000"})
    void tablesBecomeTheSame(Product first, Product second, int more) throws IOException {
        first.needs();
        second.needs();
        Proxy a = start(first, "a");
        Path cliA = socket(a, "a");
        fill(cliA, more);
        Proxy b = start(second, "b");
        Path cliB = socket(b, "b");
        awaitAll(cliA, cliB, more);
        CommandSocket.ask(cliB, "set table p/t key from-b data.gpc0 5");
        awaitSame(cliA, cliB, "p/t", 3);
        CommandSocket.ask(cliA, "set table p/t key from-a data.gpt0 6");
        awaitSame(cliA, cliB, "p/t", 4);
        assertTrue(CommandSocket.ask(cliB, "show table p/v4 key 255.0.0.1").contains(" conn_cur=0 "));
    }

    @ParameterizedTest
    @CsvSource({"WEIR,WEIR", "WEIR,HAPROXY", "HAPROXY,WEIR"})
    void whoWasAwayLearnsAgain(Product first, Product second) throws Exception {
        first.needs();
        second.needs();
        Proxy a = start(first, "a");
        try (Proxy b = begin(second, "b", CONFIG)) {
            awaitConnected(socket(a, "a"), 1);
            fill(socket(a, "a"), 100);
            awaitAll(socket(a, "a"), socket(b, "b"), 100);
        }
        CommandSocket.ask(socket(a, "a"), "set table p/t key meanwhile data.gpc0 5");
        Proxy again = start(second, "b");
        awaitSame(socket(a, "a"), socket(again, "b"), "p/t", 3);
        awaitSame(socket(a, "a"), socket(again, "b"), "p/v4", 102);
    }

    private static String stickTo(Proxy proxy, String key) throws IOException {
        try (Client client = proxy.connect("http")) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\nx-key: " + key + "\r\nconnection: close\r\n\r\n");
            return client.readAll();
        }
    }

    /** Names of servers travel once; every side knows them afterwards. */
    @ParameterizedTest
    @CsvSource({"WEIR,WEIR", "WEIR,HAPROXY", "HAPROXY,WEIR"})
    void serversAreKnownByName(Product first, Product second) throws IOException {
        first.needs();
        second.needs();
        Proxy a = start(first, "a");
        Proxy b = start(second, "b");
        awaitConnected(socket(a, "a"), 1);
        for (int i = 0; i < 12; i++) {
            stickTo(i % 2 == 0 ? a : b, "key" + i);
        }
        awaitSame(socket(a, "a"), socket(b, "b"), "sticky", 12);
        Map<String, String> entries = table(socket(a, "a"), "sticky");
        for (String server : List.of("s1", "s2", "s3")) {
            assertEquals(4, entries.values().stream().filter(each -> each.contains("server_key=" + server)).count(),
                    entries.toString());
        }
    }

    @Test
    void threeKnowWhatOneKnows() throws IOException {
        Proxy a = start(Product.WEIR, "a");
        Proxy b = start(Product.HAPROXY.needs(), "b");
        Proxy c = start(Product.WEIR, "c");
        awaitConnected(socket(a, "a"), 2);
        awaitConnected(socket(c, "c"), 2);
        fill(socket(a, "a"), 0);
        awaitAll(socket(a, "a"), socket(b, "b"), 0);
        awaitAll(socket(a, "a"), socket(c, "c"), 0);
        CommandSocket.ask(socket(c, "c"), "set table p/t key from-c data.gpc0 5");
        awaitSame(socket(a, "a"), socket(c, "c"), "p/t", 3);
        awaitSame(socket(b, "b"), socket(c, "c"), "p/t", 3);
        String shown = CommandSocket.ask(socket(a, "a"), "show peers p");
        assertTrue(shown.contains("id=b(remote,active)") && shown.contains("last_status=ESTA"), shown);
        assertEquals("No such peers\n\n", CommandSocket.ask(socket(a, "a"), "show peers q"));
    }

    /** A row: what a caller says, and the answer. The other of both agrees. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "HAProxyS 2.1\\na\\nb 1 1\\n | 200", "HAProxyS 2.0\\na\\nb 1 1\\n | 200", "HAProxyS 3.0\\na\\nb 1 1\\n | 502",
        "GET / HTTP/1.0\\n\\n | 501", "HAProxyS 2.1\\nx\\nb 1 1\\n | 503", "HAProxyS 2.1\\na\\nx 1 1\\n | 504"})
    void callersAreAnswered(String greeting, String status) throws IOException {
        for (Product product : Product.values()) {
            try (Proxy a = begin(product.needs(), "a", CONFIG); Client client = a.connect("a")) {
                client.send(greeting.replace("\\n", "\n"));
                assertEquals(status + "\n", client.read(4), product.name());
            }
        }
    }

    /** Whoever breaks the protocol is told so and sent away; the others notice nothing. */
    @ParameterizedTest
    @CsvSource({"ff00,0100", "0a82ffffffffffff7f,0101", "0a8200,0100", "0a85ffffffff0f,0101"})
    void nonsenseEndsTheSession(String hex, String answer) throws IOException {
        Proxy a = start(Product.WEIR, "a");
        try (Client client = a.connect("a")) {
            client.send("HAProxyS 2.1\na\nb 1 1\n");
            assertEquals("200\n", client.read(4));
            client.send(java.util.HexFormat.of().parseHex(hex));
            String all = client.readAll();
            String end = all.substring(Math.max(0, all.length() - 2));
            assertEquals(answer, java.util.HexFormat.of().formatHex(end.getBytes(StandardCharsets.ISO_8859_1)));
        }
        assertTrue(a.isAlive());
    }

    /** Who floods, or stops in the middle of a message, takes nothing from the others: they learn what there is to learn. */
    @Test
    void aFloodIsNobodyElsesHarm() throws Exception {
        Proxy a = start(Product.WEIR, "a");
        Proxy b = start(Product.WEIR, "b");
        awaitConnected(socket(a, "a"), 1);
        try (Client half = a.connect("a"); Client flood = a.connect("a")) {
            half.send("HAProxyS 2.1\na\nc 1 1\n");
            assertEquals("200\n", half.read(4));
            half.send(java.util.HexFormat.of().parseHex("0a8220"));
            flood.send("HAProxyS 2.1\na\nc 1 1\n");
            // heartbeats and requests to be taught everything, as many as it takes
            Thread.ofVirtual().start(() -> {
                byte[] many = java.util.HexFormat.of().parseHex("00040000".repeat(4000));
                try {
                    for (int i = 0; i < 300; i++) {
                        flood.send(many);
                    }
                } catch (IOException sentAway) {
                    // as it should be
                }
            });
            fill(socket(a, "a"), 500);
            awaitAll(socket(a, "a"), socket(b, "b"), 500);
        }
        assertTrue(a.isAlive());
    }

    @Test
    void aSilentCallerIsSentAway() throws IOException {
        Proxy a = start(Product.WEIR, "a");
        List<Socket> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callers.add(stage.add(new Socket("127.0.0.1", a.port("a"))));
        }
        callers.getFirst().setSoTimeout(9000);
        assertEquals(-1, callers.getFirst().getInputStream().read());
    }

    /** Scenario 3, item 8: HAProxy removes such a section; that nothing is shared must not go unnoticed. */
    @Test
    void aNameThatNobodyHasIsAnError() throws IOException {
        Finished finished = Product.WEIR.launch().run(CONFIG, "-db", "-L", "nobody");
        assertEquals(1, finished.code());
        assertTrue(finished.err().contains("Removing incomplete section 'peers p' (no peer named 'nobody'). Start with '-L' "
                + "and one of: a, b, c."), finished.err());
        assertTrue(finished.err().contains("no peer of section 'p' is named 'nobody'"), finished.err());
    }

    /** A reload keeps entries and sessions; another list of peers begins new ones. */
    @Test
    void aReloadKeepsWhatIsShared() throws Exception {
        Proxy a = start(Product.WEIR, "a");
        Proxy b = start(Product.WEIR, "b");
        awaitConnected(socket(a, "a"), 1);
        fill(socket(a, "a"), 100);
        awaitAll(socket(a, "a"), socket(b, "b"), 100);
        for (int i = 0; i < 5; i++) {
            a.signal("HUP");
            CommandSocket.ask(socket(b, "b"), "set table p/t key after" + i + " data.gpc0 5");
            awaitSame(socket(a, "a"), socket(b, "b"), "p/t", 3 + 2 * i);
            CommandSocket.ask(socket(a, "a"), "set table p/t key here" + i + " data.gpc0 5");
            awaitSame(socket(a, "a"), socket(b, "b"), "p/t", 4 + 2 * i);
        }
        assertTrue(CommandSocket.ask(socket(a, "a"), "show peers").contains("id=b(remote,active)"));
    }

    /** The process that goes tells the one that comes, by their common name. */
    @ParameterizedTest
    @CsvSource({"WEIR,WEIR", "HAPROXY,WEIR", "WEIR,HAPROXY"})
    void theNextProcessKnowsWhatTheLastOneKnew(Product first, Product second) throws Exception {
        String alone = CONFIG.replaceAll("(?m)^ +peer [bc] .*\n", "");
        try (Proxy old = begin(first.needs(), "a", alone)) {
            // HAProxy teaches nobody before it considers itself up to date
            Wait.until(15, () -> "never up to date", () -> UP_TO_DATE.matcher(CommandSocket.ask(socket(old, "a"),
                    "show peers p")).find());
            fill(socket(old, "a"), 500);
            Map<String, String> before = table(socket(old, "a"), "p/v4");
            assertEquals(502, before.size());
            Launch launch = second.needs().launch().port("a", ports.get("a")).port("http", old.port("http")).until("a");
            try (Proxy next = launch.start(alone.replace("{dir}/cli", "{dir}/a.cli"), "-L", "a", "-sf",
                    Long.toString(old.pid()))) {
                Wait.until(15, () -> "not everything was told", () -> table(socket(next, "a"), "p/v4").size() == 502
                        && !old.isAlive());
                Map<String, String> after = table(socket(next, "a"), "p/v4");
                assertEquals(before.keySet(), after.keySet());
                assertEquals(before.get("10.0.1.7"), after.get("10.0.1.7"));
            }
        }
    }

    /** What tells a session with a peer from the next one. */
    private static String sessionWith(String peer, Path socket) throws IOException {
        String shown = CommandSocket.ask(socket, "show peers p");
        Matcher found = Pattern.compile("appctx:(\\S+) ").matcher(shown.substring(shown.indexOf("id=" + peer + "(")));
        assertTrue(found.find(), shown);
        return found.group(1);
    }

    /** Encrypted on both sides; who speaks in the clear there neither learns nor teaches. */
    @ParameterizedTest
    @CsvSource({"WEIR,WEIR", "WEIR,HAPROXY", "HAPROXY,WEIR"})
    void peersMayBeEncrypted(Product first, Product second) throws Exception {
        Tools.need("openssl");
        Path made = Files.createTempDirectory("weir-it-");
        Finished.of(List.of("sh", "-c", "cd " + made + " && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=peer -days 9"
                + " -keyout k -out c && cat c k > all.pem"));
        String encrypted = CONFIG.replaceAll("(?m)^ +peer a .*\n +peer b .*\n +peer c .*\n", """
                    bind 127.0.0.1:{port:@} ssl crt PEM
                    default-server ssl verify none
                    server @
                    server @@ 127.0.0.1:{port:@@}
                    server c 127.0.0.1:{port:c}
                """).replace("PEM", made.resolve("all.pem").toString());
        Proxy a = start(first.needs(), "a", encrypted.replace("@@", "b").replace("@", "a"));
        Proxy b = start(second.needs(), "b", encrypted.replace("@@", "a").replace("@", "b"));
        Proxy c = start(Product.WEIR, "c");
        awaitConnected(socket(a, "a"), 1);
        fill(socket(a, "a"), 100);
        awaitAll(socket(a, "a"), socket(b, "b"), 100);
        CommandSocket.ask(socket(b, "b"), "set table p/t key from-b data.gpc0 5");
        awaitSame(socket(a, "a"), socket(b, "b"), "p/t", 3);
        CommandSocket.ask(socket(c, "c"), "set table p/t key from-c data.gpc0 5");
        assertEquals(Map.of(), table(socket(c, "c"), "p/v4"));
        assertEquals(3, table(socket(a, "a"), "p/t").size());
        if (first == Product.WEIR) {
            // the very same session goes on over a reload
            String session = sessionWith("b", socket(a, "a"));
            a.signal("HUP");
            Wait.until(10, () -> "no reload", () -> a.err().contains("Loading success."));
            assertEquals(session, sessionWith("b", socket(a, "a")));
        }
    }
}
