package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers added while traffic runs, consistent hashing, sticky cookies and websockets; releases phased in by weights: two
 * deployments that people run, with either product. Only addresses are other than in their files, and long timeouts.
 */
class ServersScenarioTest {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private static String file(String name) throws IOException {
        try (InputStream in = ServersScenarioTest.class.getResourceAsStream("/scenarios/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Tells its name, and echoes what comes over websockets. */
    private static Origin podinfo(String name) throws IOException {
        return Origin.of((socket, in, out) -> {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Matcher key = Pattern.compile("(?i)sec-websocket-key: *(\\S+)").matcher(head);
                if (key.find()) {
                    echo(key.group(1), in, out);
                    return;
                }
                out.write(("HTTP/1.1 200 OK\r\ncontent-length: " + name.length() + "\r\n\r\n" + name)
                        .getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    private static void echo(String key, InputStream in, OutputStream out) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
                    + "sec-websocket-accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        in.transferTo(out);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Head and body of the answer to a request of its own connection. */
    private static String ask(Proxy proxy, String port, String path, String... fields) throws IOException {
        try (Client client = proxy.connect(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "\r\n");
            InputStream in = client.socket().getInputStream();
            String head = head(in);
            Matcher length = LENGTH.matcher(head);
            assertTrue(length.find(), head);
            return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.US_ASCII);
        }
    }

    private static String lines(String... fields) {
        StringBuilder all = new StringBuilder();
        for (String field : fields) {
            all.append(field).append("\r\n");
        }
        return all.toString();
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String command(Proxy proxy, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port("api"))) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private Proxy dynamicServers(Product product, boolean cookies) throws IOException {
        product.needs(Part.START);
        Launch launch = product.launch();
        String text = file("dynamic-servers.cfg").replace("log stdout format raw local0 info", "")
                .replace("0.0.0.0:9999", "127.0.0.1:{port:api}").replace("*:8484", "127.0.0.1:{port:stats}")
                .replace("bind :8080", "bind 127.0.0.1:{port:web}").replace("10s", "1s");
        for (int i = 1; i <= 4; i++) {
            launch.port("p" + i, stage.add(podinfo("s" + i)).port());
            text = text.replace("podinfo" + i + ":9898", "127.0.0.1:{port:p" + i + "}");
        }
        if (cookies) {
            // the variant in the file's comment instead of the section below it
            int commented = text.indexOf("# backend webservers");
            int own = text.indexOf("\nbackend webservers");
            text = text.substring(0, commented) + text.substring(commented, own).replaceAll("(?m)^# ", "")
                    .replace("\n#", "\n");
            text = text.replaceAll("  # Use sticky.*\n|    # Use sticky.*\n", "").replaceAll("  stick.*\n", "");
        }
        return stage.add(launch.until("web").start(text));
    }

    @ParameterizedTest
    @EnumSource
    void keysKeepTheirServersWhenOneIsAdded(Product product) throws IOException {
        Proxy proxy = dynamicServers(product, false);
        Map<String, String> known = Map.of("abc121", "s1", "abc123", "s3", "abc124", "s2", "abc128", "s1", "abc129", "s2");
        for (Map.Entry<String, String> each : known.entrySet()) {
            assertEquals(each.getValue(), body(ask(proxy, "web", "/", "X-Session-ID: " + each.getKey())), each.getKey());
        }
        Map<String, String> before = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            before.put("key" + i, body(ask(proxy, "web", "/", "X-Session-ID: key" + i)));
        }
        assertEquals("New server registered.", command(proxy, "add server webservers/s4 127.0.0.1:" + proxy.port("p4")));
        assertEquals("Already exists a server with the same name in backend.", command(proxy,
                "add server webservers/s4 127.0.0.1:" + proxy.port("p4")));
        assertEquals("", command(proxy, "enable server webservers/s4"));
        int moved = 0;
        for (Map.Entry<String, String> each : before.entrySet()) {
            String now = body(ask(proxy, "web", "/", "X-Session-ID: " + each.getKey()));
            assertTrue(now.equals(each.getValue()) || now.equals("s4"), each.getKey() + " went to " + now);
            moved += now.equals("s4") ? 1 : 0;
        }
        assertTrue(moved > 5 && moved < 30, moved + " of 60 keys moved");
        assertEquals("Only servers in maintenance mode can be deleted.", command(proxy, "del server webservers/s4"));
        command(proxy, "disable server webservers/s4");
        Wait.until(8, () -> "s4 cannot be deleted", () -> command(proxy, "del server webservers/s4").equals("Server deleted."));
        assertEquals("No such server.", command(proxy, "del server webservers/s4"));
        before.forEach((key, server) -> {
            try {
                assertEquals(server, body(ask(proxy, "web", "/", "X-Session-ID: " + key)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** The ring is walked point by point, so that the order is its own and each server has its turns. */
    @ParameterizedTest
    @EnumSource
    void withoutTheHeaderTheRingIsWalked(Product product) throws IOException {
        Proxy proxy = dynamicServers(product, false);
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            servers.append(body(ask(proxy, "web", "/")).charAt(1));
        }
        assertEquals("332131123111223133231233121323", servers.toString());
    }

    @ParameterizedTest
    @EnumSource
    void websocketsStayWithTheirServerAndIdleOnesAreCut(Product product) throws IOException {
        Proxy proxy = dynamicServers(product, false);
        try (Client client = proxy.connect("web")) {
            client.send("GET /ws/echo HTTP/1.1\r\nHost: h\r\nX-Session-ID: abc123\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            InputStream in = client.socket().getInputStream();
            String head = head(in).toLowerCase();
            assertTrue(head.startsWith("http/1.1 101 ") && head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), head);
            for (String word : new String[] {"one", "and two"}) {
                client.send(word);
                assertEquals(word, new String(in.readNBytes(word.length()), StandardCharsets.US_ASCII));
            }
            String row = row(command(proxy, "show stat"), "webservers,s3,");
            assertTrue(row.contains(","), row);
            assertEquals("1", row.split(",")[4], "it is with s3: " + row);
            long began = System.nanoTime();
            assertEquals(-1, in.read());
            long ms = (System.nanoTime() - began) / 1_000_000;
            assertTrue(ms > 700 && ms < 4000, "cut after " + ms + " ms");
        }
    }

    private static String row(String table, String start) {
        for (String line : table.split("\n")) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError(start + " is not in " + table);
    }

    /** HAProxy 2.6 takes no cookie for added servers. */
    @Test
    void cookiesLeadToAddedServersToo() throws IOException {
        Proxy proxy = dynamicServers(Product.WEIR, true);
        Map<String, Integer> turns = new TreeMap<>();
        for (int i = 0; i < 9; i++) {
            String answer = ask(proxy, "web", "/");
            turns.merge(body(answer), 1, Integer::sum);
            assertTrue(answer.toLowerCase().contains("set-cookie: sessionid=" + body(answer) + "; path=/"), answer);
        }
        assertEquals("{s1=3, s2=3, s3=3}", turns.toString());
        assertEquals("New server registered.", command(proxy, "add server webservers/s4 127.0.0.1:" + proxy.port("p4")
                + " cookie s4"));
        assertFalse(body(ask(proxy, "web", "/", "Cookie: SESSIONID=s4")).equals("s4"), "it is in maintenance");
        command(proxy, "enable server webservers/s4");
        for (int i = 0; i < 3; i++) {
            String answer = ask(proxy, "web", "/", "Cookie: SESSIONID=s4");
            assertEquals("s4", body(answer));
            assertFalse(answer.toLowerCase().contains("set-cookie"), answer);
        }
        turns.clear();
        for (int i = 0; i < 12; i++) {
            turns.merge(body(ask(proxy, "web", "/")), 1, Integer::sum);
        }
        assertEquals("{s1=3, s2=3, s3=3, s4=3}", turns.toString());
    }

    private Proxy phased(Product product) throws IOException {
        product.needs(Part.START);
        Origin origin = stage.add(podinfo("app"));
        String text = file("phased-cutover.cfg").replace("  daemon\n", "").replace("/var/run/haproxy.sock", "{dir}/sock level admin")
                .replace("/var/run/", "{dir}/").replace("bind :8080", "bind 127.0.0.1:{port:one}")
                .replace("bind :8081", "bind 127.0.0.1:{port:two}").replace("bind :8181", "bind 127.0.0.1:{port:stats}");
        return stage.add(product.launch().with("SERVER", "127.0.0.1:" + origin.port()).with("APP_NAME", "phased").until("two")
                .start(text));
    }

    /** How often each server answered, by the header that names it. */
    private static Map<String, Integer> served(Proxy proxy, String port, int count, String... fields) throws IOException {
        Map<String, Integer> all = new TreeMap<>();
        Pattern by = Pattern.compile("(?i)proudly-served-by: *(.*?)\r\n");
        for (int i = 0; i < count; i++) {
            String answer = ask(proxy, port, "/", fields);
            Matcher name = by.matcher(answer);
            String last = "nobody";
            while (name.find()) {
                last = name.group(1);
            }
            all.merge(last, 1, Integer::sum);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void releasesArePhasedInByWeights(Product product) throws IOException {
        Proxy proxy = phased(product);
        assertEquals("{srv0-build-a=90, srv0-build-b=10, srv1-build-a=90, srv1-build-b=10}", served(proxy, "one", 200).toString());
        Map<String, Integer> nested = served(proxy, "two", 100);
        assertEquals("[45, 45, 5, 5]", nested.values().stream().sorted(java.util.Comparator.reverseOrder()).toList().toString(),
                nested.toString());
        Map<String, Integer> sticky = served(proxy, "two", 20, "Cookie: apprel=b");
        assertEquals("[10, 10]", sticky.values().toString(), sticky.toString());
        assertTrue(sticky.toString().matches(".*srv0-build-b.*srv1-build-b.*"), sticky.toString());
        Path socket = proxy.directory().resolve("sock");
        assertEquals("", CommandSocket.ask(socket, "set server app/srv0-build-b weight 15").strip());
        assertEquals("15 (initial 10)", CommandSocket.ask(socket, "get weight app/srv0-build-b").strip());
    }

    @ParameterizedTest
    @EnumSource
    void aServerWithoutWeightIsForThoseWhoAreSentThere(Product product) throws IOException {
        product.needs(Part.START);
        Launch launch = product.launch().port("a", stage.add(podinfo("a")).port()).port("b", stage.add(podinfo("b")).port());
        Proxy proxy = stage.add(launch.start("""
                defaults
                    mode http
                    timeout client 2s
                    timeout server 2s
                    timeout connect 2s
                listen l
                    bind 127.0.0.1:{port:l}
                    balance roundrobin
                    use-server b if { path /test }
                    server a 127.0.0.1:{port:a}
                    server b 127.0.0.1:{port:b} weight 0
                """));
        for (int i = 0; i < 6; i++) {
            assertEquals("a", body(ask(proxy, "l", "/")));
            assertEquals("b", body(ask(proxy, "l", "/test")));
        }
    }
}
