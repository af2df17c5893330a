package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Mask;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Log lines that leave by rings and streams, and what profiles make of them. Each listener logs to a server of its own. */
@ParameterizedClass
@EnumSource(Product.class)
class LogRingsTest {

    private static final Stage STAGE = new Stage();
    private static final Map<String, StringBuffer> RECEIVED = new ConcurrentHashMap<>();
    private static Proxy proxy;
    private static Syslog syslog;
    private static List<Syslog> hashed;

    @Parameter
    Product product;

    /** Listener, its log line and what else stands in its section; those newer than 2.6 are marked. */
    private static final Map<String, String> LISTENERS = new TreeMap<>(Map.of(
            "lf", "log ring@lf format short local0",
            "counted", "log ring@counted format raw local0",
            "own_format", "log ring@own_format local0",
            "cut", "log ring@cut format raw local0"));
    private static final Map<String, String> NEWER = new TreeMap<>(Map.of(
            "stream", "log tcp@127.0.0.1:{port:to_stream} format raw local0",
            "profile", "log tcp@127.0.0.1:{port:to_profile} format rfc5424 profile p local0\n log-format-sd [own]",
            "steps", "log tcp@127.0.0.1:{port:to_steps} format raw local0\n log-format %OG\n log-steps all",
            "backed", "log backend@sticky format raw local0",
            "spread", "log backend@spread format raw local0",
            "dropped", "log tcp@127.0.0.1:{port:to_dropped} format raw profile q local0\n log-steps accept,close"));

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS);
        RECEIVED.clear();
        syslog = STAGE.add(new Syslog());
        hashed = List.of(STAGE.add(new Syslog()), STAGE.add(new Syslog()));
        Launch launch = product.launch().port("hash0", hashed.get(0).port()).port("hash1", hashed.get(1).port())
                .port("udp", syslog.port()).port("echo", STAGE.add(Origin.echo()).port());
        StringBuilder text = new StringBuilder("""
                ring lf
                    server s 127.0.0.1:{port:to_lf}
                ring counted
                    server s 127.0.0.1:{port:to_counted} log-proto octet-count
                ring own_format
                    format short
                    timeout connect 1s
                    server s 127.0.0.1:{port:to_own_format}
                ring cut
                    maxlen 8
                    server s 127.0.0.1:{port:to_cut}
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                    log-format "line of %f %B"
                """);
        Map<String, String> listeners = new TreeMap<>(LISTENERS);
        if (product == Product.WEIR) {
            listeners.putAll(NEWER);
            text.insert(0, """
                    log-profile p
                        log-tag other
                        on close format "close of %f" sd "[x]"
                        on any drop
                    backend sticky
                        mode log
                        balance sticky
                        timeout connect 1s
                        server a 127.0.0.1:{port:to_backed} log-proto octet-count
                        server b 127.0.0.1:1
                    backend spread
                        mode log
                        balance roundrobin
                        server a udp@127.0.0.1:{port:udp}
                        server b 127.0.0.1:{port:to_spread}
                    backend hashed
                        mode log
                        balance log-hash 'field(2,=),upper'
                        hash-type map-based crc32
                        server a udp@127.0.0.1:{port:hash0}
                        server b udp@127.0.0.1:{port:hash1}
                    frontend hashing
                        mode http
                        bind 127.0.0.1:{port:hashing}
                        log backend@hashed format raw local0
                        log-format "%[date] key=%[var(txn.k)]="
                        http-request set-var(txn.k) url_param(k)
                        http-request return status 200
                    log-profile q
                        on accept drop
                        on any format "%OG"
                    """);
        }
        for (Map.Entry<String, String> listener : listeners.entrySet()) {
            String name = listener.getKey();
            RECEIVED.put(name, new StringBuffer());
            launch.port("to_" + name, STAGE.add(Origin.of((socket, in, out) -> {
                byte[] buffer = new byte[4096];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    RECEIVED.get(name).append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
            })).port());
            text.append("listen ").append(name).append("\n ").append(listener.getValue()).append("\n bind 127.0.0.1:{port:")
                    .append(name).append("}\n server s 127.0.0.1:{port:echo}\n");
        }
        proxy = STAGE.add(launch.start(text.toString()));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** Whatever else a message says: the server is that of the CRC of what the converters make of it. */
    @Test
    void messagesOfOneKeyGoToOneServer() throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR, "newer than 2.6");
        for (String key : List.of("a", "b", "C", "dd", "A", "c")) {
            try (Client client = proxy.connect("hashing")) {
                client.send("GET /?k=" + key + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
            }
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(key.toUpperCase().getBytes(StandardCharsets.US_ASCII));
            assertTrue(hashed.get((int) (crc.getValue() % 2)).next(line -> true).endsWith(" key=" + key + "="));
        }
    }

    /** What the log server has received after two sessions. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lf | line of lf 1~line of lf 1~", "counted | 17 line of counted 117 line of counted 1",
        "own_format | <6>line of own_format 1~<6>line of own_format 1~", "cut | line of ~line of ~",
        "stream | line of stream 1~line of stream 1~",
        "profile | <134>1 DATE - other PID - [x] close of profile~<134>1 DATE - other PID - [x] close of profile~",
        "steps | txn_accept~txn_connect~txn_close~txn_accept~txn_connect~txn_close~",
        "backed | 16 line of backed 116 line of backed 1",
        // the other one is a datagram
        "spread | line of spread 1~",
        "dropped | txn_close~txn_close~",
    })
    void reachesItsServer(String listener, String expected) throws Exception {
        Assumptions.assumeTrue(RECEIVED.containsKey(listener), "newer than 2.6");
        for (int i = 0; i < 2; i++) {
            try (Client client = proxy.connect(listener)) {
                assertEquals("x", client.send("x").endOutput().readAll());
            }
        }
        Wait.until(5, () -> product + " sent " + received(listener), () -> received(listener).equals(expected));
        if (listener.equals("spread")) {
            assertEquals("line of spread 1", syslog.next(line -> true));
        }
    }

    private static String received(String listener) {
        return Mask.log(RECEIVED.get(listener).toString()).replace('\n', '~')
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\S+", "DATE").replaceAll("other \\d+", "other PID");
    }
}
