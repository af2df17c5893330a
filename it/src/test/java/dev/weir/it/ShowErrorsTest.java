package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that break the protocol, to Weir and to HAProxy: {@code show errors} tells the same of both. */
class ShowErrorsTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 2s
                timeout server 2s
            frontend fe
                bind 127.0.0.1:{port:fe}
                default_backend be
            frontend other
                bind 127.0.0.1:{port:other}
            backend be
                server s 127.0.0.1:{port:origin}
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;
    private static volatile String answer = "";

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            byte[] buffer = new byte[4096];
            if (in.read(buffer) > 0) {
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        })).port();
        weir = STAGE.add(Product.WEIR.launch().port("origin", origin).start(FILE));
        haproxy = STAGE.add(Product.HAPROXY.launch().port("origin", origin).start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String command(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    private static void send(Proxy proxy, String request) throws IOException {
        try (var client = proxy.connect("fe")) {
            client.send(request.getBytes(StandardCharsets.ISO_8859_1));
            // the first byte of the answer tells that it was noted
            client.socket().getInputStream().read();
        }
    }

    /** Without moments, and what depends on the size of the buffers and the inner flags of HAProxy. */
    private static String masked(String report) {
        return report.replaceAll("\\d\\d/\\w+/\\d+:[\\d:.]+", "DATE").replaceAll("src 127.0.0.1:\\d+", "src CLIENT")
                .replaceAll("0x[0-9a-f]+", "BITS").replaceAll("\\d+ free", "FREE").replaceAll("wraps at \\d+", "WRAPS")
                .replaceAll("event #\\d+", "EVENT").replaceAll("\\] : \\d+", "] : COUNT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /bad\u0001 req HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
        "G\\T / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3x\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\nHost: x\nfoo\rbar: x\n\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000", "GET / HTTP/1.1\r\nA: b\r\n: x\r\n\r\n",
        "GET / HTTP/1.2x\r\n\r\n", "GET / HTTP/1.\r\n\r\n", "GET / HTTX/1.1\r\n\r\n", "GET / HTTP/1.1 x\r\n\r\n", "GET /\r\n\r\n",
        "GET HTTP/1.1\r\n\r\n", "GET / http/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: b:1\r\n\r\n", "GET http://a/x HTTP/1.1\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "GET / HTTP/1.1\r\nA: \u001b\t\\\u00e9\r\nb@d: x\r\n\r\n",
        "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0001bbbbbbbbbbbbbbbbb"
                + "cccccccccccccccccccccccccccccccccc HTTP/1.1\r\nHost: x\r\n\r\n"})
    void requestsAreShown(String request) throws IOException {
        send(haproxy, request);
        send(weir, request);
        assertEquals(masked(command(haproxy, "show errors -1 request")), masked(command(weir, "show errors -1 request")));
        assertEquals(masked(command(haproxy, "show errors fe request")), masked(command(weir, "show errors fe request")));
        assertEquals(masked(command(haproxy, "show errors other")), masked(command(weir, "show errors other")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nheader/bizarre:blah\r\nLocation: blah\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n", "ICY 200 OK\r\n\r\n", "\u0015\u0003\u0001\u0000",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nbad tr\r\n\r\n"})
    void answersAreShown(String wrong) throws IOException {
        answer = wrong;
        for (Proxy proxy : new Proxy[] {haproxy, weir}) {
            try (var client = proxy.connect("fe")) {
                client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                client.readAll();
            }
        }
        assertEquals(masked(command(haproxy, "show errors be response")), masked(command(weir, "show errors be response")));
    }

    @Test
    void badCommands() throws IOException {
        for (String line : new String[] {"show errors nosuch", "show errors response", "show errors fe response"}) {
            assertEquals(masked(command(haproxy, line)).replaceAll("(?s)\n \n.*", ""),
                    masked(command(weir, line)).replaceAll("(?s)\n \n.*", ""));
        }
        assertTrue(command(weir, "operator;show errors").contains("Total events captured on ["));
        assertTrue(command(weir, "user;show errors").contains("Permission denied"));
    }
}
