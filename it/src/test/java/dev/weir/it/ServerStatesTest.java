package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a series of answers makes of a server: of its checks, of its agent, and of servers that track it. Weir says the same
 * sentences as HAProxy, with the same levels, in the same order.
 */
class ServerStatesTest {

    /** A row: the lines of the backend, the answers in order, the last for ever, and how many sentences to compare. */
    record Row(String name, String lines, String server, List<String> answers, int sentences) {}

    private static final String OK = "HTTP/1.0 200 OK\r\n\r\n";
    private static final String BAD = "HTTP/1.0 500 Bad\r\n\r\n";
    private static final String GONE = "HTTP/1.0 404 Gone\r\n\r\n";
    private static final String CHECKED = "check inter 150 rise 2 fall 2";
    private static final String AGENT = "weight 40 agent-check agent-inter 150 agent-port {port:%s}";

    private static final List<Row> ROWS = List.of(
            new Row("flaps", "option httpchk", CHECKED, List.of(OK, BAD, OK, BAD, BAD, OK, BAD, OK, OK), 2),
            new Row("flaps_logged", "option httpchk\n option log-health-checks", CHECKED,
                    List.of(OK, BAD, OK, BAD, BAD, BAD, OK, BAD, OK, OK), 10),
            new Row("stops", "option httpchk\n http-check disable-on-404", CHECKED,
                    List.of(OK, GONE, GONE, OK, GONE, BAD, BAD, GONE, OK, OK), 5),
            new Row("stops_logged", "option httpchk\n http-check disable-on-404\n option log-health-checks", CHECKED,
                    List.of(OK, GONE, GONE, OK, GONE, BAD, BAD, GONE, OK, OK), 13),
            new Row("tracked", "option httpchk\n server f 127.0.0.1:1 track tracked/s\n server g 127.0.0.1:1 backup "
                    + "track tracked/f", CHECKED, List.of(OK, BAD, BAD, OK, OK), 6),
            new Row("agent_down", "", AGENT, List.of("down\n", "down\n", "up\n"), 2),
            new Row("agent_stopped", "", AGENT, List.of("stopped\n", "up ready # all is well\n"), 2),
            new Row("agent_drains", "", AGENT, List.of("drain\n", "drain\n", "ready\n"), 2),
            new Row("agent_maintains", "", AGENT, List.of("maint\n", "maint\n", "ready\n"), 2),
            new Row("agent_both", "", AGENT, List.of("drain,down\r\n", "up\tready\n"), 5));

    private static final Pattern SENTENCE = Pattern.compile("<(\\d+)>.*?: ((?:.*?erver )(\\w+)/.*)");
    private static final long PATIENCE_NANOS = 6_000_000_000L;
    private static final Stage STAGE = new Stage();
    private static final Map<Product, Map<String, List<String>>> SAID = new LinkedHashMap<>();

    static List<Row> rows() {
        return ROWS;
    }

    @BeforeAll
    static void watch() throws Exception {
        Product.HAPROXY.needs(Part.CHECKS);
        for (Product product : Product.values()) {
            SAID.put(product, run(product));
        }
    }

    private static Map<String, List<String>> run(Product product) throws Exception {
        Syslog log = STAGE.add(new Syslog());
        Launch launch = product.launch().port("log", log.port()).until("front");
        StringBuilder file = new StringBuilder("""
                global
                    log 127.0.0.1:{port:log} local0
                defaults
                    log global
                    timeout connect 1s
                    timeout client 2s
                    timeout server 2s
                listen front
                    bind 127.0.0.1:{port:front}
                    no log
                """);
        for (Row row : ROWS) {
            AtomicInteger next = new AtomicInteger();
            launch.port(row.name(), STAGE.add(Origin.of((socket, in, out) -> {
                if (row.server().equals(CHECKED)) {
                    in.read(new byte[1024]);
                }
                int turn = Math.min(next.getAndIncrement(), row.answers().size() - 1);
                out.write(row.answers().get(turn).getBytes(StandardCharsets.ISO_8859_1));
            })).port());
            file.append("backend ").append(row.name()).append("\n ").append(row.lines()).append("\n server s 127.0.0.1:{port:")
                    .append(row.name()).append("} ").append(row.server().replace("%s", row.name())).append('\n');
        }
        try (var proxy = launch.start(file.toString())) {
            return listen(log);
        }
    }

    private static Map<String, List<String>> listen(Syslog log) throws InterruptedException {
        Map<String, List<String>> said = new LinkedHashMap<>();
        int missing = ROWS.stream().mapToInt(Row::sentences).sum();
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (missing > 0 && System.nanoTime() < until) {
            Matcher sentence = SENTENCE.matcher(log.next(line -> SENTENCE.matcher(line).find()));
            if (sentence.find()) {
                List<String> list = said.computeIfAbsent(sentence.group(3), name -> new ArrayList<>());
                Row row = ROWS.stream().filter(each -> each.name().equals(sentence.group(3))).findFirst().orElseThrow();
                if (list.size() < row.sentences()) {
                    list.add(sentence.group(1) + " " + sentence.group(2).replaceAll("\\d+ms", "Nms"));
                    missing--;
                }
            }
        }
        return said;
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysTheSame(Row row) throws IOException {
        List<String> expected = SAID.get(Product.HAPROXY).get(row.name());
        assertFalse(expected == null || expected.size() < row.sentences(), "HAProxy says " + expected);
        assertEquals(String.join("\n", expected), String.join("\n",
                SAID.get(Product.WEIR).getOrDefault(row.name(), List.of())));
    }
}
