package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sticky sessions shared by two load balancers and kept over reloads: the deployment that somebody runs, with either product. */
class PeersScenarioTest {

    private final Stage stage = new Stage();
    private final Map<String, Integer> ports = new TreeMap<>();
    private String configuration;

    @BeforeEach
    void prepare() throws IOException {
        String text;
        try (InputStream in = PeersScenarioTest.class.getResourceAsStream("/scenarios/peers.cfg")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        text = text.replaceAll("(?m)^  (log /dev/log.*|chroot.*|user .*|group .*|daemon)$", "")
                .replace("/run/haproxy/admin.sock", "{dir}/cli").replace("0.0.0.0:8404", "127.0.0.1:{port:admin}")
                .replace("0.0.0.0:80", "127.0.0.1:{port:http}").replace("192.168.33.11:1024", "127.0.0.1:{port:one}")
                .replace("192.168.33.12:1024", "127.0.0.1:{port:two}");
        for (int i = 1; i <= 7; i++) {
            String name = "be" + i;
            Origin origin = stage.add(Origin.named("HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\n" + name));
            text = text.replace("192.168.33.10:808" + i, "127.0.0.1:" + origin.port());
        }
        configuration = text;
    }

    @AfterEach
    void clear() throws Exception {
        stage.clear();
    }

    private Proxy begin(Product product, String name) throws IOException {
        Launch launch = product.launch();
        for (String port : new String[] {"one", "two"}) {
            launch.port(port, ports.computeIfAbsent(port, launch::port));
        }
        Proxy proxy = launch.until("http").start(configuration, "-L", name);
        Wait.until(15, () -> "servers are down", () -> {
            String rows = CommandSocket.ask(cli(proxy), "show stat back-session 4 -1");
            return rows.split("L7OK").length > 7;
        });
        return proxy;
    }

    private static Path cli(Proxy proxy) {
        return proxy.directory().resolve("cli");
    }

    private static String session(int number) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(("_" + number).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which servers answer these sessions. */
    private static String ask(Proxy proxy, int first, int last) throws IOException {
        StringBuilder servers = new StringBuilder();
        for (int i = first; i <= last; i++) {
            try (Client client = proxy.connect("http")) {
                client.send("GET / HTTP/1.0\r\nCookie: c1=1; c2=2; JSESSIONID=" + session(i) + "\r\n\r\n");
                String answer = client.readAll();
                servers.append(servers.isEmpty() ? "" : " ").append(answer.substring(Math.max(0, answer.length() - 1)));
            }
        }
        return servers.toString();
    }

    private static void awaitConnected(Proxy proxy) {
        Wait.until(15, () -> "no session", () -> CommandSocket.ask(cli(proxy), "show info")
                .contains("ConnectedPeers: 1\n"));
    }

    private static void awaitEntries(Proxy proxy, int count) {
        Wait.until(15, () -> "entries are missing", () -> CommandSocket.ask(cli(proxy), "show table back-session")
                .contains("used:" + count + "\n"));
    }

    @ParameterizedTest
    @CsvSource({"WEIR,WEIR", "WEIR,HAPROXY", "HAPROXY,WEIR"})
    void bothSendASessionToTheSameServer(Product first, Product second) throws Exception {
        Proxy a = stage.add(begin(first.needs(), "haproxy-1"));
        try (Proxy b = begin(second.needs(), "haproxy-2")) {
            awaitConnected(a);
            assertEquals("1 2 3 4 5", ask(a, 1, 5));
            assertEquals("1 2 3 4 5", ask(a, 1, 5));
            awaitEntries(b, 5);
            assertEquals("1 2 3 4 5", ask(b, 101, 105));
            awaitEntries(a, 10);
            assertEquals("1 2 3 4 5", ask(a, 101, 105));
            assertEquals("6 7 1 2 3", ask(a, 21, 25));
            awaitEntries(b, 15);
            assertEquals("6 7 1 2 3", ask(b, 21, 25));
        }
        if (first == Product.WEIR) {
            a.signal("HUP");
            assertEquals("6 7 1 2 3", ask(a, 21, 25));
            assertEquals("1 2 3 4 5", ask(a, 1, 5));
        }
        String table = CommandSocket.ask(cli(a), "show table back-session");
        assertTrue(table.contains("used:15\n") && table.contains("server_id=6 server_key=be6"), table);
        Proxy again = stage.add(begin(second, "haproxy-2"));
        awaitEntries(again, 15);
        assertTrue(CommandSocket.ask(cli(a), "show peers").contains("last_status=ESTA"));
        assertEquals("6 7 1 2 3", ask(again, 21, 25));
        assertEquals("1 2 3 4 5", ask(again, 101, 105));
    }

    /** Items 6 and 7: a server that goes, and reloads however soon and often. */
    @ParameterizedTest
    @CsvSource({"WEIR"})
    void noDecisionChangesOverReloads(Product product) throws Exception {
        Proxy a = stage.add(begin(product, "haproxy-1"));
        Proxy b = stage.add(begin(product, "haproxy-2"));
        awaitConnected(a);
        assertEquals("1 2 3 4 5 6 7", ask(a, 1, 7));
        for (int i = 0; i < 50; i++) {
            a.signal("HUP");
            assertEquals("1 2 3 4 5 6 7", ask(a, 1, 7));
        }
        awaitEntries(b, 7);
        assertEquals("1 2 3 4 5 6 7", ask(b, 1, 7));
        CommandSocket.ask(cli(a), "disable server back-session/be2");
        String other = ask(a, 2, 2);
        assertTrue(!other.equals("2") && !other.isEmpty(), other);
        // asking it too early would tell the old server back
        Wait.until(10, () -> "the other was not told", () -> CommandSocket.ask(cli(b), "show table back-session key "
                + session(2)).contains("server_key=be" + other));
        assertEquals(other, ask(b, 2, 2));
        assertEquals("1 " + other + " 3 4 5 6 7", ask(a, 1, 7));
    }
}
