package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code option splice-*}: the kernel moves the bytes of bodies and tunnels, none is lost or changed, and it is counted. */
class SpliceTest {

    private static final byte[] BODY = body();
    private static final int CHUNK = 200_000;
    private static final String HTTP = """
            defaults
                mode http
                timeout connect 5s
                timeout client 5s
                timeout server 5s
            """;

    /** What 2.6 does not know yet. */
    private static final String FILTER = "filter bwlim-out b default-limit 100m default-period 1s\n"
            + " http-response set-bandwidth-limit b";

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private static byte[] body() {
        byte[] bytes = new byte[1_600_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private Proxy start(Product product, String global) throws IOException {
        Launch launch = product.needs(Part.START).launch().port("http", stage.add(Origin.of(SpliceTest::serve)).port())
                .port("echo", stage.add(Origin.echo()).port());
        return stage.add(launch.start("global\n maxconn 2000\n stats socket " + launch.directory() + "/s\n "
                + global.replace("|", "\n ") + "\n" + HTTP + """
                frontend f
                    bind 127.0.0.1:{port:f}
                    option splice-request
                    default_backend b
                backend b
                    option splice-response
                    server s 127.0.0.1:{port:http}
                listen seen
                    option splice-auto
                    bind 127.0.0.1:{port:seen}
                    %s
                    server s 127.0.0.1:{port:http}
                listen t
                    mode tcp
                    option splice-auto
                    bind 127.0.0.1:{port:t}
                    server s 127.0.0.1:{port:echo}
                """.formatted(product == Product.WEIR ? FILTER : "")));
    }

    /** What is moved is counted for both sides, what the kernel could not take at once was written as usual. */
    @ParameterizedTest
    @CsvSource({"HAPROXY, maxpipes 500", "WEIR, weir.engine epoll", "WEIR, weir.engine io_uring|maxpipes 1|tune.pipesize 1m"})
    void movesBodies(Product product, String global) throws Exception {
        Proxy proxy = start(product, global);
        try (Client client = proxy.connect("f")) {
            for (String form : List.of("length", "chunked", "slow")) {
                long before = column(proxy, "h1_spliced_bytes_out", "f");
                assertEquals(crc(BODY), crc(get(client, form)), form);
                grows(product, before, column(proxy, "h1_spliced_bytes_out", "f"), form);
            }
            for (String form : List.of("length", "chunked")) {
                long before = column(proxy, "h1_spliced_bytes_in", "f");
                assertEquals(Long.toString(crc(BODY)), post(client, form), form);
                grows(product, before, column(proxy, "h1_spliced_bytes_in", "f"), form);
            }
            assertEquals(crc(BODY), crc(get(client, "close")), "until the end");
        }
        assertEquals(column(proxy, "h1_spliced_bytes_out", "f") > 0, column(proxy, "h1_spliced_bytes_in", "b") > 0);
        tunnel(proxy);
        if (product == Product.WEIR) {
            try (Client client = proxy.connect("seen")) {
                assertEquals(crc(BODY), crc(get(client, "length")), "what a filter has to see");
            }
            assertEquals(0, column(proxy, "h1_spliced_bytes_out", "seen"));
            assertTrue(information(proxy, "TotalSplicedBytesOut") > 2 * BODY.length, CommandSocket.ask(
                    proxy.directory().resolve("s"), "show info"));
            assertEquals(global.contains("maxpipes") ? 1 : 500, information(proxy, "Maxpipes"));
        }
    }

    /** HAProxy's own pace decides how much it moves; that it does it at all is its affair. */
    private static void grows(Product product, long before, long after, String form) {
        long least = product == Product.WEIR ? BODY.length / 5 : 0;
        assertTrue(after - before >= least, form + " " + (after - before));
    }

    @ParameterizedTest
    @CsvSource("WEIR, nosplice")
    void canBeSwitchedOff(Product product, String global) throws Exception {
        Proxy proxy = start(product, global);
        try (Client client = proxy.connect("f")) {
            assertEquals(crc(BODY), crc(get(client, "length")));
        }
        assertEquals(0, column(proxy, "h1_spliced_bytes_out", "f"));
    }

    @ParameterizedTest
    @CsvSource({"HAPROXY", "WEIR"})
    void isAnnounced(Product product) throws Exception {
        assertTrue(product.run("-vv").out().contains("+LINUX_SPLICE"));
    }

    private static void tunnel(Proxy proxy) throws Exception {
        try (Client client = proxy.connect("t")) {
            Thread.ofVirtual().start(() -> {
                try {
                    client.send(BODY).endOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(crc(BODY), crc(client.socket().getInputStream().readAllBytes()));
        }
    }

    private static byte[] get(Client client, String form) throws Exception {
        client.send("GET /" + form + " HTTP/1.1\r\nHost: x\r\n\r\n");
        if (form.equals("slow")) {
            Thread.sleep(100);
        }
        InputStream in = client.socket().getInputStream();
        return read(in, HttpHead.read(in));
    }

    private static String post(Client client, String form) throws Exception {
        OutputStream out = client.socket().getOutputStream();
        write(out, "POST / HTTP/1.1\r\nHost: x\r\n", form);
        InputStream in = client.socket().getInputStream();
        return new String(read(in, HttpHead.read(in)), StandardCharsets.US_ASCII);
    }

    private static void serve(java.net.Socket socket, InputStream in, OutputStream out) throws IOException {
        for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
            if (head.startsWith("POST")) {
                byte[] crc = Long.toString(crc(read(in, head))).getBytes(StandardCharsets.US_ASCII);
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + crc.length + "\r\n\r\n").getBytes(
                        StandardCharsets.US_ASCII));
                out.write(crc);
            } else {
                write(out, "HTTP/1.1 200 OK\r\n", head.substring(5, head.indexOf(' ', 5)));
                if (head.startsWith("GET /close")) {
                    return;
                }
            }
        }
    }

    private static void write(OutputStream out, String head, String form) throws IOException {
        String framing = switch (form) {
            case "chunked" -> "Transfer-Encoding: chunked\r\n\r\n";
            case "close" -> "\r\n";
            default -> "Content-Length: " + BODY.length + "\r\n\r\n";
        };
        out.write((head + framing).getBytes(StandardCharsets.US_ASCII));
        if (!form.equals("chunked")) {
            out.write(BODY);
            return;
        }
        for (int at = 0; at < BODY.length; at += CHUNK) {
            out.write((Integer.toHexString(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(BODY, at, CHUNK);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] read(InputStream in, String head) throws IOException {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int length = lower.indexOf("content-length: ");
        if (length >= 0) {
            return in.readNBytes(Integer.parseInt(lower.substring(length + 16, lower.indexOf('\r', length))));
        }
        return lower.contains("chunked") ? chunks(in) : in.readAllBytes();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        byte[] all = new byte[BODY.length];
        int at = 0;
        while (true) {
            int size = 0;
            for (int c = in.read(); c != '\n'; c = in.read()) {
                size = c == '\r' ? size : size << 4 | Character.digit(c, 16);
            }
            at += in.readNBytes(all, at, size);
            in.skipNBytes(2);
            if (size == 0) {
                return Arrays.copyOf(all, at);
            }
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static long information(Proxy proxy, String name) throws IOException {
        String all = CommandSocket.ask(proxy.directory().resolve("s"), "show info");
        int at = all.indexOf("\n" + name + ": ");
        return Long.parseLong(all.substring(at + name.length() + 3, all.indexOf('\n', at + 1)));
    }

    private static long column(Proxy proxy, String name, String of) throws IOException {
        String[] lines = CommandSocket.ask(proxy.directory().resolve("s"), "show stat").split("\n");
        int index = List.of(lines[0].split(",")).indexOf(name);
        for (String line : lines) {
            if (line.startsWith(of + ",FRONTEND,") || line.startsWith(of + ",BACKEND,")) {
                return Long.parseLong(line.split(",")[index]);
            }
        }
        throw new AssertionError(of);
    }
}
