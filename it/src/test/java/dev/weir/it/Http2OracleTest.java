package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same frames to Weir and to HAProxy with the same file, and the same answer from both: statuses, resets, goodbyes.
 * Where they differ the row says what HAProxy 2.6 answers. Nothing that a row hides ever reaches the server.
 */
class Http2OracleTest {

    private static final String FILE = """
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 2s
            frontend h2
                bind 127.0.0.1:{port:h2} proto h2
                http-request return status 404 if { path /404 }
                timeout tarpit 4s
                http-request tarpit if { path /wait }
                default_backend b
            frontend both
                bind 127.0.0.1:{port:both}
                default_backend b
            frontend never
                bind 127.0.0.1:{port:never}
                option disable-h2-upgrade
                default_backend b
            frontend h1
                bind 127.0.0.1:{port:h1} proto h1
                default_backend b
            frontend mirrored
                bind 127.0.0.1:{port:mirrored} proto h2
                option forwardfor
                http-request set-header x-seen "%[req.ver] %[url] %[path] %[base] %[req.hdr(host)] %[query]"
                http-request replace-path /old(.*) /new\\1
                http-request set-header host other.example if { path_beg /host }
                use_backend m
            backend b
                server s 127.0.0.1:{port:origin}
            backend m
                server s 127.0.0.1:{port:mirror}
            """;
    private static final int QUIET_MS = 600;

    private static final Stage STAGE = new Stage();
    private static final ByteArrayOutputStream HEARD = new ByteArrayOutputStream();
    private static final Map<Product, String> MIRRORED = new ConcurrentHashMap<>();
    private static Proxy weir;
    private static Proxy haproxy;

    /** One conversation: what is sent, what is seen, and what HAProxy 2.6 shows where that is something else. */
    private record Row(String name, String port, List<String> sent, String seen, String oracle) {}

    @BeforeAll
    static void start() throws IOException {
        weir = STAGE.add(Product.WEIR.launch().port("origin", origin(HEARD)).port("mirror", mirror(Product.WEIR))
                .start(FILE));
        if (Tools.find("haproxy") != null) {
            haproxy = STAGE.add(Product.HAPROXY.launch().port("origin", origin(new ByteArrayOutputStream()))
                    .port("mirror", mirror(Product.HAPROXY)).start(FILE));
        }
    }

    /** Remembers all that it gets up to a moment of silence, and answers. */
    private static int mirror(Product product) throws IOException {
        return STAGE.add(Origin.of((socket, in, out) -> {
            socket.setSoTimeout(QUIET_MS / 4);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                for (int c = in.read(); c >= 0; c = in.read()) {
                    all.write(c);
                }
            } catch (SocketTimeoutException quiet) {
                MIRRORED.put(product, all.toString(StandardCharsets.ISO_8859_1));
            }
            out.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })).port();
    }

    /** What a server gets of it is the same, to the byte. */
    @ParameterizedTest
    @ValueSource(strings = {
        "headers eh 1 :method: GET; :scheme: http; :authority: H.example:80; :path: /old/a?b=c; x: y; accept: */*",
        "headers eh 1 :method: GET; :scheme: https; :authority: h:443; :path: /a; host: h:443; x: y",
        "headers eh 1 :method: GET; :scheme: http; :path: /a; x: y; host: h",
        "headers eh 1 :path: /host; :method: GET; :authority: h; :scheme: http; x: y",
        "headers eh 1 :method: GET; :scheme: http; :authority: h; :path: /; cookie: a=1; x: y; cookie: b=2; cookie: c=3",
        "headers eh 1 :method: OPTIONS; :scheme: http; :authority: h; :path: *",
        "headers eh 1 :method: POST; :scheme: http; :authority: h; :path: /p",
        "headers eh 1 :method: POST; :scheme: http; :authority: h; :path: /p; content-length: 0",
        "headers eh 1 :method: DELETE; :scheme: http; :authority: h; :path: /p",
        "headers eh 1 :method: HEAD; :scheme: http; :authority: h; :path: /p; te: trailers",
        "headers eh 1 :method: WHAT; :scheme: http; :authority: h; :path: /p%20?q#",
        "headers eh 1 :method: GET; :scheme: ftp; :authority: h; :path: /p"})
    void serversGetTheSame(String request) throws IOException {
        Product.HAPROXY.needs();
        for (Proxy each : List.of(weir, haproxy)) {
            MIRRORED.remove(each.product());
            try (Client client = each.connect("mirrored")) {
                client.send(Frames.bytes("preface")).send(Frames.bytes(request));
                MIRRORED.put(each.product(), Frames.seen(client.socket(), QUIET_MS) + "\n"
                        + MIRRORED.getOrDefault(each.product(), "nothing"));
            }
        }
        assertEquals(MIRRORED.get(Product.HAPROXY), MIRRORED.get(Product.WEIR));
    }

    /** Answers each request once it is whole, and writes down all that it hears. */
    private static int origin(ByteArrayOutputStream heard) throws IOException {
        return STAGE.add(Origin.of((socket, in, out) -> {
            int rest = 0;
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                synchronized (heard) {
                    heard.write(c);
                }
                if (rest > 0) {
                    rest--;
                } else {
                    head.append((char) c);
                }
                String text = head.toString();
                boolean whole = text.endsWith("\r\n\r\n");
                if (whole && text.contains("content-length: ") && !text.contains("\0")) {
                    rest = Integer.parseInt(text.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                    head.append('\0');
                }
                boolean chunked = text.contains("chunked") && !(whole && text.contains("\r\n0\r\n"));
                if ((whole || text.contains("\0")) && rest == 0 && !chunked) {
                    out.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                    head.setLength(0);
                }
            }
        })).port();
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Http2OracleTest.class.getResourceAsStream("/h2/frames.rows")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : all.split("(?m)^== ")) {
                List<String> lines = block.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
                if (lines.isEmpty()) {
                    continue;
                }
                String port = "h2";
                List<String> sent = new ArrayList<>();
                String seen = "";
                String oracle = null;
                for (String line : lines.subList(1, lines.size())) {
                    String rest = line.length() > 2 ? line.substring(2) : "";
                    switch (line.charAt(0)) {
                        case '@' -> port = rest;
                        case '>' -> sent.add(rest);
                        case '=' -> seen = rest;
                        case '~' -> oracle = rest;
                        default -> throw new IllegalArgumentException(line);
                    }
                }
                rows.add(new Row(lines.getFirst(), port, sent, seen, oracle == null ? seen : oracle));
            }
        }
        return rows;
    }

    private static String play(Proxy proxy, Row row) {
        try (Client client = proxy.connect(row.port())) {
            String seen = "";
            for (String line : row.sent()) {
                if (line.equals("wait")) {
                    seen += Frames.seen(client.socket(), QUIET_MS) + " ";
                } else {
                    client.send(Frames.bytes(line));
                }
            }
            return (seen + Frames.seen(client.socket(), QUIET_MS)).trim();
        } catch (IOException e) {
            return "end";
        }
    }

    /** All conversations at once, since most of their time is waiting. */
    private static Map<String, String> playAll(Proxy proxy, List<Row> rows) throws IOException {
        Map<String, String> seen = new ConcurrentHashMap<>();
        try (var all = Executors.newFixedThreadPool(16)) {
            rows.forEach(row -> all.submit(() -> seen.put(row.name(), play(proxy, row))));
        }
        return new TreeMap<>(seen);
    }

    @TestFactory
    List<DynamicTest> answersAsItShould() throws IOException {
        List<Row> rows = rows();
        Map<String, String> ours = playAll(weir, rows);
        Map<String, String> theirs = haproxy == null ? Map.of() : playAll(haproxy, rows);
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : rows) {
            tests.add(DynamicTest.dynamicTest(row.name(), () -> {
                assertEquals(row.seen(), ours.get(row.name()), "Weir");
                if (haproxy != null && !row.oracle().equals("?")) {
                    assertEquals(row.oracle(), theirs.get(row.name()), "HAProxy");
                }
            }));
        }
        tests.add(DynamicTest.dynamicTest("nothing that was hidden has reached the server", () -> {
            String heard;
            synchronized (HEARD) {
                heard = HEARD.toString(StandardCharsets.ISO_8859_1);
            }
            assertTrue(heard.contains("GET /plain HTTP/1.1\r\n"));
            assertFalse(heard.contains("smuggled"), heard);
        }));
        return tests;
    }
}
