package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bytes through Weir and through HAProxy with the same file, and the same answer from both: what the client
 * sees, and what the origin saw, which the origin puts into its answer.
 */
class HttpOracleTest {

    private static final String FILE = """
            defaults
                mode http
                timeout connect 2s
                timeout client 2s
                timeout server 1s
                timeout http-keep-alive 400ms
            listen mirror
                bind 127.0.0.1:{port:mirror}
                server s 127.0.0.1:{port:origin}
            listen dead
                bind 127.0.0.1:{port:dead}
                retries 0
                server s 127.0.0.1:1
            listen silent
                bind 127.0.0.1:{port:in_silent}
                server s 127.0.0.1:{port:silent}
            listen garbage
                bind 127.0.0.1:{port:in_garbage}
                server s 127.0.0.1:{port:garbage}
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy weir;
    private static Proxy haproxy;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (byte[] head = head(in); head.length > 0; head = head(in)) {
                out.write(answer(head, in));
            }
        })).port();
        int silent = STAGE.add(Origin.silent()).port();
        int garbage = STAGE.add(Origin.named("this is no HTTP\r\n\r\n")).port();
        weir = start(Product.WEIR, origin, silent, garbage);
        haproxy = start(Product.HAPROXY, origin, silent, garbage);
    }

    private static Proxy start(Product product, int origin, int silent, int garbage) throws IOException {
        Launch launch = product.launch().port("origin", origin).port("silent", silent).port("garbage", garbage);
        return STAGE.add(launch.start(FILE));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** What came, up to and with the empty line; nothing at the end. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    /** The path says what to answer; the body is what came, body and all. */
    private static byte[] answer(byte[] head, InputStream in) throws IOException {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        StringBuilder seen = new StringBuilder(text);
        int length = text.indexOf("content-length: ");
        if (length >= 0) {
            int count = Integer.parseInt(text.substring(length + 16, text.indexOf('\r', length)));
            seen.append(new String(in.readNBytes(count), StandardCharsets.ISO_8859_1));
        } else if (text.contains("transfer-encoding: chunked")) {
            while (!seen.toString().endsWith("\r\n0\r\n\r\n")) {
                seen.append((char) in.read());
            }
        }
        String body = seen.toString();
        String path = text.split(" ")[1];
        if (text.startsWith("HEAD ")) {
            return bytes("HTTP/1.1 200 OK\r\nContent-Length: 77\r\nX-Seen: yes\r\n\r\n");
        }
        return bytes(switch (path) {
            case "/chunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n"
                    + body + "\r\n0\r\n\r\n";
            case "/204" -> "HTTP/1.1 204 No Content\r\nX-Y: z\r\n\r\n";
            case "/304" -> "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n";
            case "/404" -> "HTTP/1.1 404 Nothing Here\r\nContent-Length: 3\r\n\r\nno\n";
            case "/100" -> "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            case "/103" -> "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            case "/close" -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
            default -> "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nContent-Type: text/plain\r\n\r\n" + body;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /a?b=c HTTP/1.1\r\nHOST: A.b\r\nX-Mixed-CASE: Kept As Is\r\nAccept: */*\r\n\r\n",
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /next HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "PUT /p HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /after HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n",
        "PATCH /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
        "FOO /x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /chunked HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /chunked HTTP/1.0\r\n\r\n",
        "GET /204 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /304 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /404 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /100 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /103 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /close HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/abs HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1; b=2\r\nCookie: c=3\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Blank:   \r\nX-Pad:   v  \r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, x-private\r\nX-Private: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: keep-alive\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
        "GET /\r\n\r\n",
        "GET / HTTP/1.1 x\r\nHost: a\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHo st: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "garbage\r\n\r\n",
    })
    void bothAnswerAlike(String request) throws Exception {
        compare("mirror", request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead", "in_silent", "in_garbage"})
    void bothSayWhatIsWrongWithTheServer(String listener) throws Exception {
        compare(listener, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static void compare(String listener, String request) throws Exception {
        // most of it is waiting for nothing more to come
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> his = other.submit(() -> exchange(haproxy, listener, request));
            String ours = exchange(weir, listener, request);
            assertEquals(asToday(his.get()), ours);
        }
    }

    /** HAProxy 2.6 still writes the names in its own pages with capitals. */
    private static String asToday(String answer) {
        return answer.replace("\r\nContent-length: 90\r\nCache-Control: no-cache\r\nConnection: close\r\nContent-Type: text/html\r\n",
                "\r\ncontent-length: 90\r\ncache-control: no-cache\r\nconnection: close\r\ncontent-type: text/html\r\n");
    }

    /** All that comes back, and whether the proxy closed at once or kept the connection until its timeout. */
    private static String exchange(Proxy proxy, String listener, String request) throws Exception {
        try (Client client = proxy.connect(listener)) {
            client.send(request);
            client.socket().setSoTimeout(5000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            long last = System.nanoTime();
            for (int next = client.socket().getInputStream().read(); next >= 0;
                    next = client.socket().getInputStream().read()) {
                all.write(next);
                last = System.nanoTime();
            }
            boolean kept = System.nanoTime() - last > 200_000_000;
            return all.toString(StandardCharsets.ISO_8859_1) + (kept ? "<kept>" : "<closed>");
        }
    }
}
