package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reverse HTTP: who is dialled asks, who dials answers. One process is both sides, over clear and TLS; a client of raw
 * frames is the dialling side too. HAProxy 2.6 does not know it.
 */
class ReverseHttpTest {

    private static final int QUIET_MS = 400;
    private static final String EDGE = """
            global
                expose-experimental-directives
                nbthread 2
            defaults
                mode http
                timeout client 3s
                timeout server 3s
                timeout connect 2s
            frontend public
                bind 127.0.0.1:{port:public}
                use_backend named if { path_beg /named }
                use_backend raw if { path_beg /raw }
                use_backend checked if { path_beg /checked }
                use_backend pooled if { path_beg /pooled }
                default_backend plain
            backend plain
                server device rhttp@
            backend raw
                server device rhttp@
            backend pooled
                server device rhttp@ pool-conn-name hdr(x-name)
            backend named
                server device rhttp@ ssl sni hdr(x-name) verify none
            backend checked
                option httpchk GET /health
                server device rhttp@ check inter 50ms init-state down
            frontend checks
                bind 127.0.0.1:{port:checks} proto h2
                tcp-request session attach-srv checked/device
            frontend clear
                bind 127.0.0.1:{port:clear} proto h2
                tcp-request session attach-srv plain/device
            frontend frames
                bind 127.0.0.1:{port:frames} proto h2
                tcp-request session attach-srv raw/device
            frontend tls
                bind 127.0.0.1:{port:tls} ssl crt {cert} alpn h2
                tcp-request session attach-srv named/device name ssl_fc_sni
            frontend pools
                bind 127.0.0.1:{port:pools} proto h2
                tcp-request session attach-srv pooled/device name str(one)
            """;
    private static final String DEVICE = """
            global
                expose-experimental-directives
                nbthread 2
            defaults
                mode http
                timeout client 3s
                timeout server 3s
                timeout connect 2s
            frontend device
                bind rhttp@edge/clear nbconn {connections}
                bind rhttp@edge/tls
                bind rhttp@edge/pools
                bind rhttp@edge/checks
                http-request return status 200 content-type text/plain lf-string "{words} %[path]"
            backend edge
                server clear 127.0.0.1:{port:clear} proto h2
                server tls 127.0.0.1:{port:tls} ssl verify none alpn h2 sni str(box)
                server pools 127.0.0.1:{port:pools} proto h2
                server checks 127.0.0.1:{port:checks} proto h2
            """;

    private static final Stage STAGE = new Stage();
    @TempDir
    static Path dir;
    private static Proxy edge;
    private static Proxy device;

    @BeforeAll
    static void start() throws IOException {
        Path key = dir.resolve("key.pem");
        Path certificate = dir.resolve("site.pem");
        Finished.of(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=box", "-days", "9",
                "-keyout", key.toString(), "-out", certificate.toString()));
        Files.writeString(certificate, Files.readString(certificate) + Files.readString(key));
        edge = STAGE.add(Product.WEIR.start(EDGE.replace("{cert}", certificate.toString())));
        assertEquals("503", status("/early"));
        dials("first");
    }

    /** The process that dials answers, on each connection. */
    private static Proxy dials(String words) throws IOException {
        Proxy next = STAGE.add(dialling().start(DEVICE.replace("{words}", words).replace("{connections}", "2")));
        answers(words);
        return device = next;
    }

    private static Launch dialling() {
        return Product.WEIR.launch().port("clear", edge.port("clear")).port("tls", edge.port("tls"))
                .port("pools", edge.port("pools")).port("checks", edge.port("checks")).until("");
    }

    private static void answers(String words) {
        Wait.until(8, () -> "no answer of " + words, () -> ask("/x", "a").endsWith(words + " /x")
                && ask("/named", "box").endsWith(words + " /named") && ask("/pooled", "one").endsWith(words + " /pooled"));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** Checks go over what is attached: nobody is there before, and afterwards the server is well. */
    @Test
    void checksGoOverAttachedConnections() {
        Wait.until(5, () -> "not up", () -> ask("/checked", "a").endsWith(" /checked"));
    }

    private static String ask(String path, String name) throws IOException {
        try (Client client = edge.connect("public")) {
            client.send("GET " + path + " HTTP/1.1\r\nhost: h\r\nx-name: " + name + "\r\nconnection: close\r\n\r\n");
            return client.readAll();
        }
    }

    private static String status(String path) throws IOException {
        return ask(path, "box").split(" ")[1];
    }

    /** A connection with a name serves who asks for that name only. */
    @ParameterizedTest
    @CsvSource({"/named/a, box, 200", "/named/a, other, 503", "/pooled, one, 200", "/pooled, two, 503", "/plain, x, 200"})
    void namesAreKept(String path, String name, String status) throws IOException {
        assertEquals(status, ask(path, name).split(" ")[1]);
    }

    /** There are fewer connections than workers and clients: those of one worker go to the other and back. */
    @Test
    void connectionsAreShared() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                String path = (i % 4 == 0 ? "/named/" : "/") + i;
                all.add(() -> ask(path, "box"));
            }
            for (Future<String> each : clients.invokeAll(all)) {
                assertTrue(each.get().startsWith("HTTP/1.1 200 "), each.get());
            }
        } finally {
            clients.shutdown();
        }
    }

    /** The side that dials says its preface and answers odd streams; the other side begins without one. */
    @Test
    void framesOnTheWire() throws IOException {
        try (Client dialling = edge.connect("frames")) {
            dialling.send(Frames.bytes("preface"));
            assertEquals("", Frames.seen(dialling.socket(), QUIET_MS));
            try (Client client = edge.connect("public")) {
                client.send("GET /raw HTTP/1.1\r\nhost: h\r\n\r\n");
                assertTrue(Frames.seen(dialling.socket(), QUIET_MS).startsWith("1:"));
                dialling.send(Frames.bytes("headers h 1 :status: 200; content-length: 2"))
                        .send(Frames.bytes("data e 1 ok"));
                assertEquals("HTTP/1.1 200 ", client.read(13));
            }
        }
        Wait.until(3, () -> "still attached", () -> status("/raw").equals("503"));
    }

    /** Who does not speak HTTP/2 is nobody's server. */
    @Test
    void refusesOtherProtocols() throws IOException {
        try (Client other = edge.connect("frames")) {
            other.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
            assertEquals(-1, other.readAll().indexOf("HTTP/1.1"));
        }
    }

    /** A process that leaves takes its connections along; a reload keeps them under the new configuration. */
    @Test
    void reloadsAndReconnects() throws Exception {
        device.signal("USR1");
        assertEquals(0, device.awaitExit());
        dials("second");
        Path file = device.directory().resolve("haproxy.cfg");
        Files.writeString(file, Files.readString(file).replace("second", "third"));
        device.signal("HUP");
        answers("third");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "frontend f\\n bind rhttp@b/s|'rhttp@b/s' is experimental",
        "backend b\\n server s rhttp@|'rhttp@' is experimental",
        "global\\n expose-experimental-directives\\nfrontend f\\n mode http\\n bind rhttp@b/s|no such server",
        "global\\n expose-experimental-directives\\nbackend b\\n mode http\\n server s rhttp@ check|has nobody to connect to",
        "global\\n expose-experimental-directives\\nbackend b\\n server s rhttp@|needs a proxy in HTTP mode",
        "global\\n expose-experimental-directives\\nfrontend f\\n mode http\\n bind :1\\n tcp-request session attach-srv b/s|"
                + "unable to find server 'b/s'",
        "frontend f\\n mode http\\n bind :1\\n tcp-request session attach-srv b/s|'attach-srv' action is experimental"})
    void refuses(String file, String said) throws IOException {
        Path written = Files.writeString(dir.resolve("wrong.cfg"), file.replace("\\n", "\n") + "\n");
        Finished check = Product.WEIR.run("-c", "-f", written.toString());
        assertEquals(1, check.code());
        assertTrue(check.err().contains(said), check.err());
    }
}
