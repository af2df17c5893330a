package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that come along with the hello (TLS 1.3), beside HAProxy: what servers are told, what waits, what is refused. */
class TlsEarlyDataTest {

    private static final Stage STAGE = new Stage();
    private static final Map<Product, Proxy> STARTED = new HashMap<>();
    private static final String FILE = """
            defaults
                mode http
                timeout connect 5s
                timeout client 5s
                timeout server 5s
            listen early
                bind 127.0.0.1:{port:early} ssl crt {dir}/cert.pem allow-0rtt alpn http/1.1
                bind 127.0.0.1:{port:never} ssl crt {dir}/cert.pem alpn http/1.1
                http-request set-header x-early %[ssl_fc_has_early]
                http-request wait-for-handshake if { path /wait }
                http-request set-header x-still %[ssl_fc_has_early]
                http-request reject if { ssl_fc_has_early } { path /reject }
                server s 127.0.0.1:{port:origin}
            """;

    @AfterAll
    static void stop() throws Exception {
        STARTED.clear();
        STAGE.clear();
    }

    /** What the origin hears: the header of RFC 8470, and what the fetch said before and behind the rule that waits. */
    @ParameterizedTest
    @CsvSource({"early, /now, 1 1 1", "early, /wait, - 1 0", "never, /now, - 0 0", "early, /reject, none"})
    void serversAreTold(String port, String path, String heard) throws Exception {
        Product.HAPROXY.needs(Part.START);
        Tools.need("openssl");
        assertEquals(heard, ask(start(Product.WEIR), port, path));
        // HAProxy 2.6 takes the request, and looks at it when the handshake is over
        assertEquals("- 0 0", ask(start(Product.HAPROXY), port, path));
    }

    private static Proxy start(Product product) throws IOException {
        Proxy known = STARTED.get(product);
        if (known != null) {
            return known;
        }
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                String body = "heard:" + value(head, "early-data") + " " + value(head, "x-early") + " " + value(head, "x-still") + ";";
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
            }
        })).port();
        var launch = product.launch().port("origin", origin);
        Finished made = Finished.of(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-subj", "/CN=early", "-keyout", launch.directory() + "/k", "-out", launch.directory() + "/c"));
        assertEquals(0, made.code(), made.err());
        Files.writeString(launch.directory().resolve("cert.pem"), Files.readString(launch.directory().resolve("c"))
                + Files.readString(launch.directory().resolve("k")));
        Proxy proxy = STAGE.add(launch.start(FILE));
        STARTED.put(product, proxy);
        return proxy;
    }

    private static String value(String head, String name) {
        int at = head.indexOf("\r\n" + name + ": ");
        return at < 0 ? "-" : head.substring(at + name.length() + 4, head.indexOf('\r', at + 2));
    }

    /** One connection for a ticket, and one that uses it. */
    private static String ask(Proxy proxy, String port, String path) throws Exception {
        Path session = proxy.directory().resolve(port + ".session");
        Path request = proxy.directory().resolve("request");
        Files.writeString(request, "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        client(proxy, port, "GET /ticket HTTP/1.1\r\nHost: h\r\n\r\n", "-sess_out", session.toString());
        Assumptions.assumeTrue(Files.exists(session), "no ticket came");
        String got = client(proxy, port, port.equals("early") ? "" : Files.readString(request), "-sess_in", session.toString(),
                "-early_data", port.equals("early") ? request.toString() : "/dev/null");
        if (port.equals("early")) {
            assertTrue(got.contains("Early data was accepted"), got);
        }
        int at = got.indexOf("heard:");
        return at < 0 ? "none" : got.substring(at + 6, got.indexOf(';', at));
    }

    /** A way on which all but the first flight of the client takes long: the handshake is not over when the request comes. */
    private static int relay(int port) throws IOException {
        return STAGE.add(Origin.of((client, in, out) -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.ofVirtual().start(() -> {
                    try {
                        socket.getInputStream().transferTo(out);
                        client.close();
                    } catch (IOException over) {
                        // either side may end
                    }
                });
                Thread.sleep(50);
                byte[] flight = new byte[65536];
                for (int read = in.read(flight); read > 0; read = in.read(flight)) {
                    socket.getOutputStream().write(flight, 0, read);
                    Thread.sleep(100);
                }
            }
        })).port();
    }

    /** Runs until the answer is there, or the end. */
    private static String client(Proxy proxy, String port, String typed, String... further) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect",
                "127.0.0.1:" + relay(proxy.port(port)), "-tls1_3", "-alpn", "http/1.1"));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        StringBuilder got = new StringBuilder();
        byte[] piece = new byte[8192];
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        while (System.nanoTime() < until && (got.indexOf("heard:") < 0 || got.indexOf(";", got.indexOf("heard:")) < 0)) {
            if (process.getInputStream().available() > 0 || !process.isAlive()) {
                int read = process.getInputStream().read(piece);
                if (read < 0) {
                    break;
                }
                got.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
            } else {
                Thread.sleep(5);
            }
        }
        process.getOutputStream().close();
        if (process.waitFor(2, TimeUnit.SECONDS)) {
            got.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        process.destroyForcibly();
        return got.toString();
    }
}
