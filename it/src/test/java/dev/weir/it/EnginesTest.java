package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Background;
import dev.weir.it.rig.Client;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.RandomStream;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same relay on each engine: nobody outside can tell which it is. */
@ParameterizedClass
@ValueSource(strings = {"epoll", "io_uring", "nio"})
class EnginesTest {

    private static final int BYTES = 8_000_000;
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static Syslog syslog;

    @Parameter
    String engine;

    @BeforeParameterizedClassInvocation
    static void start(String engine) throws IOException {
        syslog = STAGE.add(new Syslog());
        proxy = STAGE.add(Product.WEIR.launch().port("echo", STAGE.add(Origin.echo()).port())
                .port("syslog", syslog.port()).port("reset", STAGE.add(Origin.resetting()).port())
                .port("answering", STAGE.add(Origin.answeringLate("all of it: ")).port())
                .port("named", STAGE.add(Origin.named("bye")).port())
                .start("global\n    weir.engine " + engine + """

                    nbthread 2
                    log 127.0.0.1:{port:syslog} format raw local0
                defaults
                    mode tcp
                    log global
                    log-format "%f %ci %s %B %U %ts"
                    timeout connect 2s
                    timeout client 10s
                    timeout server 10s
                listen echo
                    bind 127.0.0.1:{port:in}
                    bind ipv6@::1:{port:six}
                    bind {dir}/in.sock mode 660
                    server s 127.0.0.1:{port:echo}
                listen path
                    bind 127.0.0.1:{port:path}
                    server s {dir}/in.sock
                listen late
                    bind 127.0.0.1:{port:late}
                    server s {dir}/late.sock
                listen late_path
                    bind {dir}/late.sock
                    server s 127.0.0.1:{port:answering}
                listen early_tcp
                    bind 127.0.0.1:{port:early}
                    server s {dir}/early.sock
                listen early
                    bind {dir}/early.sock
                    server s 127.0.0.1:{port:named}
                listen reset
                    bind 127.0.0.1:{port:in_reset}
                    server s 127.0.0.1:{port:reset}
                listen named
                    bind 127.0.0.1:{port:in_named}
                    server s 127.0.0.1:{port:named}
                listen refused
                    retries 0
                    bind 127.0.0.1:{port:refused}
                    server s 127.0.0.1:1
                listen range
                    bind 127.0.0.1:{port:range}
                    server s 127.0.0.1:{port:echo} source 127.0.0.8:9331-9339 send-proxy
                listen few
                    maxconn 1
                    bind 127.0.0.1:{port:few}
                    server s 127.0.0.1:{port:echo}
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** The kernel knows what a worker waits with. */
    @Test
    void isTheOneThatWasAskedFor() throws IOException {
        String loop = engine.equals("io_uring") ? "anon_inode:[io_uring]" : "anon_inode:[eventpoll]";
        assertEquals("[" + loop + "]", loops(proxy).toString());
    }

    private static TreeSet<String> loops(Proxy proxy) throws IOException {
        TreeSet<String> kinds = new TreeSet<>(proxy.descriptors());
        kinds.removeIf(kind -> !kind.startsWith("anon_inode:[e") && !kind.startsWith("anon_inode:[io_uring"));
        kinds.remove("anon_inode:[eventfd]");
        return kinds;
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "in | hello | hello | echo 127.0.0.1 s 5 5 --",
        "in_named | x | bye | named 127.0.0.1 s 3 1 --",
        "in_reset | x | '' | reset 127.0.0.1 s 0 1 SD",
        "refused | x | '' | refused 127.0.0.1 s 0 [01] SC",
    })
    void relaysAndLogs(String port, String sent, String answer, String line) throws Exception {
        String got;
        try (Client client = proxy.connect(port)) {
            client.send(sent);
            if (!port.equals("refused") && !port.equals("in_reset")) {
                client.endOutput();
            }
            got = client.readAll();
        } catch (IOException reset) {
            got = "";
        }
        assertEquals(answer, got);
        String logged = syslog.next(l -> !l.startsWith("echo unix"));
        assertTrue(logged.matches(line), logged);
    }

    @Test
    void relaysMuchBothWays() throws Exception {
        try (Client client = proxy.connect("in")) {
            var back = Background.run(() -> RandomStream.read(client.socket().getInputStream()));
            long sum = RandomStream.write(client.socket().getOutputStream(), BYTES, 7);
            client.endOutput();
            assertEquals(new RandomStream.Received(BYTES, sum), back.get());
        }
    }

    /** One side ends long before the other has said all: by a UNIX socket nothing of that is lost either. */
    @Test
    void endsOneDirectionOfAPath() throws Exception {
        try (Client client = proxy.connect("path")) {
            var back = Background.run(() -> RandomStream.read(client.socket().getInputStream()));
            long sum = RandomStream.write(client.socket().getOutputStream(), BYTES, 9);
            client.endOutput();
            assertEquals(new RandomStream.Received(BYTES, sum), back.get());
        }
        try (Client client = proxy.connect("late")) {
            assertEquals("all of it: x", client.send("x").endOutput().readAll());
        }
        try (Client client = proxy.connect("early")) {
            assertEquals("bye", client.readAll());
            client.send("sent late").endOutput();
        }
        String line = syslog.next(l -> l.startsWith("early unix"));
        assertTrue(line.matches("early unix\\S* s 3 9 --"), line);
    }

    @Test
    void servesAPathWithItsMode() throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(proxy.directory().resolve("in.sock")));
            channel.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer got = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(got));
        }
    }

    @Test
    void drawsPorts() throws Exception {
        List<Client> clients = new ArrayList<>();
        TreeSet<String> headers = new TreeSet<>();
        try {
            for (int i = 0; i < 9; i++) {
                clients.add(proxy.connect("range"));
                headers.add(clients.get(i).read(40).substring(0, 20));
            }
            assertEquals("[PROXY TCP4 127.0.0.1]", headers.toString());
        } catch (StringIndexOutOfBoundsException e) {
            throw new AssertionError("the server was not reached", e);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void makesTheSecondWait() throws Exception {
        try (Client first = proxy.connect("few"); Client second = proxy.connect("few")) {
            assertEquals("1", first.send("1").read(1));
            assertEquals("silence", second.send("2").next(200));
            first.close();
            assertEquals("2", second.next(3000));
        }
    }

    @Test
    void survivesResetsAndStops() throws Exception {
        for (int i = 0; i < 20; i++) {
            Client client = proxy.connect("in");
            client.send("x");
            client.reset();
        }
        Wait.until(3, () -> "does not serve", () -> {
            try (Client client = proxy.connect("in")) {
                return client.send("x").endOutput().readAll().equals("x");
            }
        });
        assertTrue(proxy.isAlive());
        assertFalse(proxy.err().contains("Exception"), proxy.err());
    }
}
