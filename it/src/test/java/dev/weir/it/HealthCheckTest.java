package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of check against peers that answer rightly, wrongly, in part, late or not at all: Weir and HAProxy say the same
 * of it and ask the same. The rows stand in checks.rows; all of them run at the same time in one process of each.
 */
class HealthCheckTest {

    private static final int PATIENCE_MS = 6000;
    private static final Pattern SENTENCE = Pattern.compile("(?:Health|Agent) check for server (\\w+)/s (.*)");
    private static final Stage STAGE = new Stage();
    private static final Map<Product, Map<String, String>> SAID = new LinkedHashMap<>();
    private static final Map<Product, Map<String, byte[]>> ASKED = new LinkedHashMap<>();

    /** A row: its name, the lines of the backend, and what the peer does. */
    record Row(String name, String lines, String peer) {}

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = HealthCheckTest.class.getResourceAsStream("checks.rows")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] cells = line.split(" *\\| ", -1);
                    rows.add(new Row(cells[0].strip(), cells[1].replace(" ; ", "\n    "), cells[2]));
                }
            }
        }
        return rows;
    }

    @BeforeAll
    static void checkAll() throws Exception {
        Product.HAPROXY.needs(Part.CHECKS);
        for (Product product : Product.values()) {
            run(product);
        }
    }

    private static void run(Product product) throws Exception {
        Syslog log = STAGE.add(new Syslog());
        Map<String, byte[]> asked = new ConcurrentHashMap<>();
        Launch launch = product.launch().port("log", log.port()).port("refuse", 1).until("front");
        StringBuilder file = new StringBuilder("""
                global
                    log 127.0.0.1:{port:log} local0
                defaults
                    log global
                    option log-health-checks
                    timeout connect 1s
                    timeout check 700ms
                    timeout client 2s
                    timeout server 2s
                    default-server inter 1s rise 2 fall 2
                listen front
                    bind 127.0.0.1:{port:front}
                    no log
                """);
        for (Row row : rows()) {
            String port = "refuse";
            if (!row.peer().equals("refuse")) {
                port = row.name();
                launch.port(port, STAGE.add(Origin.of((socket, in, out) -> play(row, socket, in, out, asked))).port());
            }
            file.append("backend ").append(row.name()).append("\n    ").append(row.lines())
                    .append("\n    server s 127.0.0.1:{port:").append(port).append("} check\n");
        }
        try (var proxy = launch.start(file.toString())) {
            assertTrue(proxy.isAlive());
            SAID.put(product, listen(log));
        }
        ASKED.put(product, asked);
    }

    /** The first sentence about each. */
    private static Map<String, String> listen(Syslog log) throws Exception {
        Map<String, String> said = new LinkedHashMap<>();
        int wanted = rows().size();
        long until = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (said.size() < wanted && System.nanoTime() < until) {
            Matcher sentence = SENTENCE.matcher(log.next(line -> SENTENCE.matcher(line).find()));
            if (sentence.find()) {
                said.putIfAbsent(sentence.group(1), sentence.group(2).replaceAll("\\d+ms", "Nms").strip());
            }
        }
        return said;
    }

    /** Steps: {@code <} reads, a text is sent, {@code hold} waits for the end, a number waits so many milliseconds. */
    private static void play(Row row, Socket socket, InputStream in, OutputStream out, Map<String, byte[]> asked)
            throws IOException {
        byte[] buffer = new byte[65536];
        for (String step : row.peer().split(" ")) {
            if (step.equals("<")) {
                int count = in.read(buffer);
                if (count > 0) {
                    asked.putIfAbsent(row.name(), java.util.Arrays.copyOf(buffer, count));
                }
            } else if (step.equals("hold")) {
                while (in.read(buffer) >= 0) {
                    // until the other side has enough
                }
            } else if (step.equals("reset")) {
                socket.setSoLinger(true, 0);
                return;
            } else if (step.matches("\\d+ms")) {
                pause(Integer.parseInt(step.substring(0, step.length() - 2)));
            } else if (!step.equals("close")) {
                out.write(bytes(step));
                out.flush();
            }
        }
    }

    private static void pause(int ms) {
        java.util.concurrent.locks.LockSupport.parkNanos(ms * 1_000_000L);
    }

    /** {@code \r \n \s \xHH}. */
    private static byte[] bytes(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            switch (text.charAt(++i)) {
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 's' -> plain.append(' ');
                default -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
            }
        }
        return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysTheSame(Row row) {
        String said = SAID.get(Product.HAPROXY).get(row.name());
        assertTrue(said != null, "HAProxy says nothing of " + row);
        assertEquals(said, SAID.get(Product.WEIR).get(row.name()), row.toString());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asksTheSame(Row row) {
        assertEquals(question(Product.HAPROXY, row), question(Product.WEIR, row), row.toString());
    }

    /** Without the time of day in the hello of SSL, and without ports. */
    private static String question(Product product, Row row) {
        byte[] asked = ASKED.get(product).get(row.name());
        if (asked == null) {
            return null;
        }
        if (row.lines().contains("ssl-hello-chk") && asked.length > 15) {
            java.util.Arrays.fill(asked, 11, 15, (byte) 0);
        }
        return new String(asked, StandardCharsets.ISO_8859_1).replaceAll("\\b\\d{5}\\b", "PORT");
    }
}
