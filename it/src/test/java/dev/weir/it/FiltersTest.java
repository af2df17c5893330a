package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters on bodies: what they do to them, and how long they take over it. What HAProxy 2.6 knows stands in 9-filters.rows. */
class FiltersTest {

    private static final int SIZE = 60_000;
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @BeforeAll
    static void start() throws IOException {
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                byte[] body = head.contains("chunked") ? unchunked(in) : in.readNBytes(length(head));
                byte[] answer = head.startsWith("GET /big ") ? text(3_000_000) : head.startsWith("GET ") ? text(SIZE)
                        : ("got " + body.length + " " + Arrays.hashCode(body)).getBytes(StandardCharsets.US_ASCII);
                String coded = head.contains("content-encoding: gzip") ? "X-Coded: gzip\r\n" : "";
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + coded + "Content-Length: "
                        + answer.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(answer);
            }
        })).port();
        int trickle = STAGE.add(Origin.of((socket, in, out) -> {
            HttpHead.read(in);
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n".getBytes(StandardCharsets.US_ASCII));
            in.read();
        })).port();
        proxy = STAGE.add(Product.WEIR.launch().port("origin", origin).port("trickle", trickle).start("""
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 20s
                    timeout server 20s
                listen limited
                    bind 127.0.0.1:{port:limited}
                    filter bwlim-out down default-limit 30000 default-period 500ms
                    filter bwlim-in up default-limit 30000 default-period 500ms min-size 1000
                    http-request set-bandwidth-limit down if { path /slow }
                    http-request set-bandwidth-limit up if { path /up }
                    http-response set-bandwidth-limit down limit int(15000) if { status 200 } { res.hdr(none) -m found }
                    server s 127.0.0.1:{port:origin}
                listen shared
                    bind 127.0.0.1:{port:shared}
                    filter bwlim-out all key src table rates limit 60000
                    http-request set-bandwidth-limit all
                    server s 127.0.0.1:{port:origin}
                backend rates
                    stick-table type ip size 100 expire 1m store bytes_out_rate(500ms)
                listen tcp
                    mode tcp
                    bind 127.0.0.1:{port:tcp}
                    filter bwlim-out t default-limit 30000 default-period 500ms
                    tcp-request content set-bandwidth-limit t
                    server s 127.0.0.1:{port:origin}
                listen coded
                    bind 127.0.0.1:{port:coded}
                    filter trace random-forwarding quiet
                    filter compression
                    compression direction both
                    compression algo gzip
                    compression algo-req gzip
                    compression minsize-req 10
                    server s 127.0.0.1:{port:origin}
                listen ours
                    bind 127.0.0.1:{port:ours}
                    compression algo zstd br gzip
                    compression type text/plain
                    server s 127.0.0.1:{port:origin}
                listen trickle
                    bind 127.0.0.1:{port:in_trickle}
                    compression algo raw-deflate br zstd
                    server s 127.0.0.1:{port:trickle}
                """));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static int length(String head) {
        int at = head.toLowerCase().indexOf("content-length: ");
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
    }

    private static byte[] unchunked(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                line.append((char) next);
            }
            int size = Integer.parseInt(line.toString().trim(), 16);
            body.write(in.readNBytes(size));
            in.readNBytes(2);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    /** Compressible, and different everywhere. */
    private static byte[] text(int size) {
        Random random = new Random(7);
        byte[] text = new byte[size];
        for (int i = 0; i < size; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        return text;
    }

    @ParameterizedTest
    @CsvSource({"limited, /fast, 0, 400", "limited, /slow, 450, 3000", "shared, /x, 0, 3000", "tcp, /x, 450, 3000"})
    void answersTakeAsLongAsTheirLimitSays(String port, String path, long least, long most) throws Exception {
        long began = System.nanoTime();
        try (Client client = proxy.connect(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
            InputStream in = client.socket().getInputStream();
            int length = length(HttpHead.read(in));
            assertArrayEquals(text(SIZE), in.readNBytes(length));
        }
        long took = (System.nanoTime() - began) / 1_000_000;
        assertTrue(took >= least && took <= most, "took " + took + " ms");
    }

    @Test
    void uploadsAreHeldBack() throws Exception {
        long began = System.nanoTime();
        try (Client client = proxy.connect("limited")) {
            byte[] body = text(SIZE);
            client.send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: " + SIZE + "\r\n\r\n").send(body);
            InputStream in = client.socket().getInputStream();
            String answer = new String(in.readNBytes(length(HttpHead.read(in))), StandardCharsets.US_ASCII);
            assertEquals("got " + SIZE + " " + Arrays.hashCode(body), answer);
        }
        long took = (System.nanoTime() - began) / 1_000_000;
        assertTrue(took >= 450 && took <= 3000, "took " + took + " ms");
    }

    @Test
    void bigAnswersAreCompressedWhole() throws Exception {
        try (Client client = proxy.connect("coded")) {
            client.send("GET /big HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
            InputStream in = client.socket().getInputStream();
            assertTrue(HttpHead.read(in).contains("content-encoding: gzip"));
            byte[] coded = unchunked(in);
            assertTrue(coded.length < 1_800_000, coded.length + " bytes");
            assertArrayEquals(text(3_000_000), new GZIPInputStream(new ByteArrayInputStream(coded)).readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "60000, true"})
    void requestsAreCompressedFromAMinimumOn(int size, boolean coded) throws Exception {
        try (Client client = proxy.connect("coded")) {
            client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + size + "\r\n\r\n").send(text(size));
            assertEquals(coded, HttpHead.read(client.socket().getInputStream()).contains("x-coded: gzip"));
        }
    }

    @Test
    void whatTricklesIsNotHeldBack() throws Exception {
        try (Client client = proxy.connect("in_trickle")) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: deflate\r\n\r\n");
            InputStream in = client.socket().getInputStream();
            HttpHead.read(in);
            client.socket().setSoTimeout(2000);
            int size = Integer.parseInt(new String(in.readNBytes(1), StandardCharsets.US_ASCII), 16);
            in.readNBytes(2);
            Inflater inflater = new Inflater(true);
            inflater.setInput(in.readNBytes(size));
            byte[] out = new byte[10];
            assertEquals(1, inflater.inflate(out));
            assertEquals('a', out[0]);
        }
    }

    /** Decoded by curl; of what a client likes alike the first of the file is taken. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"br | br | 1200000", "zstd | zstd | 1200000", "gzip, deflate, br, zstd | zstd | 1200000",
        "gzip, br;q=0.9 | gzip | 1800000", "gzip, zstd;q=0, br | br | 1200000", "deflate | '' | 3000000"})
    void codingsOfOursAreDecoded(String accepted, String coding, int most) throws IOException {
        String url = "http://127.0.0.1:" + proxy.port("ours") + "/big";
        Finished got = Finished.of(List.of("curl", "-s", "--compressed", "-H", "Accept-Encoding: " + accepted, "-w",
                "%{stderr}%{size_download} %header{content-encoding}", url));
        assertEquals(new String(text(3_000_000), StandardCharsets.US_ASCII), got.out());
        String[] facts = got.err().split(" ", 2);
        assertEquals(coding, facts[1]);
        assertTrue(Integer.parseInt(facts[0]) <= most, facts[0] + " bytes");
    }

    @ParameterizedTest
    @CsvSource({"br", "zstd"})
    void nothingIsHeldBackInThemEither(String coding) throws IOException {
        String url = "http://127.0.0.1:" + proxy.port("in_trickle") + "/";
        assertEquals("a", Finished.of(List.of("curl", "-sN", "-m", "0.5", "--compressed", "-H", "Accept-Encoding: " + coding,
                url)).out());
    }
}
