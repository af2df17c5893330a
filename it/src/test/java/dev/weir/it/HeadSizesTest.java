package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How big a head may be, to the byte, beside HAProxy: by {@code tune.bufsize} and {@code tune.maxrewrite}. */
class HeadSizesTest {

    private static final String CONFIGURATION = """
            global
             %s
            defaults
             mode http
             timeout connect 2s
             timeout client 2s
             timeout server 2s
            frontend fe
             bind 127.0.0.1:{port:fe}
             http-request return status 200
            """;

    private static final List<String> BEGINNINGS = List.of("GET / HTTP/1.1\r\nHost: a\r\n", "GET /0123456789 HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n" + "k: v\r\n".repeat(50), "GET / HTTP/1.1\r\nHost: a\r\n" + "k:    v   \r\n".repeat(10),
            "DELETE / HTTP/1.0\r\n");

    @ParameterizedTest
    @ValueSource(strings = {"", "tune.maxrewrite 4096", "tune.maxrewrite 15000", "tune.bufsize 8192"})
    void areHaproxys(String line) throws Exception {
        List<List<Integer>> limits = new ArrayList<>();
        for (Product product : Product.values()) {
            try (Proxy proxy = product.needs().start(CONFIGURATION.formatted(line))) {
                List<Integer> found = new ArrayList<>();
                for (String beginning : BEGINNINGS) {
                    found.add(limit(proxy, beginning));
                }
                limits.add(found);
            }
        }
        assertEquals(limits.getFirst(), limits.getLast());
        assertTrue(limits.getFirst().getFirst() > 1000, limits::toString);
    }

    /** How long the value of one more header can be. */
    private static int limit(Proxy proxy, String beginning) throws Exception {
        int fits = 1;
        int tooBig = 20_000;
        while (tooBig - fits > 1) {
            int middle = (fits + tooBig) / 2;
            if (status(proxy, beginning + "X: " + "a".repeat(middle) + "\r\n\r\n").equals("200")) {
                fits = middle;
            } else {
                tooBig = middle;
            }
        }
        return fits;
    }

    private static String status(Proxy proxy, String request) throws Exception {
        try (Client client = proxy.connect("fe")) {
            String answer = client.send(request).read(12);
            return answer.length() < 12 ? answer : answer.substring(9, 12);
        } catch (IOException reset) {
            // sent before all of it had been read, so the answer may be lost
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"414 /", "431 x"})
    void areToldApart(String row) throws Exception {
        try (Proxy proxy = Product.WEIR.start(CONFIGURATION.formatted(""))) {
            String long15 = "a".repeat(15_500);
            String head = row.endsWith("/") ? "GET /" + long15 + " HTTP/1.1\r\nHost: a\r\n\r\n"
                    : "GET / HTTP/1.1\r\nHost: a\r\nX: " + long15 + "\r\n\r\n";
            assertEquals(row.substring(0, 3), status(proxy, head));
        }
    }
}
