package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same requests, in the same order, to Weir and to HAProxy with a cache: the same answers, and the origin is asked the same
 * number of times. The path says which headers the origin is to add; its body is the number of the answer.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CacheTest {

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
                http-response set-header x-f %[srv_name]
                default_backend be
            backend be
                http-request cache-use c unless { path_beg /bypass }
                http-response cache-store c
                http-response set-header x-hit no if { srv_id -m found }
                http-after-response set-header x-after 1
                server s 127.0.0.1:{port:origin}
            listen gzip
                bind 127.0.0.1:{port:gzip}
                http-request cache-use small
                http-response cache-store small
                compression algo gzip
                server s 127.0.0.1:{port:origin}
            cache c
                total-max-size 4
                max-age 20
                process-vary on
            cache small
                total-max-size 1
                max-object-size 3000
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        weir = start(Product.WEIR);
        haproxy = start(Product.HAPROXY);
    }

    private static Proxy start(Product product) throws IOException {
        int[] answers = {0};
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                out.write(answer(head, ++answers[0]));
            }
        })).port();
        return STAGE.add(product.launch().port("origin", origin).start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static byte[] answer(String head, int number) {
        String query = head.split(" ")[1].replaceFirst("^[^?]*\\??", "");
        String status = "200 OK";
        boolean chunked = false;
        String body = "answer " + number;
        StringBuilder headers = new StringBuilder();
        for (String part : query.split("&")) {
            String text = URLDecoder.decode(part, StandardCharsets.ISO_8859_1);
            chunked |= text.equals("chunked");
            if (text.startsWith("status=")) {
                status = text.substring(7);
            } else if (text.startsWith("size=")) {
                body = body + " " + "x".repeat(Integer.parseInt(text.substring(5)));
            } else if (text.contains(":")) {
                headers.append(text).append("\r\n");
            }
        }
        boolean bodiless = head.startsWith("HEAD ");
        String framed = chunked ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                + "\r\n0\r\n\r\n" : "Content-Length: " + body.length() + "\r\n\r\n" + (bodiless ? "" : body);
        return ("HTTP/1.1 " + status + "\r\n" + headers + framed).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|If-None-Match: \"x\"",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|If-None-Match: W/\"x\"",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|If-None-Match: \"y\", \"x\"",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|If-None-Match: *",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|If-None-Match: \"y\"",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|Host: other",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|Cache-Control: no-cache",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|Cache-Control: max-age=0",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|Pragma: no-cache",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22|Authorization: x",
        "HEAD /a?Cache-Control:max-age=100&ETag:%22x%22",
        "GET /bypass?Cache-Control:max-age=100",
        "GET /bypass?Cache-Control:max-age=100",
        "GET /ch?chunked&Cache-Control:max-age=100",
        "GET /ch?chunked&Cache-Control:max-age=100",
        "GET /none", "GET /none",
        "GET /lm?Last-Modified:Sat,%2001%20Jan%202000%2000:00:00%20GMT",
        "GET /lm?Last-Modified:Sat,%2001%20Jan%202000%2000:00:00%20GMT",
        "GET /lm?Last-Modified:Sat,%2001%20Jan%202000%2000:00:00%20GMT|If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
        "GET /lm?Last-Modified:Sat,%2001%20Jan%202000%2000:00:00%20GMT|If-Modified-Since: Fri, 31 Dec 1999 00:00:00 GMT",
        "GET /lm?Last-Modified:Sat,%2001%20Jan%202000%2000:00:00%20GMT|If-Modified-Since: nonsense",
        "GET /private?Cache-Control:private,max-age=5", "GET /private?Cache-Control:private,max-age=5",
        "GET /store?Cache-Control:no-store,max-age=5", "GET /store?Cache-Control:no-store,max-age=5",
        "GET /zero?Cache-Control:max-age=0&ETag:%22x%22", "GET /zero?Cache-Control:max-age=0&ETag:%22x%22",
        "GET /s?Cache-Control:max-age=0,s-maxage=5", "GET /s?Cache-Control:max-age=0,s-maxage=5",
        "GET /s2?Cache-Control:max-age=5,s-maxage=0", "GET /s2?Cache-Control:max-age=5,s-maxage=0",
        "GET /cookie?Cache-Control:max-age=5&Set-Cookie:a=b", "GET /cookie?Cache-Control:max-age=5&Set-Cookie:a=b",
        "GET /404?status=404%20No&Cache-Control:max-age=5", "GET /404?status=404%20No&Cache-Control:max-age=5",
        "GET /age?Cache-Control:max-age=5&Age:3", "GET /age?Cache-Control:max-age=5&Age:3",
        "GET /old?Cache-Control:max-age=5&Age:8", "GET /old?Cache-Control:max-age=5&Age:8",
        "GET /exp?Expires:Sat,%2001%20Jan%202099%2000:00:00%20GMT", "GET /exp?Expires:Sat,%2001%20Jan%202099%2000:00:00%20GMT",
        "GET /past?Expires:Sat,%2001%20Jan%202000%2000:00:00%20GMT", "GET /past?Expires:Sat,%2001%20Jan%202000%2000:00:00%20GMT",
        "GET /v?Cache-Control:max-age=50&Vary:Accept-Encoding", "GET /v?Cache-Control:max-age=50&Vary:Accept-Encoding",
        "GET /v?Cache-Control:max-age=50&Vary:Accept-Encoding|Accept-Encoding: gzip",
        "GET /vg?Cache-Control:max-age=50&Vary:Accept-Encoding&Content-Encoding:gzip|Accept-Encoding: gzip",
        "GET /vg?Cache-Control:max-age=50&Vary:Accept-Encoding&Content-Encoding:gzip|Accept-Encoding: br, gzip;q=0.5",
        "GET /vg?Cache-Control:max-age=50&Vary:Accept-Encoding&Content-Encoding:gzip|Accept-Encoding: br",
        "GET /vg?Cache-Control:max-age=50&Vary:Accept-Encoding&Content-Encoding:gzip|Accept-Encoding: gzip;q=0",
        "GET /vc?Cache-Control:max-age=50&Vary:Cookie", "GET /vc?Cache-Control:max-age=50&Vary:Cookie",
        "GET /vx?Cache-Control:max-age=50&Vary:accept-encoding,%20x", "GET /vx?Cache-Control:max-age=50&Vary:accept-encoding,%20x",
        "POST /a?Cache-Control:max-age=100&ETag:%22x%22|Content-Length: 0",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22",
        "GET /a?Cache-Control:max-age=100&ETag:%22x%22",
        "gzip GET /g?Cache-Control:max-age=100|Accept-Encoding: gzip",
        "gzip GET /g?Cache-Control:max-age=100|Accept-Encoding: identity",
        "gzip GET /big?Cache-Control:max-age=100&size=5000", "gzip GET /big?Cache-Control:max-age=100&size=5000",
        "gzip GET /fit?Cache-Control:max-age=100&size=1500", "gzip GET /fit?Cache-Control:max-age=100&size=1500"})
    void bothAnswerAlike(String request) throws IOException {
        assertEquals(ask(haproxy, request), ask(weir, request));
    }

    private static String ask(Proxy proxy, String request) throws IOException {
        boolean gzip = request.startsWith("gzip ");
        String[] parts = (gzip ? request.substring(5) : request).split("\\|");
        StringBuilder text = new StringBuilder(parts[0]).append(" HTTP/1.1\r\n");
        boolean host = false;
        for (int i = 1; i < parts.length; i++) {
            text.append(parts[i]).append("\r\n");
            host |= parts[i].startsWith("Host");
        }
        try (Client client = proxy.connect(gzip ? "gzip" : "fe")) {
            client.send(text + (host ? "" : "Host: h\r\n") + "Connection: close\r\n\r\n");
            return client.readAll().replaceAll("age: [01]\r\n", "age: 0\r\n");
        }
    }

    /** HAProxy 2.6 keeps such answers and never gives them. */
    @Order(3)
    @ParameterizedTest
    @ValueSource(strings = {"Referer", "Origin"})
    void answersVaryByWhereTheClientComesFrom(String header) throws IOException {
        String request = "GET /from" + header + "?Cache-Control:max-age=50&Vary:" + header + "|" + header + ": ";
        String a = ask(weir, request + "a");
        String b = ask(weir, request + "b");
        assertEquals(body(a), body(ask(weir, request + "a")));
        assertEquals(body(b), body(ask(weir, request + "b")));
        assertNotEquals(body(a), body(b));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    @Order(2)
    @Test
    void bothCountAlike() throws IOException {
        assertEquals(counters(haproxy), counters(weir));
        assertTrue(CommandSocket.ask(weir.directory().resolve("s.sock"), "show cache").matches(
                "(?s)0x\\w+: c \\(shctx:0x\\w+, available blocks:4096\\)\\n(0x\\w+ hash:\\d+ vary:0x\\w{16} type:full"
                        + " size:\\d+ \\(\\d+ blocks\\), refcount:0, expire:\\d+\\n)+0x\\w+: small .*"));
    }

    /** Lookups and hits of each proxy. */
    private static String counters(Proxy proxy) throws IOException {
        StringBuilder counters = new StringBuilder();
        for (String line : CommandSocket.ask(proxy.directory().resolve("s.sock"), "show stat").split("\n")) {
            String[] columns = line.split(",", -1);
            if (columns.length > 87 && (columns[1].equals("BACKEND") || columns[1].equals("FRONTEND"))) {
                counters.append(columns[0]).append(' ').append(columns[1]).append(' ').append(columns[86]).append(' ')
                        .append(columns[87]).append('\n');
            }
        }
        return counters.toString();
    }
}
