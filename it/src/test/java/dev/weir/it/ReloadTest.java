package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another configuration in the running process: who notices, who does not, and what is said when it cannot be. */
class ReloadTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                log stdout local0
                nbthread 2
            defaults
                mode http
                log global
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            frontend f
                bind 127.0.0.1:{port:a}
                http-response set-header gen "1"
                http-request set-var(sess.n) str(g1) unless { var(sess.n) -m found }
                http-response set-header n %[var(sess.n)]
                default_backend b
            backend b
                stick-table type string len 20 size 1k store gpc0
                http-request track-sc0 str(x)
                http-request sc-inc-gpc0(0)
                acl known str(k),map({dir}/m.map) -m found
                server s 127.0.0.1:{port:http}
            listen t
                mode tcp
                bind 127.0.0.1:{port:t}
                server s 127.0.0.1:{port:echo}
            """;

    private final Stage stage = new Stage();
    private Launch launch;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        launch = Product.WEIR.launch().port("echo", stage.add(Origin.echo()).port())
                .port("http", stage.add(Origin.of((socket, in, out) -> {
                    byte[] heard = new byte[4096];
                    for (int count = in.read(heard); count > 0; count = in.read(heard)) {
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                    }
                })).port());
        Files.writeString(launch.directory().resolve("m.map"), "k v\n");
        proxy = stage.add(launch.start(FILE, "-W", "-S", launch.directory().resolve("m").toString()));
    }

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s"), line);
    }

    private String master(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("m"), line);
    }

    private void write(String text) throws IOException {
        Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(text));
    }

    private void reload(String text) throws IOException {
        write(text);
        String answer = ask("reload");
        assertTrue(answer.startsWith("Success=1\n--\n"), answer);
    }

    private static String request(Client client) throws IOException {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nok")) {
            String next = client.read(1);
            assertNotEquals("", next, () -> "the connection ended behind: " + answer);
            answer.append(next);
        }
        return answer.toString();
    }

    private static String header(String answer, String name) {
        Matcher found = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)").matcher(answer);
        return found.find() ? found.group(1) : null;
    }

    private long number(String answer, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(answer);
        assertTrue(found.find(), answer);
        return Long.parseLong(found.group(1));
    }

    /** The connection stays, its variables too; only the program is another. */
    @ParameterizedTest
    @ValueSource(strings = {"HUP", "USR2"})
    void keepAliveConnectionsTakeTheNewProgramAtTheirNextRequest(String signal) throws Exception {
        try (Client client = proxy.connect("a")) {
            assertEquals("1", header(request(client), "gen"));
            write(FILE.replace("gen \"1\"", "gen \"2\"").replace("str(g1)", "str(g2)"));
            proxy.signal(signal);
            Wait.until(10, () -> "no other generation", () -> ask("show generations").startsWith(
                    "# generation age connections state\n1 ") && ask("show generations").contains("\n2 "));
            String answer = request(client);
            assertEquals("2", header(answer, "gen"));
            assertEquals("g1", header(answer, "n"));
            assertFalse(ask("show generations").contains("\n1 "), ask("show generations"));
        }
    }

    @Test
    void sessionsOfTcpFinishUnderTheOldProgramAndStayInTheStatistics() throws Exception {
        try (Client client = proxy.connect("t")) {
            assertEquals("a", client.send("a").read(1));
            reload(FILE.replace("nbthread 2", "nbthread 4"));
            reload(FILE.replace("nbthread 2", "nbthread 1"));
            assertEquals("b", client.send("b").read(1));
            assertTrue(ask("show stat").contains("\nt,FRONTEND,,,1,1,"), ask("show stat"));
            assertTrue(ask("show sess").contains(" fe=t "), ask("show sess"));
            reload(FILE.replace("listen t", "listen other"));
            assertEquals("c", client.send("c").read(1));
            assertTrue(ask("show stat").contains("\nt,FRONTEND,,,1,1,") && ask("show stat").contains("\nt,BACKEND,0,0,1,1,"),
                    ask("show stat"));
            assertTrue(ask("show generations").contains("\n1 "), ask("show generations"));
        }
        Wait.until(5, () -> "generation 1 is still there", () -> !ask("show generations").contains("\n1 "));
        Wait.until(5, () -> "the old proxy is still there", () -> !ask("show stat").contains("\nt,"));
    }

    @Test
    void countersTablesAndSessionsNeverGoDown() throws Exception {
        long before = 0;
        for (int i = 0; i < 10; i++) {
            try (Client client = proxy.connect("a")) {
                request(client);
                reload(FILE.replace("nbthread 2", "nbthread " + (i % 3 + 1)));
                request(client);
                long now = number(ask("show stat"), "f,FRONTEND,(?:[^,]*,){5}(\\d+)");
                assertTrue(now >= before + 1, now + " after " + before);
                before = now;
            }
        }
        assertEquals(20, number(ask("show table b"), "gpc0=(\\d+)"));
        assertEquals(20, number(ask("show stat"), "b,s,(?:[^,]*,){5}(\\d+)"));
    }

    /** Whatever is wrong: the answer, standard error, the log and show startup-logs say so, and nothing has changed. */
    @ParameterizedTest
    @ValueSource(strings = {"broken", "port", "map", "unbuilt", "gone", "server", "empty", "stats"})
    void whatCannotBeTakenOverChangesNothing(String what) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                Client client = proxy.connect("a")) {
            request(client);
            Path file = proxy.directory().resolve("haproxy.cfg");
            String other = FILE.replace("gen \"1\"", "gen \"2\"");
            switch (what) {
                case "broken" -> write(other + " nonsense\n");
                case "port" -> write(other + " bind 127.0.0.1:" + taken.getLocalPort() + "\n");
                case "map" -> Files.delete(proxy.directory().resolve("m.map"));
                case "unbuilt" -> write(other.replace("backend b\n", "backend b\n    use-fcgi-app x\n"));
                case "gone" -> Files.delete(file);
                case "server" -> write(other + " server s2 does-not-exist.invalid:1\n");
                case "empty" -> Files.writeString(file, "");
                default -> write(other.replace("stats socket {dir}/s", "stats socket {dir}/no/such/place"));
            }
            String answer = ask("reload");
            assertTrue(answer.startsWith("Success=0\n--\n") && answer.contains("[ALERT] "), answer);
            String logs = answer.substring("Success=0\n--\n".length());
            assertEquals(logs.strip(), ask("show startup-logs").strip());
            assertTrue(proxy.err().contains(logs.strip()), proxy.err());
            Wait.until(5, () -> "nothing in the log", () -> proxy.out().contains("Loading failure"));
            assertEquals("1", header(request(client), "gen"));
            try (Client fresh = proxy.connect("a")) {
                assertEquals("1", header(request(fresh), "gen"));
            }
            assertTrue(master("show proc").contains("master          0 [failed: 1]"), master("show proc"));
        }
    }

    @Test
    void listenersComeAndGo() throws Exception {
        reload(FILE.replace("bind 127.0.0.1:{port:a}", "bind 127.0.0.1:{port:a}\n    bind 127.0.0.1:{port:a2}"
                + "\n    bind {dir}/u"));
        try (Client second = new Client(new java.net.Socket("127.0.0.1", launch.port("a2")))) {
            request(second);
            reload(FILE.replace("bind 127.0.0.1:{port:a}", "bind 127.0.0.1:{port:a2}"));
            assertEquals("1", header(request(second), "gen"));
        }
        Wait.until(5, () -> "still listens", () -> {
            try (Client client = proxy.connect("a")) {
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void twoAtOnceFollowEachOther() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> answers = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    answers.add(ask("reload"));
                } catch (IOException e) {
                    answers.add(e.toString());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(4, answers.stream().filter(each -> each.startsWith("Success=1\n")).count(), answers.toString());
        assertTrue(ask("show generations").contains("\n5 "), ask("show generations"));
    }

    /** With connection: close under a soft stop, so that nobody who asks is cut off; a reload then is refused. */
    @Test
    void aSoftStopEndsConnectionsWithTheirNextAnswer() throws Exception {
        try (Client client = proxy.connect("a"); Client tcp = proxy.connect("t");
                CommandSocket socket = new CommandSocket(proxy.directory().resolve("s"))) {
            socket.send("prompt\n").readUntil("> ");
            assertEquals("a", tcp.send("a").read(1));
            proxy.signal("USR1");
            Wait.until(5, () -> "does not stop", () -> proxy.err().contains("Proxy t stopped (cumulated conns: FE: 1, BE: 1)."));
            assertTrue(socket.send("reload\n").readUntil("> ").startsWith("Success=0\n"));
            String answer = request(client);
            assertEquals("close", header(answer, "connection"));
            assertEquals("", client.readAll());
            assertEquals("b", tcp.send("b").read(1));
        }
        assertEquals(0, proxy.awaitExit());
    }

    /** Idle generations are garbage: of their programs nothing is left once the collector has run. */
    @Test
    void generationsWithoutSessionsAreGone() throws Exception {
        try (Client client = proxy.connect("a")) {
            for (int i = 0; i < 20; i++) {
                reload(FILE.replace("gen \"1\"", "gen \"" + i + "\""));
            }
            assertEquals("19", header(request(client), "gen"));
            // one that is idle holds what it had; this one has just taken the newest
            String java = Path.of("/proc/" + proxy.pid() + "/exe").toRealPath().getParent().toString();
            Wait.until(10, () -> "generations are held", () -> {
                String histogram = Finished.of(List.of(java + "/jcmd", Long.toString(proxy.pid()),
                        "GC.class_histogram")).out();
                return number(histogram, "(\\d+) +\\d+ +dev.weir.config.compile.Generation\\b") == 1
                        && number(histogram, "(\\d+) +\\d+ +dev.weir.flow.drive.FrontendProgram\\b") == 2;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard-stop-after 300ms", "weir.drain 200ms"})
    void deadlinesEndSessionsOfOldGenerations(String line) throws Exception {
        reload(FILE.replace("nbthread 2", line));
        try (Client client = proxy.connect("t")) {
            assertEquals("a", client.send("a").read(1));
            reload(FILE.replace("nbthread 2", line));
            assertEquals("", client.readAll());
        }
    }

    @Test
    void theMasterSeesOldGenerationsAsOldWorkers() throws Exception {
        try (Client client = proxy.connect("t")) {
            assertEquals("a", client.send("a").read(1));
            String answer = master("reload; show proc");
            assertTrue(answer.startsWith("Success=1\n--\n") && answer.endsWith(" : Loading success.\n\n"), answer);
            String pid = proxy.pid() + " ".repeat(15 - Long.toString(proxy.pid()).length()) + " ";
            String masked = master("@1; show version; @; show proc").replaceAll("0d00h00m\\d\\ds", "UP")
                    .replaceAll("3\\.5\\.\\S+", "V");
            assertEquals("""
                    V

                    #<PID>          <type>          <reloads>       <uptime>        <version>     \s
                    OWNmaster          1 [failed: 0]   UP     V
                    # workers
                    OWNworker          0               UP     V
                    # old workers
                    OWNworker          1               UP     V

                    """.replace("OWN", pid), masked);
        }
    }
}
