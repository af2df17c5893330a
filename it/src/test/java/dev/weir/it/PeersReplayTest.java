package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One side of a conversation that two HAProxy had, said again to Weir and to HAProxy: both know the same afterwards, and confirm
 * what the one confirmed whose part they have. In both roles.
 */
class PeersReplayTest {

    private static final Path RECORDED = Path.of("..", "product", "src", "test", "resources", "dev", "weir", "wire", "peer",
            "conversation.txt");
    private static final String FILE = """
            global
                stats socket {dir}/cli level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
            peers p
                peer alpha 127.0.0.1:{port:alpha}
                peer beta 127.0.0.1:{port:beta}
            frontend f
                bind 127.0.0.1:{port:f}
                use_backend b
            backend b
                stick-table type string len 16 size 100 expire 1h store server_key,gpc0 peers p
                stick on req.hdr(id)
                server s1 127.0.0.1:1
                server s2 127.0.0.1:1
            backend t1
                stick-table type string len 20 size 1k expire 1h store gpt0,gpc0,gpc0_rate(10s),http_req_cnt,http_req_rate(10m),bytes_in_cnt peers p
            backend t2
                stick-table type ip size 1k expire 1h store conn_cnt,conn_rate(1m),sess_cnt,sess_rate(1m),http_err_cnt,http_err_rate(1h) peers p
            backend t3
                stick-table type integer size 1k expire 1h store gpc(3),gpt(2),gpc_rate(2,30s),http_fail_cnt,bytes_out_rate(1s) peers p
            backend t4
                stick-table type ipv6 size 1k expire 1h store gpc1 peers p
            backend t5
                stick-table type binary len 4 size 1k expire 1h store gpt0 peers p
            """;
    private static final int UPDATES = 10;
    private static final int ACKNOWLEDGEMENT = 132;
    private static final int HEARTBEAT = 4;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    /** @param role whose part the product has */
    @ParameterizedTest
    @CsvSource({"alpha,<", "beta,>"})
    void whatWasRecordedIsUnderstoodAlike(String role, char other) throws Exception {
        assertEquals(outcome(Product.HAPROXY, role, other), outcome(Product.WEIR, role, other));
    }

    private String outcome(Product product, String role, char other) throws Exception {
        List<byte[]> said = new ArrayList<>();
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        for (String line : Files.readAllLines(RECORDED)) {
            byte[] bytes = HexFormat.of().parseHex(line.charAt(0) == '#' ? "" : line.substring(2));
            if (line.charAt(0) == other) {
                said.add(bytes);
            } else {
                own.writeBytes(bytes);
            }
        }
        Heard recorded = new Heard(new ByteArrayInputStream(own.toByteArray()));
        for (int i = other == '<' ? 3 : 1; i > 0; i--) {
            recorded.line();
        }
        recorded.run();
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            boolean calls = role.equals("alpha");
            Launch launch = product.launch().port(calls ? "beta" : "alpha", calls ? door.getLocalPort() : 1).until("f");
            Proxy proxy = stage.add(launch.start(FILE, "-L", role));
            try (Socket socket = calls ? door.accept() : new Socket(InetAddress.getLoopbackAddress(), launch.port(role))) {
                return talk(socket, said, recorded, proxy, calls);
            }
        }
    }

    private String talk(Socket socket, List<byte[]> said, Heard recorded, Proxy proxy, boolean calls) throws Exception {
        socket.setSoTimeout(5000);
        Heard heard = new Heard(socket.getInputStream());
        if (calls) {
            assertEquals("HAProxyS 2.1|beta|alpha", heard.line() + "|" + heard.line() + "|" + heard.line().split(" ")[0]);
            send(socket, said.removeFirst());
        } else {
            send(socket, said.removeFirst());
            assertEquals("200", heard.line());
        }
        Thread reader = Thread.ofVirtual().start(heard);
        for (byte[] each : said) {
            send(socket, each);
        }
        Wait.until(5, () -> heard.confirmed() + " is confirmed and not " + recorded.confirmed(),
                () -> heard.confirmed().equals(recorded.confirmed()));
        if (proxy.product() == Product.WEIR) {
            // told faster than it was, the other one may leave out some of them
            Wait.until(5, () -> heard.words() + " is said and not " + recorded.words(),
                    () -> heard.words().equals(recorded.words()));
        }
        socket.close();
        reader.join();
        return tables(proxy);
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private static String tables(Proxy proxy) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("b", "t1", "t2", "t3", "t4", "t5")) {
            TreeMap<String, String> sorted = new TreeMap<>();
            for (String line : CommandSocket.ask(proxy.directory().resolve("cli"), "show table " + name).split("\n")) {
                if (line.startsWith("0x")) {
                    String entry = line.substring(line.indexOf("key=")).replaceAll(" exp=\\d+| shard=\\d+", "");
                    sorted.put(entry, entry);
                }
            }
            all.append(name).append('\n').append(String.join("\n", sorted.keySet())).append('\n');
        }
        return all.toString();
    }

    /** What was said: words of control, and of each table the last number confirmed. */
    private static final class Heard implements Runnable {

        private final InputStream in;
        private final List<Integer> control = new ArrayList<>();
        private final TreeMap<Long, Integer> confirmed = new TreeMap<>();

        Heard(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
                line.append((char) c);
            }
            return line.toString();
        }

        private long number(int[] used) throws IOException {
            long value = in.read();
            used[0]++;
            for (int shift = 4; value >= 0xf0 || shift > 4; shift += 7) {
                int next = in.read();
                used[0]++;
                value += (long) next << shift;
                if (next < 0x80) {
                    break;
                }
            }
            return value;
        }

        @Override
        public void run() {
            try {
                for (int type = in.read(); type >= 0; type = in.read()) {
                    int kind = in.read();
                    if (kind >= 128) {
                        int length = (int) number(new int[1]);
                        int[] used = new int[1];
                        if (type == UPDATES && kind == ACKNOWLEDGEMENT) {
                            long table = number(used);
                            acknowledged(table, HexFormat.fromHexDigits(HexFormat.of().formatHex(in.readNBytes(4))));
                            used[0] += 4;
                        }
                        in.skipNBytes(length - used[0]);
                    } else if (kind != HEARTBEAT) {
                        said(type * 256 + kind);
                    }
                }
            } catch (IOException closed) {
                // all was said
            }
        }

        private synchronized void acknowledged(long table, int number) {
            confirmed.put(table, number);
        }

        private synchronized void said(int word) {
            control.add(word);
        }

        synchronized String confirmed() {
            return confirmed.toString();
        }

        /** A lesson and its end may cross. */
        synchronized String words() {
            return control.stream().sorted().toList().toString();
        }
    }
}
