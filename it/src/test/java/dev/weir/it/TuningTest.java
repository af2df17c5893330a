package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Global words that limit and tune: each has an effect that can be seen from outside. */
class TuningTest {

    private static final String PROXY = """
            defaults
                mode tcp
                timeout connect 2s
                timeout client 10s
                timeout server 10s
            listen a
                bind 127.0.0.1:{port:a}
                server s 127.0.0.1:{port:echo}
            """;
    private static final int CLIENTS = 16;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Proxy start(Product product, String global, String line) throws Exception {
        return stage.add(product.needs(Part.START).launch().port("echo", stage.add(Origin.echo()).port())
                .start("global\n nbthread 2\n " + global + "\n" + PROXY + "    " + line + "\n"));
    }

    /**
     * The rest waits its turn: eight a second let sixteen in within a second at the earliest. 2.6 at times lets a burst
     * pass, so that it is not asked.
     */
    @ParameterizedTest
    @CsvSource({"WEIR, maxconnrate 8, ''", "WEIR, maxsessrate 8, ''", "WEIR, '', rate-limit sessions 8",
        "WEIR, weir.engine io_uring, rate-limit sessions 8", "WEIR, weir.engine nio, rate-limit sessions 8"})
    void pacesConnections(Product product, String global, String line) throws Exception {
        Proxy proxy = start(product, global, line);
        TimeUnit.MILLISECONDS.sleep(2100);
        List<Client> clients = new ArrayList<>();
        long began = System.nanoTime();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(proxy.connect("a").send("x"));
            }
            for (Client client : clients) {
                assertEquals("x", client.read(1));
            }
            long tookMs = (System.nanoTime() - began) / 1_000_000;
            assertTrue(tookMs >= 700 && tookMs <= 3500, tookMs + " ms");
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    /** As ss shows the buffers of the sockets on both sides; the kernel doubles what it is asked for. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void sizesBuffers(Product product) throws Exception {
        Proxy proxy = start(product, """
                tune.rcvbuf.client 20000
                 tune.sndbuf.client 21000
                 tune.rcvbuf.server 22000
                 tune.sndbuf.server 23000""", "");
        try (Client client = proxy.connect("a")) {
            assertEquals("x", client.send("x").read(1));
            String sockets = Finished.of(List.of(Tools.need("ss"), "-Htnmp", "state", "established")).out();
            for (String buffer : List.of("rb40000,", "tb42000,", "rb44000,", "tb46000,")) {
                assertTrue(sockets.contains(buffer), buffer + sockets);
            }
        }
    }

    /** As many headers are one too many. */
    @ParameterizedTest
    @CsvSource({"WEIR, 5, 400", "WEIR, 9, 200", "HAPROXY, 5, 400", "HAPROXY, 9, 200"})
    void limitsHeaders(Product product, int most, int status) throws Exception {
        Proxy proxy = start(product, "tune.http.maxhdr " + most, "mode http\n    monitor-uri /");
        try (Client client = proxy.connect("a")) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nConnection: close\r\n\r\n");
            assertTrue(client.readAll().contains(" " + status + " "), product + " with " + most);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "set-dumpable, 1"})
    void canBeDumpedWhenAsked(String word, int expected) throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        Proxy proxy = start(Product.WEIR, "user nobody\n " + word, "");
        assertEquals("x", proxy.connect("a").send("x").endOutput().readAll());
        // what cannot be dumped belongs to root in /proc
        Object owner = java.nio.file.Files.getAttribute(java.nio.file.Path.of("/proc/" + proxy.pid() + "/fd"),
                "unix:uid");
        assertEquals(expected == 1 ? 65534 : 0, owner);
    }
}
