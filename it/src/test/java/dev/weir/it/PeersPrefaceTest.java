package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes before the greeting of peers: PROXY headers and SOCKS4 proxies. */
class PeersPrefaceTest {

    private static final String HELLO = "HAProxyS 2.1\n%s\nme ";
    private static final String V2 = "\r\n\r\n\0\r\nQUIT\n \0\0\0";
    private static final String SOCKS = "\4\1PORT\177\0\0\1HAProxy\0";
    private static final String FILE = """
            global
                stats socket {dir}/cli level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
            frontend f
                bind 127.0.0.1:{port:f}
            backend t
                stick-table type ip size 10 peers p
            peers p
                bind 127.0.0.1:{port:me} accept-proxy
                server me
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    /** HAProxy 2.6 does so for encrypted peers only, the manual knows no such difference. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void comesBeforeTheGreeting(Product product) throws Exception {
        String secure = product == Product.HAPROXY ? " ssl verify none" : "";
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("send-proxy", "PROXY UNKNOWN\r\n");
        rows.put("send-proxy-v2", V2);
        rows.put("socks4 127.0.0.1:PORT", SOCKS);
        rows.put("socks4 127.0.0.1:PORT send-proxy", SOCKS + "|PROXY UNKNOWN\r\n");
        StringBuilder lines = new StringBuilder(product == Product.HAPROXY ? FILE.replace(" accept-proxy", "") : FILE);
        ServerSocket[] doors = new ServerSocket[rows.size()];
        int at = 0;
        try {
            for (String line : rows.keySet()) {
                doors[at] = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                String port = Integer.toString(doors[at].getLocalPort());
                lines.append("    server p").append(at++).append(" 127.0.0.1:").append(port).append(' ')
                        .append(line.replace("PORT", port)).append(secure).append('\n');
            }
            stage.add(product.launch().until("f").start(lines.toString(), "-L", "me"));
            at = 0;
            for (String expected : rows.values()) {
                try (Socket socket = doors[at].accept(); Client client = new Client(socket)) {
                    int port = doors[at].getLocalPort();
                    for (String part : expected.replace("PORT", "" + (char) (port >> 8) + (char) (port & 0xff)).split("\\|")) {
                        byte[] heard = socket.getInputStream().readNBytes(part.length());
                        assertEquals(part, new String(heard, StandardCharsets.ISO_8859_1));
                        if (part.charAt(0) == 4) {
                            client.send("\0Z\0\0\0\0\0\0");
                        }
                    }
                    String hello = secure.isEmpty() ? HELLO.formatted("p" + at) : "\26\3\1";
                    assertEquals(hello, client.read(hello.length()));
                }
                at++;
            }
        } finally {
            for (ServerSocket door : doors) {
                if (door != null) {
                    door.close();
                }
            }
        }
    }

    @Test
    void whoCallsSaysWhoHeIs() throws Exception {
        Launch launch = Product.WEIR.launch().until("f");
        Proxy proxy = stage.add(launch.start(FILE + "    server p0 127.0.0.1:1\n", "-L", "me"));
        String hello = "HAProxyS 2.1\nme\np0 1 1\n";
        try (Client client = new Client(new Socket(InetAddress.getLoopbackAddress(), launch.port("me")))) {
            assertEquals("200\n", client.send("PROXY TCP4 1.2.3.4 5.6.7.8 9 10\r\n" + hello).read(4));
            String peers = CommandSocket.ask(proxy.directory().resolve("cli"), "show peers");
            assertTrue(peers.contains("xprt=RAW src=1.2.3.4:9 addr=5.6.7.8:10\n"), peers);
        }
        for (String wrong : List.of(hello, "PROXY TCP4 x\r\n" + hello)) {
            try (Client client = new Client(new Socket(InetAddress.getLoopbackAddress(), launch.port("me")))) {
                assertEquals("", client.send(wrong).readAll());
            }
        }
    }
}
