package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Origin.Behaviour;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Servers that misbehave, each beside a good one: no request is lost that the retry rules can save (HAProxy 2.6 loses some).
 * Afterwards nothing is held that was not held before: sessions, slots, queues, descriptors, timers, buffers.
 */
class FaultsTest {

    private static final String FULL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
    private static final int CLIENTS = 4;
    private static final int EACH = 5;
    private static final int UNDER_LOAD = 150;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private static final Behaviour GOOD = (socket, in, out) -> {
        while (head(in)) {
            out.write(FULL.getBytes(StandardCharsets.US_ASCII));
        }
    };

    private static Behaviour says(String text, boolean reset) {
        return (socket, in, out) -> {
            head(in);
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        };
    }

    /** What the faulty server of each backend does. */
    private static Map<String, Behaviour> faults() {
        Map<String, Behaviour> all = new LinkedHashMap<>();
        all.put("silent", (socket, in, out) -> in.readAllBytes());
        all.put("deaf", (socket, in, out) -> Thread.sleep(1000));
        all.put("resetatonce", (socket, in, out) -> socket.setSoLinger(true, 0));
        all.put("closeatonce", (socket, in, out) -> { });
        all.put("resetafterhead", says("", true));
        all.put("closeafterhead", says("", false));
        all.put("garbage", says("what?\r\n\r\n", false));
        all.put("halfstatus", says("HTTP/1.", false));
        all.put("halfhead", says("HTTP/1.1 200 OK\r\nContent-Le", false));
        all.put("resetinhead", says("HTTP/1.1 200 OK\r\nContent-Le", true));
        all.put("unwilling", says("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", false));
        all.put("byteatatime", (socket, in, out) -> {
            head(in);
            for (byte each : FULL.getBytes(StandardCharsets.US_ASCII)) {
                out.write(each);
                Thread.sleep(1);
            }
        });
        return all;
    }

    private static boolean head(InputStream in) throws IOException {
        int last = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            last = last << 8 | next;
            if (last == 0x0d0a0d0a) {
                return true;
            }
        }
        return false;
    }

    private Proxy start(Map<String, Origin> faulty, int good, int cut) throws IOException {
        Launch launch = Product.WEIR.launch().port("good", good).port("cut", cut)
                .with("WEIR_JAVA_OPTS", "-Dio.netty.leakDetection.level=paranoid");
        StringBuilder file = new StringBuilder("""
                global
                    stats socket {dir}/sock level admin
                    nbthread 2
                defaults
                    mode http
                    timeout client 3s
                    timeout server 300ms
                    timeout connect 1s
                    timeout queue 3s
                    retries 3
                    option redispatch 1
                    retry-on all-retryable-errors
                    balance roundrobin
                    default-server pool-purge-delay 100ms
                """);
        List<String> names = new ArrayList<>(faulty.keySet());
        names.forEach(name -> launch.port("o" + name, faulty.get(name).port()));
        names.add("dead");
        launch.port("odead", 1);
        for (String name : names) {
            file.append("listen ").append(name).append("\n    bind 127.0.0.1:{port:").append(name)
                    .append("}\n    server bad 127.0.0.1:{port:o").append(name)
                    .append("} maxconn 2\n    server good 127.0.0.1:{port:good}\n");
        }
        file.append("""
                listen cut
                    bind 127.0.0.1:{port:cutting}
                    server bad 127.0.0.1:{port:cut} maxconn 2
                """);
        return stage.add(launch.start(file.toString()));
    }

    @Test
    void requestsThatCanBeSavedAreSavedAndNothingIsLeft() throws Exception {
        Map<String, Origin> faulty = new LinkedHashMap<>();
        for (Map.Entry<String, Behaviour> each : faults().entrySet()) {
            faulty.put(each.getKey(), stage.add(Origin.of(each.getValue())));
        }
        int good = stage.add(Origin.of(GOOD)).port();
        int cut = stage.add(Origin.of(says("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.", true))).port();
        List<String> names = new ArrayList<>(faulty.keySet());
        names.add("dead");
        Proxy weir = start(faulty, good, cut);
        assertEquals(expected(names), outcomes(weir, names));
        assertEquals("broken 3", broken(weir));
        Held before = Held.whenQuiet(weir);
        assertEquals(expected(names), outcomes(weir, names));
        assertEquals("broken 3", broken(weir));
        // code that was not run before may have made things of its own in the first round, none in the second
        assertEquals(before, Held.whenQuiet(weir));
        // leaks are found when what leaked is collected, and told when more is made
        collect(weir);
        assertEquals(expected(names), outcomes(weir, names));
        assertFalse(weir.err().contains("leak"), weir.err());
    }

    private static void collect(Proxy proxy) throws IOException {
        Path java = Path.of("/proc/" + proxy.pid() + "/exe").toRealPath();
        Finished.of(List.of(java.resolveSibling("jcmd").toString(), Long.toString(proxy.pid()), "GC.run"));
    }

    private static Map<String, Integer> expected(List<String> names) {
        Map<String, Integer> all = new TreeMap<>();
        names.forEach(name -> all.put(name + " 200 good", CLIENTS * EACH));
        return all;
    }

    /** All backends at the same time, each by several clients with connections of their own. */
    private static Map<String, Integer> outcomes(Proxy proxy, List<String> names) throws Exception {
        Map<String, Integer> all = new TreeMap<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (String name : names) {
                for (int i = 0; i < CLIENTS; i++) {
                    tasks.add(() -> requests(proxy.port(name), name, EACH));
                }
            }
            for (Future<List<String>> each : clients.invokeAll(tasks)) {
                each.get().forEach(outcome -> all.merge(outcome, 1, Integer::sum));
            }
        }
        return all;
    }

    /** One after the other, in one connection as long as the product keeps it. */
    private static List<String> requests(int port, String name, int count) throws IOException {
        List<String> outcomes = new ArrayList<>();
        while (outcomes.size() < count) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.setSoTimeout(8000);
                while (outcomes.size() < count) {
                    client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    String outcome = answer(client.getInputStream());
                    outcomes.add(name + " " + outcome);
                    if (!outcome.startsWith("200")) {
                        break;
                    }
                }
            }
        }
        return outcomes;
    }

    /** Status and body of an answer with a length. */
    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "ended after " + head;
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII).toLowerCase();
        int length = Integer.parseInt(text.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
        return text.substring(9, 12) + " " + new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** An answer that has begun cannot be saved; the client sees that it is not whole. */
    private static String broken(Proxy proxy) throws IOException {
        int broken = 0;
        for (int i = 0; i < 3; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port("cutting"))) {
                client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String all;
                try {
                    all = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                } catch (IOException reset) {
                    all = "";
                }
                broken += all.isEmpty() || all.startsWith("HTTP/1.1 200") && !all.matches("(?s).*\r\n\r\n.{100}")
                        || all.startsWith("HTTP/1.1 502") ? 1 : 0;
            }
        }
        return "broken " + broken;
    }

    /** What the process holds when nobody wants anything of it. */
    record Held(long descriptors, String timers) {

        static Held whenQuiet(Proxy proxy) {
            Path socket = proxy.directory().resolve("sock");
            List<Held> last = new ArrayList<>();
            Wait.until(10, () -> "not quiet: " + last, () -> {
                for (String line : CommandSocket.ask(socket, "show stat").split("\n")) {
                    String[] cells = line.split(",");
                    if (!line.startsWith("#") && cells.length > 4
                            && (!cells[4].equals("0") || !cells[2].isEmpty() && !cells[2].equals("0"))) {
                        return false;
                    }
                }
                for (String line : CommandSocket.ask(socket, "show servers conn").split("\n")) {
                    String[] words = line.split(" ");
                    // served, in use, idle
                    if (!line.startsWith("#") && words.length > 14
                            && !(words[6].equals("0") && words[7].equals("0") && words[14].equals("0"))) {
                        return false;
                    }
                }
                String activity = CommandSocket.ask(socket, "show activity");
                if (!activity.contains("\ncurr_conn: 0")) {
                    return false;
                }
                Held now = new Held(descriptors(proxy.pid()), activity.replaceAll("(?s).*\ntimers: (\\d+).*", "$1"));
                boolean same = !last.isEmpty() && last.getFirst().equals(now);
                last.clear();
                last.add(now);
                if (!same) {
                    Thread.sleep(250);
                }
                return same;
            });
            return last.getFirst();
        }

        private static long descriptors(long pid) throws IOException {
            try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
                return all.count();
            }
        }
    }

    /** A server goes while requests are under way: nobody notices. */
    @Test
    void aServerThatDisappearsUnderLoadIsNotMissed() throws Exception {
        List<Origin> origins = new ArrayList<>();
        Launch launch = Product.WEIR.launch();
        for (int i = 0; i < 3; i++) {
            origins.add(stage.add(Origin.of(GOOD)));
            launch.port("o" + i, origins.get(i).port());
        }
        Proxy weir = stage.add(launch.start("""
                global
                    stats socket {dir}/sock level admin
                    nbthread 2
                defaults
                    mode http
                    timeout client 3s
                    timeout server 2s
                    timeout connect 1s
                    retries 3
                    option redispatch 1
                    retry-on all-retryable-errors
                listen l
                    bind 127.0.0.1:{port:l}
                    balance roundrobin
                    default-server pool-purge-delay 100ms
                    server a 127.0.0.1:{port:o0}
                    server b 127.0.0.1:{port:o1}
                    server c 127.0.0.1:{port:o2}
                """));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS * 2; i++) {
                running.add(clients.submit(() -> requests(weir.port("l"), "l", UNDER_LOAD)));
            }
            Wait.until(5, () -> "no load", () -> origins.get(1).accepted() > 0);
            origins.get(1).close();
            for (Future<List<String>> each : running) {
                assertEquals(List.of("l 200 good"), each.get().stream().distinct().toList());
            }
        }
        Held.whenQuiet(weir);
        assertTrue(weir.isAlive());
    }
}
