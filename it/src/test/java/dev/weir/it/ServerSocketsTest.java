package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.SocketOptions;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How connections to servers are made: where from, through what, with which options. The origin says who came and
 * then echoes, so that a client reads what its server saw.
 */
@ParameterizedClass
@EnumSource(Product.class)
class ServerSocketsTest {

    private static final int TCP = 6;
    private static final String CLIENT = "127.0.0.77";
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static int originPort;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START);
        originPort = STAGE.add(Origin.of((socket, in, out) -> {
            InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
            out.write((peer.getAddress().getHostAddress() + ":" + peer.getPort() + " ")
                    .getBytes(StandardCharsets.US_ASCII));
            in.transferTo(out);
        })).port();
        int socks = STAGE.add(Origin.of(ServerSocketsTest::socks4)).port();
        var launch = product.launch().port("origin", originPort).port("socks", socks);
        int offset = launch.port("target") - launch.port("shifted");
        proxy = STAGE.add(launch.start("""
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                    retries 1
                listen plain
                    bind 127.0.0.1:{port:plain}
                    server s 127.0.0.1:{port:origin}
                listen source
                    bind 127.0.0.1:{port:source}
                    server s 127.0.0.1:{port:origin} source 127.0.0.5
                listen backend_source
                    bind 127.0.0.1:{port:backend_source}
                    source 127.0.0.6
                    server s 127.0.0.1:{port:origin}
                listen both
                    bind 127.0.0.1:{port:both}
                    source 127.0.0.6
                    server s 127.0.0.1:{port:origin} source 127.0.0.7
                listen range
                    bind 127.0.0.1:{port:range}
                    server s 127.0.0.1:{port:origin} source 127.0.0.8:{port:low}-{port:high}
                listen device
                    bind 127.0.0.1:{port:device}
                    server s 127.0.0.1:{port:origin} source 127.0.0.9 interface lo
                listen foreign
                    bind 127.0.0.1:{port:foreign}
                    retries 0
                    server s 127.0.0.1:{port:origin} source 192.0.2.1
                listen socks
                    bind 127.0.0.1:{port:in_socks}
                    server s 127.0.0.1:{port:origin} socks4 127.0.0.1:{port:socks}
                listen socks_denied
                    bind 127.0.0.1:{port:in_denied}
                    retries 0
                    server s 127.0.0.1:1 socks4 127.0.0.1:{port:socks}
                listen same_port
                    bind 127.0.0.2:{port:origin}
                    server s 127.0.0.1
                listen shifted
                    bind 127.0.0.1:{port:shifted}
                    server s 127.0.0.1:OFFSET
                listen target
                    bind 127.0.0.1:{port:target}
                    server s 127.0.0.1:{port:origin}
                listen back
                    bind 127.0.0.3:{port:target}
                    server s 127.0.0.1:BACK
                listen ut
                    bind 127.0.0.1:{port:ut}
                    server s 127.0.0.1:{port:origin} tcp-ut 1500 tfo
                listen unique
                    unique-id-format %ci-%cp-%rt
                    bind 127.0.0.1:{port:unique}
                    server s 127.0.0.1:{port:origin} send-proxy-v2 proxy-v2-options unique-id,crc32c
                listen no_unique
                    bind 127.0.0.1:{port:no_unique}
                    server s 127.0.0.1:{port:origin} send-proxy-v2 proxy-v2-options unique-id
                listen ssl
                    bind 127.0.0.1:{port:ssl}
                    server s 127.0.0.1:{port:origin} send-proxy-v2-ssl-cn proxy-v2-options authority,ssl-cipher
                """.replace("{port:low}-{port:high}", RANGE)
                        .replace("OFFSET", (offset < 0 ? "" : "+") + offset)
                        .replace("BACK", (offset < 0 ? "+" : "-") + Math.abs(offset)) + (product == Product.WEIR ? """
                listen tlv
                    bind 127.0.0.1:{port:tlv}
                    server s 127.0.0.1:{port:origin} send-proxy-v2 set-proxy-v2-tlv-fmt(0xE1) "a  b%ci"
                """ : "") + (isRoot() ? """
                listen clientip
                    bind 127.0.0.1:{port:clientip}
                    server s 127.0.0.1:{port:origin} source 0.0.0.0 usesrc clientip
                listen usesrc
                    bind 127.0.0.1:{port:usesrc}
                    server s 127.0.0.1:{port:origin} source 0.0.0.0 usesrc 127.0.0.99
                """ : "")));
    }

    /** Two ports below the range that the kernel takes for itself. */
    private static final String RANGE = "9321-9322";

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** A SOCKS4 proxy that denies port 1. */
    private static void socks4(Socket client, java.io.InputStream in, java.io.OutputStream out)
            throws IOException, InterruptedException {
        byte[] head = in.readNBytes(8);
        StringBuilder user = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            user.append((char) c);
        }
        int port = (head[2] & 0xff) << 8 | head[3] & 0xff;
        boolean good = head[0] == 4 && head[1] == 1 && port != 1 && user.toString().equals("HAProxy");
        out.write(new byte[] {0, (byte) (good ? 90 : 91), 0, 0, 0, 0, 0, 0});
        if (good) {
            try (Socket server = new Socket(InetAddress.getByAddress(new byte[] {head[4], head[5], head[6], head[7]}),
                    port)) {
                out.write("via ".getBytes(StandardCharsets.US_ASCII));
                Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                in.transferTo(server.getOutputStream());
                server.shutdownOutput();
                back.join();
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // the other direction ends as well
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @CsvSource({"plain, 127.0.0.1:\\d+ x", "source, 127.0.0.5:\\d+ x", "backend_source, 127.0.0.6:\\d+ x",
        "both, 127.0.0.7:\\d+ x", "device, 127.0.0.9:\\d+ x", "foreign, ''", "in_socks, via 127.0.0.1:\\d+ x",
        "in_denied, ''", "shifted, 127.0.0.1:\\d+ x", "ut, 127.0.0.1:\\d+ x"})
    void comesFrom(String listener, String seen) throws Exception {
        String got = asked(listener);
        assertTrue(got.matches(seen), got);
    }

    @ParameterizedTest
    @CsvSource({"clientip, 127.0.0.77:\\d+ x", "usesrc, 127.0.0.99:\\d+ x"})
    void borrowsAnAddress(String listener, String seen) throws Exception {
        Assumptions.assumeTrue(isRoot(), "only root may use foreign addresses");
        String got = asked(listener);
        assertTrue(got.matches(seen), got);
    }


    @Test
    void keepsThePortOfTheClientsDestination() throws Exception {
        try (Client client = new Client(new Socket(InetAddress.getByName("127.0.0.2"), originPort))) {
            assertTrue(client.send("x").endOutput().readAll().matches("127.0.0.1:\\d+ x"));
        }
    }

    /** Through the listener that shifts forth again: the port of the client's destination counts. */
    @Test
    void shiftsThePortBack() throws Exception {
        try (Client client = new Client(new Socket(InetAddress.getByName("127.0.0.3"), proxy.port("target")))) {
            assertTrue(client.send("x").endOutput().readAll().matches("127.0.0.1:\\d+ x"));
        }
    }

    /** Each port of the range serves one connection; a third has none; what is given back is used again. */
    @Test
    void drawsFromTheRange() throws Exception {
        TreeSet<String> seen = new TreeSet<>();
        try (Client first = proxy.connect("range"); Client second = proxy.connect("range")) {
            seen.add(first.read(14));
            seen.add(second.read(14));
            assertEquals("[127.0.0.8:9321, 127.0.0.8:9322]", seen.toString());
            try (Client third = proxy.connect("range")) {
                assertEquals("end", third.next(4000));
            }
        }
        assertTrue(asked("range").matches("127.0.0.8:932[12] x"));
    }

    /** Nothing was there to send when the server was connected, so that fast open was no use. */
    @ParameterizedTest
    @CsvSource({"18, 1500", "30, 0"})
    void setsOptions(int option, int expected) throws Exception {
        try (Client client = proxy.connect("ut")) {
            client.read(1);
            assertEquals(expected, SocketOptions.connection(proxy, originPort, TCP, option));
        }
    }

    @Test
    void carriesTheUniqueId() throws Exception {
        Tools.need("perl");
        String header = asked("unique");
        assertTrue(header.contains("\r\nQUIT\n!"), header);
        assertTrue(header.matches("(?s).*\\u0003\\u0000\\u0004....\\u0005\\u0000.127\\.0\\.0\\.77-\\d+-\\d+x"), header);
    }

    @ParameterizedTest
    @CsvSource({"no_unique, 05000078", "ssl, 200005000000000078"})
    void carriesWhatThereIs(String listener, String end) throws Exception {
        String hex = HexFormat.of().formatHex(asked(listener).getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(hex.endsWith(end), hex);
    }

    @ParameterizedTest
    @ValueSource(strings = "tlv")
    void carriesFormats(String listener) throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR, "2.6 does not know the word");
        String text = asked(listener);
        assertTrue(text.endsWith("\u00e1\u0000\u000ea  b127.0.0.77x"), text);
    }

    private static String asked(String listener) throws IOException {
        try (Client client = new Client(new Socket(InetAddress.getLoopbackAddress(), proxy.port(listener),
                InetAddress.getByName(CLIENT), 0))) {
            return client.send("x").endOutput().readAll();
        } catch (java.net.SocketException reset) {
            return "";
        }
    }
}
