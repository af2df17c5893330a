package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.HttpHead;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Which server the requests of one client connection go to, one after the other, in Weir and in HAProxy. */
class LastServerTest {

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String status = head.startsWith("GET /401 ") ? "401 No\r\nWWW-Authenticate: NTLM" : "200 OK";
                out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        })).port();
        weir = start(Product.WEIR, origin);
        haproxy = start(Product.HAPROXY, origin);
    }

    private static Proxy start(Product product, int origin) throws IOException {
        String servers = "server a 127.0.0.1:{port:origin}\n    server b 127.0.0.1:{port:origin}\n"
                + "    http-response set-header x-server %[srv_name]\n    bind 127.0.0.1:";
        return STAGE.add(product.launch().port("origin", origin).start("""
                defaults
                    mode http
                    balance roundrobin
                    timeout connect 2s
                    timeout client 2s
                    timeout server 2s
                listen plain
                    http-reuse never
                    SERVERS{port:plain}
                listen prefer
                    http-reuse never
                    option prefer-last-server
                    SERVERS{port:prefer}
                listen hashed
                    http-reuse never
                    option prefer-last-server
                    balance hdr(x)
                    SERVERS{port:hashed}
                listen queue
                    http-reuse never
                    option prefer-last-server
                    max-keep-alive-queue 0
                    SERVERS{port:queue}
                """.replace("SERVERS", servers)));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @CsvSource({"plain, / / / /, abab", "prefer, / / / /, aaaa", "hashed, / / / /, aaaa", "queue, / / / /, aaaa",
        "plain, /401 / / /, aaaa"})
    void requestsGoOnToTheSameServerWhereTheyShould(String port, String paths, String expected) throws IOException {
        assertEquals(expected, named(servers(haproxy, port, paths)));
        assertEquals(expected, named(servers(weir, port, paths)));
    }

    /** HAProxy 2.6 goes back to the server whose connection is the oldest. */
    @Test
    void theServerThatAskedForCredentialsGetsThem() throws IOException {
        assertEquals("abbbb", named(servers(weir, "plain", "/ /401 / / /")));
    }

    private static String servers(Proxy proxy, String port, String paths) throws IOException {
        StringBuilder servers = new StringBuilder();
        try (Client client = proxy.connect(port)) {
            for (String path : paths.split(" ")) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\n");
                String head = HttpHead.read(client.socket().getInputStream());
                servers.append(head.charAt(head.indexOf("x-server: ") + 10));
            }
        }
        return servers.toString();
    }

    /** The first server is a, whichever it was. */
    private static String named(String servers) {
        char first = servers.charAt(0);
        StringBuilder named = new StringBuilder();
        for (char each : servers.toCharArray()) {
            named.append(each == first ? 'a' : 'b');
        }
        return named.toString();
    }
}
