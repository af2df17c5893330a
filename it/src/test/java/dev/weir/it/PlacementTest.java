package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which server each of many requests gets, in Weir and in HAProxy. The servers refuse connections, so that nothing but the
 * choice takes time: the answer of the proxy names the server that it chose.
 */
class PlacementTest {

    private static final int KEYS = 1000;
    private static final int PICKS = 1000;
    private static final int WEIGHT_SETS = 20;
    private static final List<String> FUNCTIONS = List.of("sdbm", "djb2", "wt6", "crc32");
    private static final String[] HASH_WEIGHTS = {"1,1,1,1", "10,37,2,150"};
    private static final String FILE = """
            global
                stats socket {dir}/sock level admin
                nbthread THREADS
            defaults
                mode http
                timeout client 20s
                timeout server 2s
                timeout connect 1s
                retries 0
                http-error status 503 content-type text/plain string x
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Proxy start(Product product, String sections, int threads) throws IOException {
        return stage.add(product.launch().port("refuse", 1).start(FILE.replace("THREADS", Integer.toString(threads))
                + sections));
    }

    /** A listen section and what is asked of it. */
    private static void section(StringBuilder file, String name, String lines, String weights) {
        file.append("listen ").append(name).append("\n    bind unix@{dir}/").append(name).append("\n    ").append(lines)
                .append("\n    http-after-response set-header x-s %[srv_name]\n");
        String[] each = weights.split(",");
        for (int i = 0; i < each.length; i++) {
            file.append("    server s").append(i + 1).append(" 127.0.0.1:1 weight ").append(each[i]).append('\n');
        }
    }

    /** Both at the same time: each is asked by one thread. */
    private static List<String> both(Proxy weir, Proxy haproxy, Task task) throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Callable<String> first = () -> task.of(weir);
            Callable<String> second = () -> task.of(haproxy);
            List<String> both = new ArrayList<>();
            for (Future<String> each : two.invokeAll(List.of(first, second))) {
                both.add(each.get());
            }
            return both;
        }
    }

    private interface Task {
        String of(Proxy proxy) throws Exception;
    }

    private static void command(Proxy proxy, String line) throws IOException {
        String answer = CommandSocket.ask(proxy.directory().resolve("sock"), line);
        assertEquals("", answer.strip(), line);
    }

    /** The last letters of the servers' names, for requests with keys from a number on. */
    private static String ask(Proxy proxy, String section, int from, int count) throws IOException {
        var path = proxy.directory().resolve(section);
        Wait.until(5, () -> section + " is not there", () -> Files.exists(path));
        var address = UnixDomainSocketAddress.of(path);
        try (var channel = SocketChannel.open(address)) {
            StringBuilder requests = new StringBuilder();
            for (int i = from; i < from + count; i++) {
                long key = i * 7919L % 10_007;
                requests.append("GET /p").append(key % 13).append("/x").append(key / 13).append("/y?u=").append(key % 17)
                        .append("&k=key-").append(key).append(" HTTP/1.1\r\nHost: h\r\nx-a: 10.").append(key % 7).append('.')
                        .append(key / 251).append('.').append(key % 251).append("\r\nx-k: key-").append(key)
                        .append("\r\n\r\n");
            }
            var bytes = ByteBuffer.wrap(requests.toString().getBytes(StandardCharsets.US_ASCII));
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                } catch (IOException closed) {
                    // the reader says so
                }
            });
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 65536);
            StringBuilder names = new StringBuilder(count);
            for (int i = 0; i < count; i++) {
                names.append(answer(in));
            }
            writer.interrupt();
            return names.toString();
        }
    }

    /** Reads one answer; the name behind {@code x-s: s}. */
    private static char answer(InputStream in) throws IOException {
        char name = '?';
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            if (next != '\n') {
                line.append((char) next);
                continue;
            }
            if (line.length() == 1) {
                in.read();
                return name;
            }
            if (line.indexOf("x-s: s") == 0) {
                name = line.charAt(6);
            }
            line.setLength(0);
        }
    }

    @Test
    void keysAreWhereHaproxyHasThem() throws Exception {
        Product.HAPROXY.needs(Part.START);
        StringBuilder file = new StringBuilder("listen l\n    bind 127.0.0.1:{port:l}\n");
        List<String> names = new ArrayList<>();
        for (String function : FUNCTIONS) {
            for (String modifier : List.of("", " avalanche")) {
                for (String type : List.of("map-based", "consistent")) {
                    for (int w = 0; w < HASH_WEIGHTS.length; w++) {
                        String name = function + modifier.strip() + type.substring(0, 3) + w;
                        names.add(name);
                        section(file, name, "balance hdr(x-k)\n    hash-type " + type + " " + function + modifier,
                                HASH_WEIGHTS[w]);
                    }
                }
            }
        }
        String sections = file.toString().replaceAll("(server s4 .*)", "$1 disabled");
        Proxy haproxy = start(Product.HAPROXY, sections, 1);
        Proxy weir = start(Product.WEIR, sections, 1);
        List<String> seen = both(weir, haproxy, proxy -> {
            StringBuilder all = new StringBuilder();
            for (String name : names) {
                String three = ask(proxy, name, 0, KEYS);
                command(proxy, "disable server " + name + "/s2");
                String down = ask(proxy, name, 0, KEYS);
                command(proxy, "enable server " + name + "/s2; enable server " + name + "/s4");
                String four = ask(proxy, name, 0, KEYS);
                assertNotEquals(three, down);
                assertNotEquals(three, four);
                all.append(name).append('\n').append(three).append('\n').append(down).append('\n').append(four).append('\n');
            }
            return all.toString();
        });
        assertEquals(seen.get(1), seen.get(0));
    }

    /** What else can be a key: parts of the address asked for, parameters, clients, expressions. */
    @Test
    void otherKeysAreWhereHaproxyHasThem() throws Exception {
        Product.HAPROXY.needs(Part.START);
        StringBuilder file = new StringBuilder("listen l\n    bind 127.0.0.1:{port:l}\n");
        List<String> names = new ArrayList<>();
        for (String key : List.of("uri", "uri whole", "uri depth 1", "uri len 6", "uri depth 2 len 9 whole", "url_param k",
                "url_param u", "url_param nobody", "hash req.hdr(x-k),lower", "hash url_param(u),mul(7)", "source",
                "hdr(x-a) use_domain_only", "hdr(nobody)")) {
            for (String type : List.of("map-based", "consistent", "consistent wt6", "map-based djb2 avalanche")) {
                String name = "k" + names.size();
                names.add(name);
                section(file, name, "balance " + key + "\n    hash-type " + type + (key.equals("source")
                        ? "\n    http-request set-src hdr(x-a)" : ""), "10,20,3");
            }
        }
        Proxy haproxy = start(Product.HAPROXY, file.toString(), 1);
        Proxy weir = start(Product.WEIR, file.toString(), 1);
        List<String> seen = both(weir, haproxy, proxy -> {
            StringBuilder all = new StringBuilder();
            for (String name : names) {
                all.append(name).append(' ').append(ask(proxy, name, 0, KEYS / 4)).append('\n');
            }
            return all.toString();
        });
        assertEquals(seen.get(1), seen.get(0));
    }

    /** Sets of weights whose sequence is told by one number. */
    private static List<String> weightSets() {
        Random random = new Random(4);
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < WEIGHT_SETS; i++) {
            StringBuilder set = new StringBuilder();
            int servers = 2 + random.nextInt(6);
            for (int s = 0; s < servers; s++) {
                int most = random.nextBoolean() ? 256 : 8;
                set.append(s == 0 ? "" : ",").append(1 + random.nextInt(most));
            }
            sets.add(set.toString());
        }
        return sets;
    }

    private static StringBuilder turnSections(List<String> names) {
        StringBuilder file = new StringBuilder("listen l\n    bind 127.0.0.1:{port:l}\n");
        List<String> sets = weightSets();
        for (String algorithm : List.of("roundrobin", "static-rr", "leastconn", "first")) {
            for (int i = 0; i < sets.size(); i++) {
                String name = algorithm.replace("-", "") + i;
                names.add(name);
                section(file, name, "balance " + algorithm, sets.get(i));
            }
        }
        return file;
    }

    @Test
    void turnsAreThoseOfHaproxy() throws Exception {
        Product.HAPROXY.needs(Part.START);
        List<String> names = new ArrayList<>();
        String sections = turnSections(names).toString();
        Proxy haproxy = start(Product.HAPROXY, sections, 1);
        Proxy weir = start(Product.WEIR, sections, 1);
        List<String> seen = both(weir, haproxy, proxy -> {
            StringBuilder all = new StringBuilder();
            for (String name : names) {
                int quarter = PICKS / 4;
                all.append(name).append('\n').append(ask(proxy, name, 0, quarter)).append('\n');
                command(proxy, "disable server " + name + "/s2");
                all.append(ask(proxy, name, 0, quarter)).append('\n');
                command(proxy, "enable server " + name + "/s2");
                all.append(ask(proxy, name, 0, quarter)).append('\n');
                command(proxy, "set server " + name + "/s1 weight " + (name.startsWith("static") ? "0" : "101"));
                all.append(ask(proxy, name, 0, quarter)).append('\n');
            }
            return all.toString();
        });
        assertEquals(seen.get(1), seen.get(0));
    }

    /** Four workers, eight clients that ask one after the other: one sequence, as with a single worker of HAProxy. */
    @Test
    void allWorkersShareOneSequence() throws Exception {
        Product.HAPROXY.needs(Part.START);
        StringBuilder file = new StringBuilder();
        List<String> algorithms = List.of("roundrobin", "static-rr", "leastconn", "first");
        for (String algorithm : algorithms) {
            String name = algorithm.replace("-", "");
            section(file, name, "bind 127.0.0.1:{port:" + name + "}\n    balance " + algorithm, "3,7,1,12");
        }
        Proxy haproxy = start(Product.HAPROXY, file.toString(), 1);
        Proxy weir = start(Product.WEIR, file.toString(), 4);
        List<String> seen = both(weir, haproxy, proxy -> {
            StringBuilder all = new StringBuilder();
            for (String algorithm : algorithms) {
                all.append(algorithm).append(' ').append(inTurn(proxy, algorithm.replace("-", ""))).append('\n');
            }
            return all.toString();
        });
        assertEquals(seen.get(1), seen.get(0));
    }

    private static String inTurn(Proxy proxy, String port) throws IOException {
        byte[] request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        List<Socket> clients = new ArrayList<>();
        List<InputStream> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port(port));
                client.setTcpNoDelay(true);
                clients.add(client);
                answers.add(new BufferedInputStream(client.getInputStream()));
            }
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < PICKS; i++) {
                clients.get(i % clients.size()).getOutputStream().write(request);
                names.append(answer(answers.get(i % clients.size())));
            }
            return names.toString();
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }
}
