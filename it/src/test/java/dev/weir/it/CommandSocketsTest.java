package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime sockets themselves: kinds, modes, payloads, hostile clients; and that what a command does is seen at once. */
class CommandSocketsTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock mode 600 level admin
                stats socket ipv4@127.0.0.1:{port:cli} level operator
                stats socket abns@weir-{port:cli} level user
                stats timeout 2s
                stats maxconn 30
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
                balance roundrobin
            frontend fe
                bind 127.0.0.1:{port:fe}
                default_backend be
            backend be
                server s1 127.0.0.1:{port:one}
                server s2 127.0.0.1:{port:two}
            listen tcp
                mode tcp
                bind 127.0.0.1:{port:tcp}
                server e 127.0.0.1:{port:echo}
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;

    @BeforeAll
    static void start() throws IOException {
        Launch launch = Product.WEIR.launch().port("one", STAGE.add(named("one")).port())
                .port("two", STAGE.add(named("two")).port()).port("echo", STAGE.add(Origin.echo()).port());
        weir = STAGE.add(launch.start(FILE));
    }

    private static Origin named(String name) throws IOException {
        return Origin.of((socket, in, out) -> {
            byte[] buffer = new byte[4096];
            while (in.read(buffer) > 0) {
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + name).getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static Path path() {
        return weir.directory().resolve("s.sock");
    }

    private static String ask(String line) throws IOException {
        return CommandSocket.ask(path(), line);
    }

    @Test
    void theSocketHasItsModeAndAllAreNamed() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        assertEquals("# socket lvl processes\nunix@" + path() + " admin all\nipv4@127.0.0.1:" + weir.port("cli")
                + " operator all\nabns@weir-" + weir.port("cli") + " user all\n\n", ask("show cli sockets"));
        try (Client client = weir.connect("cli")) {
            assertEquals("operator\n\nPermission denied\n\n",
                    client.send("show cli level;set weight be/s1 1\n").endOutput().readAll());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "show cli level|admin;;",
        "show cli level|show cli level|admin;;admin;;",
        "show cli lev",
        "prompt|show cli level|quit|show cli level|;> admin;;> ",
        "prompt i|show cli level|;admin;;",
        "prompt|add map nope <<|a b||show cli level|;> + + Unknown map identifier. Please use #<id> or <file>.;;> admin;;> ",
        "prompt|add map nope <<%E|a b|| x y|%E|show cli level|;> + + + + Unknown map identifier. Please use #<id> or <file>.;;> admin;;> ",
        "echo a\\;b \\\\ c|a\\;b \\ c;;",
        "echo <<x|abc|x|show cli level|;;admin;;",
    })
    void speaks(String row) throws IOException {
        int last = row.lastIndexOf('|');
        String sent = last < 0 ? row : row.substring(0, last).replace("|", "\n") + "\n";
        String expected = last < 0 ? "" : row.substring(last + 1).replace("\\;", "\1").replace(";", "\n").replace("\1", ";");
        try (CommandSocket socket = new CommandSocket(path())) {
            assertEquals(expected, socket.send(sent).end().readAll());
        }
    }

    @Test
    void aSilentClientIsLeftAndAHalfLineIsNone() throws Exception {
        long began = System.nanoTime();
        try (CommandSocket socket = new CommandSocket(path())) {
            assertEquals("", socket.send("show vers").readAll());
        }
        long ms = (System.nanoTime() - began) / 1_000_000;
        assertTrue(ms > 1500 && ms < 4000, ms + " ms");
    }

    @Test
    void survivesWhatNobodyShouldSend() throws Exception {
        byte[] binary = new byte[200];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i + 128);
        }
        binary[199] = '\n';
        try (CommandSocket socket = new CommandSocket(path())) {
            assertTrue(socket.send(binary).end().readAll().startsWith("Unknown command"));
        }
        try (CommandSocket socket = new CommandSocket(path())) {
            socket.send("show version " + "x".repeat(1_000_000) + "\n");
            assertTrue(socket.readAll().contains("too long"));
        } catch (IOException reset) {
            assertTrue(reset.getMessage().matches(".*(reset|Broken pipe).*"), reset.getMessage());
        }
        try (CommandSocket socket = new CommandSocket(path())) {
            assertTrue(socket.send("echo" + " x".repeat(100) + "\n").end().readAll().startsWith("Too many arguments."));
        }
        assertEquals("admin\n\n", ask("show cli level"));
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobody() throws Exception {
        try (CommandSocket lazy = new CommandSocket(path())) {
            lazy.send("prompt i\n" + "show stat json\n".repeat(1000));
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertEquals("admin\n\n", ask("show cli level"));
                String answer = get();
                assertTrue(answer.endsWith("one") || answer.endsWith("two"), answer);
            }
            assertTrue(System.nanoTime() - began < 2_000_000_000L);
        }
    }

    private static String get() throws IOException {
        try (Client client = weir.connect("fe")) {
            return client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
        }
    }

    @Test
    void manyClientsChangeTheSameServerAndTheStateStaysOne() throws Exception {
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 20; t++) {
            int weight = t + 1;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 20; i++) {
                        String answer = ask("set weight tcp/e " + weight + ";get weight tcp/e;show servers state tcp");
                        String[] lines = answer.split("\n");
                        String seen = lines[1].split(" ")[0];
                        String listed = lines[5].split(" ")[7];
                        if (!seen.equals("" + weight) || !listed.equals(seen)) {
                            // commands of one line follow each other, but others may come between
                            if (Integer.parseInt(seen) < 1 || Integer.parseInt(seen) > 20) {
                                wrong.add(answer);
                            }
                        }
                    }
                } catch (IOException | RuntimeException e) {
                    wrong.add(e.toString());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        ask("set weight tcp/e 1");
    }

    /** Traffic, both views and standard error agree on each state right after the command. */
    @ParameterizedTest
    @CsvSource({
        "set server be/s1 state maint, two, MAINT, 0 1, going DOWN for maintenance",
        "set server be/s1 state ready, both, no check, 2 0, UP/READY (leaving forced maintenance)",
        "set server be/s1 state drain, two, DRAIN, 2 8, enters drain state",
        "set server be/s1 state ready, both, no check, 2 0, is UP (leaving forced drain)",
        "set server be/s2 health down, one, DOWN, 2 0, 'be/s2 is DOWN, changed from CLI'",
        "set server be/s2 health up, both, no check, 2 0, 'be/s2 is UP, changed from CLI'",
        "set server be/s1 weight 0, two, no check, 2 0, ''",
        "set server be/s1 weight 1, both, no check, 2 0, ''",
    })
    void whatACommandChangesIsSeenAtOnce(String command, String serves, String status, String state, String said)
            throws Exception {
        int before = weir.err().length();
        assertEquals("\n", ask(command));
        List<String> seen = new ArrayList<>();
        // a server that comes back may get all turns that its round has left: HAProxy's sequence has them too
        int most = serves.equals("both") ? 64 : 4;
        while (seen.size() < most && !(seen.size() >= 4 && seen.contains("one") && seen.contains("two"))) {
            String answer = get();
            seen.add(answer.substring(answer.length() - 3));
        }
        assertEquals(serves.equals("one"), !seen.contains("two"), seen.toString());
        assertEquals(serves.equals("two"), !seen.contains("one"), seen.toString());
        String server = command.substring(command.indexOf("be/") + 3).split(" ")[0];
        assertTrue(ask("show stat").lines().anyMatch(line -> line.startsWith("be," + server + ",")
                && line.split(",")[17].equals(status)), ask("show stat"));
        boolean down = command.endsWith("down");
        assertTrue(ask("show servers state be").contains(" " + server + " 127.0.0.1 " + (down ? "0 0" : state) + " "),
                ask("show servers state be"));
        String messages = weir.err().substring(before);
        assertTrue(said.isEmpty() ? messages.isEmpty() : messages.contains(said), messages);
    }

    @Test
    void sessionsAreListedAndEnded() throws Exception {
        try (Client client = weir.connect("tcp")) {
            client.send("x");
            assertEquals("x", client.next(2000));
            String listed = ask("show sess frontend tcp");
            assertTrue(listed.matches("(?s)0x[0-9a-f]+: proto=tcpv4 src=127\\.0\\.0\\.1:\\d+ fe=tcp be=tcp srv=e ts=.*"), listed);
            String id = listed.substring(0, listed.indexOf(':'));
            assertTrue(ask("show sess " + id).contains("\n  server=e (id=1) addr=127.0.0.1:"));
            assertEquals("\n", ask("show sess frontend fe"));
            assertEquals("\n", ask("show sess older 1h"));
            assertEquals("\n", ask("shutdown session " + id));
            assertEquals("end", client.next(2000));
        }
        try (Client client = weir.connect("tcp")) {
            client.send("y");
            assertEquals("y", client.next(2000));
            assertEquals("\n", ask("shutdown sessions server tcp/e"));
            assertEquals("end", client.next(2000));
        }
    }

    @Test
    void aServerComesGetsTrafficAndGoesUnderLoad() throws Exception {
        try (Origin three = named("thr")) {
            assertEquals("New server registered.\n\n", ask("add server be/s3 127.0.0.1:" + three.port()));
            assertTrue(ask("show servers state be").contains(" s3 127.0.0.1 0 1 1 1 "));
            ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
            boolean[] over = new boolean[1];
            Thread load = Thread.ofPlatform().start(() -> {
                while (!over[0]) {
                    try {
                        String answer = get();
                        answers.add(answer.substring(answer.length() - 3));
                        if (!answer.startsWith("HTTP/1.1 200")) {
                            wrong.add(answer);
                        }
                    } catch (IOException | RuntimeException e) {
                        wrong.add(e.toString());
                    }
                }
            });
            assertEquals("\n", ask("enable server be/s3"));
            dev.weir.it.rig.Wait.until(5, () -> "no traffic for s3", () -> answers.contains("thr"));
            assertEquals("Only servers in maintenance mode can be deleted.\n", ask("del server be/s3"));
            assertEquals("\n", ask("disable server be/s3"));
            assertEquals("Done.\n\n", ask("wait 2s srv-removable be/s3"));
            assertEquals("Server deleted.\n", ask("del server be/s3"));
            over[0] = true;
            load.join();
            assertEquals(List.of(), List.copyOf(wrong));
            assertEquals("No such server.\n\n", ask("get weight be/s3"));
            assertTrue(get().startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void waitsAndGivesUp() throws Exception {
        assertEquals("Done.\n\n", ask("wait 50ms"));
        assertEquals("Wait delay expired. Only servers in maintenance mode can be deleted.\n\n",
                ask("wait 50ms srv-removable be/s1"));
        assertEquals("Failed. No such server.\n\n", ask("wait 50ms srv-removable be/nope"));
        assertEquals("Invalid duration.\n\n", ask("wait x"));
    }

    @Test
    void limitsOfRatesHold() throws Exception {
        assertEquals("\n", ask("set rate-limit connections global 10"));
        long began = System.nanoTime();
        for (int i = 0; i < 25; i++) {
            assertTrue(get().startsWith("HTTP/1.1 200"));
        }
        long ms = (System.nanoTime() - began) / 1_000_000;
        assertEquals("\n", ask("set rate-limit connections global 0"));
        assertTrue(ms > 1000, "25 connections in " + ms + " ms at 10 per second");
    }
}
