package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One process follows another: with the listening sockets of the first ({@code -x}), and telling it to finish. */
class HandOverTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin expose-fd listeners
            defaults
                mode tcp
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            listen a
                bind 127.0.0.1:{port:a}
                bind [::1]:{port:a}
                bind unix@{dir}/u
                bind abns@weir-{port:a}
                server s 127.0.0.1:{port:echo}
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    /** Sessions of the first go on, new ones never fail, and the first leaves with its last session. */
    @ParameterizedTest
    @CsvSource({"WEIR, WEIR, true, -sf", "HAPROXY, WEIR, true, -sf", "WEIR, HAPROXY, true, -sf",
        "WEIR, WEIR, false, -sf", "HAPROXY, WEIR, false, -sf", "WEIR, HAPROXY, false, -sf", "WEIR, WEIR, true, -st",
        "HAPROXY, WEIR, true, -st"})
    void oneFollowsTheOther(Product first, Product second, boolean sockets, String how) throws Exception {
        Launch launch = first.launch().port("echo", stage.add(Origin.echo()).port());
        // an abstract name can be bound once only
        String file = sockets ? FILE : FILE.replaceAll(" *bind abns.*\n", "");
        Proxy old = stage.add(launch.start(file));
        Wait.until(5, () -> "no path", () -> Files.exists(old.directory().resolve("u"))
                && Files.exists(old.directory().resolve("s")));
        try (Client session = old.connect("a"); Knocking knocking = new Knocking(old.port("a"))) {
            assertEquals("a", session.send("a").read(1));
            Launch next = second.launch().port("echo", launch.port("echo")).port("a", launch.port("a")).until("");
            List<String> words = sockets
                    ? List.of("-x", old.directory().resolve("s").toString(), how, Long.toString(old.pid()))
                    : List.of(how, Long.toString(old.pid()));
            Proxy young = stage.add(next.start(file.replace("{dir}", old.directory().toString()),
                    words.toArray(new String[0])));
            if (how.equals("-sf")) {
                Wait.until(10, () -> "does not stop", () -> old.err().contains("Proxy a stopped"));
                assertEquals("b", session.send("b").read(1));
                session.close();
            }
            old.awaitExit();
            assertEquals("", how.equals("-sf") ? "" : session.readAll());
            assertTrue(young.isAlive(), young.err());
            assertFalse(young.err().contains("[ALERT]"), young.err());
            long before = knocking.count();
            Wait.until(5, () -> "nobody is let in", () -> knocking.count() > before + 20);
            // one that is ended at once may end a session
            assertTrue(knocking.failures().size() <= (how.equals("-st") ? 1 : 0), knocking.failures().toString());
            echoes(old.directory() + "/u");
            assertTrue(CommandSocket.ask(old.directory().resolve("s"), "show info").contains("Pid: " + young.pid()));
        }
    }

    /** Names that no file has: a process keeps them over reloads, and the next one finds them. */
    @Test
    void abstractNamesStay() throws Exception {
        Launch launch = Product.WEIR.launch().port("echo", stage.add(Origin.echo()).port());
        String file = FILE.replace("    server s", "    bind abnsz@weirz-{port:a}\n    server s");
        Proxy old = stage.add(launch.start(file));
        Path commands = old.directory().resolve("s");
        assertTrue(CommandSocket.ask(commands, "reload").startsWith("Success=1\n"));
        abstractNamesEcho(old.port("a"));
        Launch next = Product.WEIR.launch().port("echo", launch.port("echo")).port("a", launch.port("a")).until("");
        Proxy young = stage.add(next.start(file.replace("{dir}", old.directory().toString()), "-x", commands.toString(), "-sf",
                Long.toString(old.pid())));
        old.awaitExit();
        assertTrue(CommandSocket.ask(commands, "reload").startsWith("Success=1\n"));
        abstractNamesEcho(old.port("a"));
        assertFalse(young.err().contains("[ALERT]"), young.err());
    }

    private static void abstractNamesEcho(int port) throws Exception {
        String socat = Tools.need("socat");
        for (String peer : List.of("ABSTRACT-CONNECT:weir-" + port + ",unix-tightsocklen=0", "ABSTRACT-CONNECT:weirz-" + port)) {
            assertEquals("x", Finished.of(List.of("sh", "-c", "printf x | " + socat + " - " + peer)).out(), peer);
        }
    }

    private static void echoes(String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            ByteBuffer one = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(one));
        }
    }

    /** A process that dies while it hands over leaves one that serves, whatever it had given by then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 250, 450})
    void theOldOneMayDieMeanwhile(int afterMs) throws Exception {
        Launch launch = Product.WEIR.launch().port("echo", stage.add(Origin.echo()).port());
        Proxy old = stage.add(launch.start(FILE));
        Wait.until(5, () -> "no path", () -> Files.exists(old.directory().resolve("s")));
        Launch next = Product.WEIR.launch().port("echo", launch.port("echo")).port("a", launch.port("a")).until("");
        Proxy young = stage.add(next.start(FILE.replace("{dir}", old.directory().toString()), "-x",
                old.directory().resolve("s").toString(), "-sf", Long.toString(old.pid())));
        Thread.sleep(afterMs);
        old.signal("KILL");
        old.awaitExit();
        Wait.until(10, () -> "does not serve", () -> {
            try (Client client = young.connect("a")) {
                return client.send("k").read(1).equals("k");
            } catch (IOException notYet) {
                return false;
            }
        });
        echoes(old.directory() + "/u");
        assertTrue(CommandSocket.ask(old.directory().resolve("s"), "show info").contains("Pid: " + young.pid()));
        assertTrue(young.isAlive(), young.err());
    }

    /** Without the right to, not a byte is answered. */
    @ParameterizedTest
    @CsvSource({"WEIR", "HAPROXY"})
    void socketsAreGivenOnlyWhereThatIsAllowed(Product product) throws Exception {
        Launch launch = product.launch().port("echo", stage.add(Origin.echo()).port());
        Proxy proxy = stage.add(launch.start(FILE.replace("expose-fd listeners", "")));
        assertEquals("", CommandSocket.ask(proxy.directory().resolve("s"), "_getsocks"));
    }

    /** A client that connects again and again. */
    private static final class Knocking implements AutoCloseable {

        private final AtomicInteger count = new AtomicInteger();
        private final List<String> failures = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        private volatile boolean over;
        private final Thread thread;

        Knocking(int port) {
            thread = Thread.ofVirtual().start(() -> {
                while (!over) {
                    try (Client client = new Client(new Socket(InetAddress.getLoopbackAddress(), port))) {
                        if (!client.send("k").endOutput().readAll().equals("k")) {
                            failures.add("nothing came back");
                        }
                    } catch (IOException e) {
                        failures.add(e.toString());
                    }
                    count.incrementAndGet();
                }
            });
        }

        int count() {
            return count.get();
        }

        List<String> failures() {
            return failures;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }
}
