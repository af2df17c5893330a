package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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

/** PROXY headers in and out. The origin echoes, so that the client reads what the server was sent. */
@ParameterizedClass
@EnumSource(Product.class)
class ProxyProtocolTest {

    private static final Stage STAGE = new Stage();
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.PROXY_PROTOCOL);
        proxy = STAGE.add(product.launch().port("echo", STAGE.add(Origin.echo()).port()).start("""
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 3s
                    timeout server 3s
                listen plain_v1
                    bind 127.0.0.1:{port:plain_v1}
                    server s 127.0.0.1:{port:echo} send-proxy
                listen plain_v2
                    bind 127.0.0.1:{port:plain_v2}
                    server s 127.0.0.1:{port:echo} send-proxy-v2
                listen in_v1
                    bind 127.0.0.1:{port:in_v1} accept-proxy
                    server s 127.0.0.1:{port:echo} send-proxy
                listen in_v2
                    bind 127.0.0.1:{port:in_v2} accept-proxy
                    server s 127.0.0.1:{port:echo} send-proxy-v2
                listen expect
                    bind 127.0.0.1:{port:expect}
                    tcp-request connection expect-proxy layer4
                    server s 127.0.0.1:{port:echo}
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** What is sent to which listener, and what the server got; \r\n as in Java, "hex:" for bytes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "plain_v1 | x | PROXY TCP4 127.0.0.1 127.0.0.1 PORT OWN\\r\\nx",
        "in_v1 | PROXY TCP4 1.2.3.4 5.6.7.8 1000 2000\\r\\nx | PROXY TCP4 1.2.3.4 5.6.7.8 1000 2000\\r\\nx",
        "in_v1 | PROXY TCP6 2001:db8::1 ::1 65535 1\\r\\nx | PROXY TCP6 2001:db8::1 ::1 65535 1\\r\\nx",
        "in_v1 | PROXY UNKNOWN\\r\\nx | PROXY TCP4 127.0.0.1 127.0.0.1 PORT OWN\\r\\nx",
        "in_v1 | hex:SIG2111000c0102030405060708000a001478 | PROXY TCP4 1.2.3.4 5.6.7.8 10 20\\r\\nx",
        "in_v1 | hex:SIG2000000078 | PROXY TCP4 127.0.0.1 127.0.0.1 PORT OWN\\r\\nx",
        "in_v1 | hex:SIG211100100102030405060708000a00140400010078 | PROXY TCP4 1.2.3.4 5.6.7.8 10 20\\r\\nx",
        "in_v2 | PROXY TCP4 1.2.3.4 5.6.7.8 10 20\\r\\nx | hex:SIG2111000c0102030405060708000a001478",
        "in_v2 | hex:SIG2121002420010db800000000000000000000000100000000000000000000000000000001000a001478"
            + " | hex:SIG2121002420010db800000000000000000000000100000000000000000000000000000001000a001478",
        "expect | PROXY TCP4 1.2.3.4 5.6.7.8 1000 2000\\r\\nx | x",
        "expect | hex:SIG2111000c0102030405060708000a001478 | x",
        "in_v1 | GET / HTTP/1.0\\r\\n\\r\\n | closed",
        "in_v1 | PROXY TCP4 1.2.3.4\\r\\nx | closed",
        "in_v1 | PROXY TCP5 1.2.3.4 5.6.7.8 1 2\\r\\nx | closed",
        "in_v1 | hex:SIG3111000c0102030405060708000a001478 | closed",
        "in_v1 | hex:SIG2111000401020304 | closed",
        "expect | x | closed",
    })
    void passesHeadersOn(String listener, String sent, String expected) throws Exception {
        // HAProxy takes a header only when it comes in one piece
        for (int piece : product == Product.WEIR ? new int[] {Integer.MAX_VALUE, 1} : new int[] {Integer.MAX_VALUE}) {
            try (Client client = proxy.connect(listener)) {
                send(client, bytes(sent), piece);
                assertEquals(expected.equals("closed") ? "" : filled(expected, client, listener), answer(client));
            }
        }
    }

    /** What HAProxy 2.6 reads as something else: numbers that overflow, trailing words. */
    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 1.2.3.4 5.6.7.8 1000 70000\r\nx", "PROXY TCP4 1.2.3.4 5.6.7.8 10 20 30\r\nx",
        "PROXY TCP4 1.2.3.4 ::1 10 20\r\nx"})
    void refusesWhatIsNoHeader(String sent) throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR);
        try (Client client = proxy.connect("in_v1")) {
            assertEquals("", answer(client.send(sent).endOutput()));
        }
    }

    /** The protocol's text has a receiver ignore what follows UNKNOWN; HAProxy 2.6 does not. */
    @Test
    void ignoresWhatFollowsUnknown() throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR);
        passesHeadersOn("in_v1", "PROXY UNKNOWN ffff::1 ::2 1 2\\r\\nx", "PROXY TCP4 127.0.0.1 127.0.0.1 PORT OWN\\r\\nx");
    }

    private static void send(Client client, byte[] bytes, int piece) throws IOException {
        try {
            for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length)) {
                int length = Math.min(piece, bytes.length - from);
                client.socket().getOutputStream().write(bytes, from, length);
            }
            client.endOutput();
        } catch (IOException refused) {
            // closed at the first wrong byte
        }
    }

    private static String answer(Client client) {
        try {
            return client.readAll();
        } catch (IOException reset) {
            return "";
        }
    }

    private static String filled(String text, Client client, String listener) {
        return new String(bytes(text), StandardCharsets.ISO_8859_1)
                .replace("PORT", Integer.toString(client.socket().getLocalPort()))
                .replace("OWN", Integer.toString(proxy.port(listener)));
    }

    private static byte[] bytes(String text) {
        return text.startsWith("hex:") ? HexFormat.of().parseHex(text.substring(4).replace("SIG", SIGNATURE))
                : text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    }
}
