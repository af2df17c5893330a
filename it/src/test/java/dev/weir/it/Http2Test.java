package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Frames;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HTTP/2 with clients and with servers: tunnels, trailers, streams in both directions, rules, limits, ends. The chain is
 * HTTP/2 to HTTP/2 to HTTP/1 inside one process.
 */
class Http2Test {

    private static final int QUIET_MS = 500;
    private static final String FILE = """
            global
                tune.h2.fe.max-concurrent-streams 50
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
                timeout tunnel 5s
                timeout http-keep-alive 700ms
                log stdout format raw local0
                option httplog
            frontend direct
                bind 127.0.0.1:{port:direct} proto h2
                acl denied path_beg /deny
                http-request deny if denied
                http-request return status 200 content-type text/plain lf-string "%[fc_http_major] %[req.ver] %[req.hdr(host)] %[path] %[req.cook(b)] %[url]" if { path_beg /tell }
                http-request track-sc0 src table counts
                http-request return status 200 content-type text/plain lf-string "%[sc0_http_req_cnt(counts)]" if { path /count }
                http-request set-var(sess.seen) str(x),concat(,sess.seen) if { path /session }
                http-request return status 200 content-type text/plain lf-string "%[var(sess.seen)]" if { path /session }
                tcp-request connection track-sc1 src table odd
                http-request return status 200 content-type text/plain lf-string "%[fc_glitches] %[sc1_glitch_cnt(odd)]" if { path /glitches }
                http-request redirect location /elsewhere if { path /redirect }
                stats enable
                stats uri /stats
                default_backend origin
            frontend chain
                bind 127.0.0.1:{port:chain}
                default_backend second
            backend second
                http-reuse always
                server s 127.0.0.1:{port:inner} proto h2
            frontend apart
                bind 127.0.0.1:{port:apart}
                use_backend forced if { path /forced }
                default_backend plain
            backend plain
                # what speaks only HTTP/1 gets websockets over that, whatever else it is said to speak
                server s 127.0.0.1:{port:origin} proto h2 ws h1
            backend forced
                server s 127.0.0.1:{port:inner} ws h2
            frontend inner
                bind 127.0.0.1:{port:inner} proto h2
                default_backend origin
            backend origin
                server s 127.0.0.1:{port:origin}
            backend odd
                stick-table type ip size 100 store glitch_cnt
            backend counts
                stick-table type ip size 100 store http_req_cnt
            """;

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @BeforeAll
    static void start() throws IOException {
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.contains("upgrade: websocket")) {
                    assertTrue(head.contains("sec-websocket-key: "), head);
                    out.write(("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                            + "sec-websocket-accept: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    in.transferTo(out);
                } else if (head.startsWith("CONNECT")) {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    in.transferTo(out);
                } else if (head.startsWith("GET /early")) {
                    out.write(("HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
                            .getBytes(StandardCharsets.US_ASCII));
                } else if (head.startsWith("HEAD")) {
                    out.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else if (head.startsWith("GET /none")) {
                    out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else if (head.startsWith("POST /stream")) {
                    // what comes goes back at once, chunk by chunk
                    out.write(("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: grpc-status\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    for (String size = line(in); !size.equals("0"); size = line(in)) {
                        byte[] chunk = in.readNBytes(Integer.parseInt(size, 16));
                        line(in);
                        out.write((size + "\r\n").getBytes(StandardCharsets.US_ASCII));
                        out.write(chunk);
                        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    String trailer = line(in);
                    while (!trailer.isEmpty() && !line(in).isEmpty()) {
                        // the last one tells enough
                    }
                    out.write(("0\r\ngrpc-status: 0\r\nx-got: " + trailer + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                } else {
                    String told = head.lines().findFirst().orElse("") + (head.contains("cookie: ")
                            ? head.replaceAll("(?s).*(cookie: [^\r]*).*", " $1") : "");
                    out.write(("HTTP/1.1 200 OK\r\ncontent-length: " + told.length() + "\r\n\r\n" + told)
                            .getBytes(StandardCharsets.US_ASCII));
                }
            }
        })).port();
        proxy = STAGE.add(Product.WEIR.launch().port("origin", origin).start(FILE));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String play(String port, String... lines) throws IOException {
        try (Client client = proxy.connect(port)) {
            StringBuilder seen = new StringBuilder();
            client.send(Frames.bytes("preface"));
            for (String line : lines) {
                if (line.equals("wait")) {
                    seen.append(Frames.seen(client.socket(), QUIET_MS)).append(' ');
                } else {
                    client.send(Frames.bytes(line));
                }
            }
            return seen.append(Frames.seen(client.socket(), QUIET_MS)).toString().trim();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/tell | 1:200 1:data:#28.", "/deny | 1:403 1:data:#93.", "/count | 1:200 1:data:1.",
        "/session | 1:200 1:data:x.", "/redirect | 1:302.", "/early | 1:103 1:200 1:data:ok.", "/none | 1:204.",
        "/plain | 1:200 1:data:GET /plain HTTP/1.1."})
    void answers(String path, String seen) throws IOException {
        String all = play("direct", "get 1 " + path);
        String found = path.equals("/count") ? all.replaceAll("data:\\d+", "data:1") : all;
        assertEquals(seen, found);
    }

    @Test
    void joinsCookies() throws IOException {
        assertEquals("1:200 1:data:#32.", play("direct",
                "headers eh 1 :method: GET; :scheme: http; :authority: h; :path: /c; cookie: a=1; cookie: b=2"));
        try (Client client = proxy.connect("direct")) {
            client.send(Frames.bytes("preface")).send(Frames.bytes(
                    "headers eh 1 :method: GET; :scheme: http; :authority: h; :path: /c; cookie: a=1; cookie: b=2"));
            StringBuilder all = new StringBuilder();
            while (all.indexOf("b=2") < 0) {
                all.append(client.read(1));
            }
            assertTrue(all.toString().endsWith("GET /c HTTP/1.1 cookie: a=1; b=2"), all.toString());
        }
    }

    /** What a session has is the same for all its streams. */
    @Test
    void streamsShareTheirSession() throws IOException {
        assertEquals("1:200 1:data:x. 3:200 3:data:xx.", play("direct", "get 1 /session", "wait", "get 3 /session"));
    }

    @Test
    void aHeadHasNoBody() throws IOException {
        assertEquals("1:200.", play("direct", "headers eh 1 :method: HEAD; :scheme: http; :authority: h; :path: /"));
    }

    @ParameterizedTest
    @CsvSource({"direct, /ws", "chain, /ws", "apart, /ws", "apart, /forced"})
    void websocketsOverBoth(String port, String path) throws IOException {
        assertEquals("1:200 1:data:hello 1:data:bye.", play(port,
                "headers h 1 :method: CONNECT; :protocol: websocket; :scheme: http; :authority: h; :path: " + path + "; "
                        + "sec-websocket-version: 13", "wait", "data - 1 hello", "wait", "data e 1 bye")
                .replaceAll(" +", " ").replace("1:data:bye 1:data:.", "1:data:bye."));
    }

    /** A websocket of HTTP/1 through HTTP/2: the proof is that of the key. */
    @Test
    void websocketsOfTheOtherVersion() throws IOException {
        try (Client client = proxy.connect("chain")) {
            client.send("GET /ws HTTP/1.1\r\nhost: h\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                    + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n");
            String head = head(client.socket().getInputStream());
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertTrue(head.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
            client.send("hello");
            assertEquals("hello", client.read(5));
            client.endOutput();
            assertEquals("", client.readAll());
        }
    }

    @ParameterizedTest
    @CsvSource({"direct", "chain"})
    void connects(String port) throws IOException {
        assertEquals("1:200 1:data:hello", play(port, "headers h 1 :method: CONNECT; :authority: h:80", "wait",
                "data - 1 hello").replaceAll(" +", " "));
    }

    /** As gRPC does it: messages both ways while neither has ended, and trailers behind them. */
    @ParameterizedTest
    @CsvSource({"direct", "chain"})
    void streamsBothWays(String port) throws IOException {
        assertEquals("1:200 1:data:one 1:data:two 1:trailers.", play(port,
                "headers h 1 :method: POST; :scheme: http; :authority: h; :path: /stream; te: trailers; "
                        + "content-type: application/grpc", "data - 1 one", "wait", "data - 1 two", "wait",
                "headers eh 1 x-last: y").replaceAll(" +", " "));
    }

    /** Nothing under way for the time of keep-alive: a goodbye, not a reset. */
    @Test
    void saysGoodbyeToTheIdle() throws IOException {
        try (Client client = proxy.connect("direct")) {
            client.send(Frames.bytes("preface")).send(Frames.bytes("get 1 /plain"));
            assertEquals("1:200 1:data:GET /plain HTTP/1.1. GOAWAY:NO_ERROR end", Frames.seen(client.socket(), 2000));
        }
    }

    @Test
    void rapidResetsEndTheConnection() throws IOException {
        try (Client client = proxy.connect("direct")) {
            client.send(Frames.bytes("preface"));
            String seen = "";
            for (int i = 0; i < 4000 && !seen.endsWith("end"); i += 200) {
                for (int j = 0; j < 200; j++) {
                    int stream = 2 * (i + j) + 1;
                    client.send(Frames.bytes("get " + stream + " /plain"));
                    client.send(Frames.bytes("frame RST_STREAM 0 " + stream + " 00000008"));
                }
                seen = Frames.seen(client.socket(), 20);
            }
            // all may be sent before a busy machine has looked at half of it
            seen = seen.endsWith("end") ? seen : Frames.seen(client.socket(), 2000);
            assertTrue(seen.endsWith("end"), seen);
        } catch (IOException closed) {
            // that is an end too
        }
        assertEquals("1:200 1:data:GET /plain HTTP/1.1.", play("direct", "get 1 /plain"));
    }

    /** A hundred streams at once from a client that others have written. */
    @ParameterizedTest
    @CsvSource({"direct", "chain"})
    void servesOtherClients(String port) throws IOException {
        String h2load = Tools.find("h2load") == null ? null : "h2load";
        org.junit.jupiter.api.Assumptions.assumeTrue(h2load != null, "h2load is not installed");
        Finished load = Finished.of(List.of(h2load, "-n", "2000", "-c", "4", "-m", "40",
                "http://127.0.0.1:" + proxy.port(port) + "/plain"));
        assertTrue(load.out().contains("status codes: 2000 2xx"), load.out());
    }

    @Test
    void stopsSoftly() throws Exception {
        Proxy other = Product.WEIR.start("""
                defaults
                    mode http
                    timeout client 5s
                frontend f
                    bind 127.0.0.1:{port:f} proto h2
                    http-request return status 200
                """);
        try (Client client = other.connect("f")) {
            client.send(Frames.bytes("preface")).send(Frames.bytes("get 1 /"));
            assertEquals("1:200.", Frames.seen(client.socket(), QUIET_MS));
            other.signal("USR1");
            assertEquals("GOAWAY:NO_ERROR end", Frames.seen(client.socket(), 2000));
            assertEquals(0, other.awaitExit());
        }
    }

    /** Who answers when it is asked whether it is there may stay beyond its time; who does not is left. */
    @Test
    void asksTheIdle() throws Exception {
        java.util.concurrent.atomic.AtomicInteger asked = new java.util.concurrent.atomic.AtomicInteger();
        int server = STAGE.add(Origin.of((socket, in, out) -> {
            out.write(Frames.bytes("frame SETTINGS 0 0"));
            out.write(Frames.bytes("frame SETTINGS 1 0"));
            in.readNBytes(24);
            java.io.DataInputStream frames = new java.io.DataInputStream(in);
            while (true) {
                byte[] payload = new byte[frames.readUnsignedByte() << 16 | frames.readUnsignedShort()];
                int type = frames.readUnsignedByte();
                int flags = frames.readUnsignedByte();
                int stream = frames.readInt();
                frames.readFully(payload);
                if (type == 1) {
                    out.write(Frames.bytes("headers eh " + stream + " :status: 200"));
                } else if (type == 6 && flags == 0) {
                    asked.incrementAndGet();
                }
            }
        })).port();
        try (Proxy other = Product.WEIR.launch().port("server", server).start("""
                defaults
                    mode http
                    timeout client 1500ms
                    timeout server 5s
                    timeout connect 1s
                frontend f
                    bind 127.0.0.1:{port:f} proto h2 idle-ping 500ms
                    default_backend b
                backend b
                    server s 127.0.0.1:{port:server} proto h2 idle-ping 100ms
                """); Client silent = other.connect("f")) {
            silent.send(Frames.bytes("preface"));
            assertEquals("PING GOAWAY:NO_ERROR end", Frames.seen(silent.socket(), 1400));
            Client alive = STAGE.add(other.connect("f"));
            alive.send(Frames.bytes("preface")).send(Frames.bytes("get 1 /"));
            assertTrue(Frames.seen(alive.socket(), 100).startsWith("1:200."));
            for (int i = 0; i < 12; i++) {
                alive.send(Frames.bytes("frame PING 1 0 0000000000000000"));
                String seen = Frames.seen(alive.socket(), 150);
                assertTrue(!seen.contains("GOAWAY"), seen);
            }
            Wait.until(2, () -> "the server was not asked", () -> asked.get() > 0);
        }
    }

    /** Checks ask in the version that the server's line says, and one that is not spoken there fails. */
    @Test
    void checksServers() throws Exception {
        Proxy other = STAGE.add(Product.WEIR.start("""
                defaults
                    mode http
                    timeout client 5s
                    timeout server 5s
                    timeout connect 1s
                frontend stats
                    bind 127.0.0.1:{port:stats}
                    stats enable
                    stats uri /
                backend b
                    option httpchk GET /health
                    server same 127.0.0.1:{port:f} proto h2 check inter 100ms
                    server apart 127.0.0.1:{port:f} check check-proto h2 inter 100ms
                    server wrong 127.0.0.1:{port:f} check inter 100ms
                backend sick
                    option httpchk GET /sick
                    server s 127.0.0.1:{port:f} proto h2 check inter 100ms
                backend script
                    option httpchk
                    http-check connect proto h2
                    http-check send meth POST uri /health body abc
                    http-check expect string fine
                    server s 127.0.0.1:{port:f} check inter 100ms
                frontend f
                    bind 127.0.0.1:{port:f} proto h2
                    http-request return status 200 content-type text/plain string fine if { path /health }
                    http-request return status 503
                """));
        String wanted = "b/same=L7OK b/apart=L7OK b/wrong=L7RSP sick/s=L7STS script/s=L7OK";
        Wait.until(5, () -> "not all checks are as they should be", () -> states(other).equals(wanted));
    }

    /** A server that does not say that it takes websockets is not asked for one. */
    @Test
    void websocketsAreAskedOnlyOfWhoTakesThem() throws Exception {
        Proxy other = STAGE.add(Product.WEIR.start("""
                global
                    h2-workaround-bogus-websocket-clients
                defaults
                    mode http
                    timeout client 5s
                    timeout server 5s
                    timeout connect 1s
                frontend f
                    bind 127.0.0.1:{port:f}
                    default_backend b
                backend b
                    server s 127.0.0.1:{port:g} proto h2
                frontend g
                    bind 127.0.0.1:{port:g} proto h2
                    http-request return status 200
                """));
        try (Client client = other.connect("f")) {
            client.send("GET /ws HTTP/1.1\r\nhost: h\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                    + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n");
            assertEquals("HTTP/1.1 502", client.read(12));
        }
        try (Client client = other.connect("f")) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
            assertEquals("HTTP/1.1 200", client.read(12));
        }
    }

    /** A request that is none costs its stream, and is remembered of its connection and its client. */
    @Test
    void countsGlitches() throws IOException {
        String seen = play("direct", "headers eh 1 :method: GET", "get 3 /glitches");
        assertTrue(seen.matches("1:PROTOCOL_ERROR 3:200 3:data:1 [1-9]\\d*\\."), seen);
    }

    private static String states(Proxy other) throws IOException {
        try (Client client = other.connect("stats")) {
            StringBuilder states = new StringBuilder();
            client.send("GET /;csv HTTP/1.0\r\n\r\n").readAll().lines().map(line -> line.split(","))
                    .filter(row -> row.length > 36 && row[36].matches("L\\d.*"))
                    .forEach(row -> states.append(row[0]).append('/').append(row[1]).append('=').append(row[36])
                            .append(' '));
            return states.toString().trim();
        }
    }
}
