package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code httpclient}: what it asks and what it shows, beside HAProxy. */
class FetchCommandTest {

    private static final Stage STAGE = new Stage();
    private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();
    @TempDir
    static Path dir;
    private static Proxy weir;
    private static Proxy haproxy;
    private static int origin;

    @BeforeAll
    static void start() throws IOException {
        Product.HAPROXY.needs(Part.START);
        origin = STAGE.add(Origin.of((socket, in, out) -> {
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0 && !head.append((char) c).toString().endsWith("\r\n\r\n"); c = in.read()) { }
            ASKED.add(head.toString());
            String path = head.toString().split(" ")[1];
            String answer = switch (path.substring(1)) {
                case "chunked" -> "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n\u00e9b\r\n0\r\n\r\n";
                case "none" -> "HTTP/1.1 204 None\r\nX-A: b\r\n\r\n";
                case "close" -> "HTTP/1.0 200 OK\r\n\r\nuntil\nclose\n";
                case "cut" -> "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nab";
                case "junk" -> "hello world\r\n\r\n";
                case "long" -> "HTTP/1.1 404 Not Here\r\nContent-Length: 300000\r\n\r\n" + "0123456789".repeat(30_000);
                case "early" -> "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
                default -> "HTTP/1.1 500 Other\r\nContent-Length: 0\r\n\r\n";
            };
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        })).port();
        Path key = dir.resolve("key.pem");
        Path certificate = dir.resolve("site.pem");
        Finished.of(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=box", "-days", "9",
                "-keyout", key.toString(), "-out", certificate.toString()));
        Files.writeString(certificate, Files.readString(certificate) + Files.readString(key));
        haproxy = start(Product.HAPROXY, "");
        weir = start(Product.WEIR, "    httpclient.ssl.verify none\n    httpclient.timeout.connect 50ms\n    httpclient.retries 1\n");
    }

    private static Proxy start(Product product, String more) throws IOException {
        Launch launch = product.launch();
        return STAGE.add(launch.start("global\n    stats socket {dir}/s.sock level admin\n" + more + """
                defaults
                    mode http
                    timeout client 2s
                    timeout server 2s
                    timeout connect 1s
                frontend secure
                    bind 127.0.0.1:{port:tls} ssl crt {cert}
                    http-request return status 200 content-type text/plain lf-string "%[ssl_fc_sni] %[path]"
                """.replace("{cert}", dir.resolve("site.pem").toString())));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String command(Proxy proxy, String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), "expert-mode on; " + line.replace("ORIGIN", "127.0.0.1:" + origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://ORIGIN/chunked", "GET http://ORIGIN/none", "GET http://ORIGIN/close", "GET http://ORIGIN/cut",
        "HEAD http://ORIGIN/close", "POST http://ORIGIN/none", "GET http://ORIGIN", "GET http://ORIGIN/a?b=c#d", "PUT http://u:p@ORIGIN/none",
        "GET http://ORIGIN/long", "GET http://ORIGIN/junk", "get http://ORIGIN/none", "FOO http://ORIGIN/none", "GET /x", "GET", "",
        "GET ORIGIN/none", "GET http:///x"})
    void asksAndShowsAsHaproxy(String words) throws IOException {
        ASKED.clear();
        String expected = command(haproxy, "httpclient " + words);
        String asked = ASKED.poll();
        ASKED.clear();
        assertEquals(expected, command(weir, "httpclient " + words));
        assertEquals(asked, ASKED.poll());
    }

    /** What HAProxy 2.6 does not do, or only after seconds. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "httpclient GET http://127.0.0.1:1/x | HTTP/1.1 503 Service Unavailable",
        "httpclient GET http://127.0.0.1:99999/ | HTTP/1.1 503 Service Unavailable",
        "httpclient GET https://ORIGIN/none | HTTP/1.1 503 Service Unavailable",
        "httpclient GET http://ORIGIN/early | HTTP/1.1 200 OK",
        "httpclient --htx GET http://ORIGIN/none | HTTP/1.1 204 None",
        "httpclient GET ftp://ORIGIN/none | Can't start the HTTP client.",
        "httpclient GET https://localhost:TLS/name | HTTP/1.1 200 OK"})
    void firstLineOf(String line, String first) throws IOException {
        String answer = command(weir, line.replace("TLS", Integer.toString(weir.port("tls"))));
        assertEquals(first, answer.strip().lines().findFirst().orElse(""), answer);
        if (line.endsWith("/name")) {
            assertEquals("localhost /name", answer.strip().lines().reduce((one, next) -> next).orElse(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpclient GET http://ORIGIN/none", "expert-mode on; expert-mode off; httpclient GET http://ORIGIN/none"})
    void isForExpertsOnly(String line) throws IOException {
        for (Proxy each : new Proxy[] {haproxy, weir}) {
            assertEquals("This command is restricted to expert mode only.",
                    CommandSocket.ask(each.directory().resolve("s.sock"), line).strip());
        }
    }
}
