package dev.weir.it.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Generated requests through both: the status, what reached the origin (which it puts into its answer), and whether
 * the connection was kept. Those that differ stand in {@code messages.differences} with both answers and the reason.
 */
class GeneratedMessagesTest {

    private static final int COUNT = 2000;
    private static final int AT_ONCE = 80;
    private static final int QUIET_MS = 700;
    private static final Path DIFFERENCES = Path.of("src/test/resources/rows/messages.differences");
    private static final String FILE = """
            defaults
                mode http
                timeout connect 2s
                timeout client 4s
                timeout http-request 250ms
                timeout server 4s
                timeout http-keep-alive 4s
            listen mirror
                bind 127.0.0.1:{port:in}
                server s 127.0.0.1:{port:origin}
            """;
    private static final Stage STAGE = new Stage();

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void bothDoTheSame() throws Exception {
        Product.HAPROXY.needs(Part.START);
        List<GeneratedMessages.Generated> messages = GeneratedMessages.all(COUNT);
        List<String> his = answers(start(Product.HAPROXY), messages);
        List<String> ours = answers(start(Product.WEIR), messages);
        TreeMap<Integer, String> reasons = reasons();
        List<String> table = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!his.get(i).equals(ours.get(i))) {
                table.add(i + "\t" + reasons.getOrDefault(i, "?") + "\t" + Asked.shown(messages.get(i).text()) + "\t"
                        + his.get(i) + "\t" + ours.get(i));
            }
        }
        String text = "# number, reason, message, HAProxy 2.6, Weir\n" + String.join("\n", table) + "\n";
        if (Boolean.getBoolean("weir.update")) {
            Files.writeString(DIFFERENCES, text, StandardCharsets.ISO_8859_1);
        }
        assertEquals(Files.readString(DIFFERENCES, StandardCharsets.ISO_8859_1), text);
    }

    private static TreeMap<Integer, String> reasons() throws IOException {
        TreeMap<Integer, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(DIFFERENCES, StandardCharsets.ISO_8859_1)) {
            String[] cells = line.split("\t");
            if (cells.length > 1) {
                reasons.put(Integer.parseInt(cells[0]), cells[1]);
            }
        }
        return reasons;
    }

    private static Proxy start(Product product) throws IOException {
        return STAGE.add(product.launch().port("origin", STAGE.add(Mirror.open()).port()).start(FILE));
    }

    private static List<String> answers(Proxy proxy, List<GeneratedMessages.Generated> messages) throws Exception {
        List<Future<String>> asked = new ArrayList<>();
        Semaphore few = new Semaphore(AT_ONCE);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (GeneratedMessages.Generated message : messages) {
                asked.add(pool.submit(() -> {
                    few.acquire();
                    try (Client client = proxy.connect("in")) {
                        return Asked.shown(Alike.answer(Conversation.all(client, message.text(), QUIET_MS)));
                    } finally {
                        few.release();
                    }
                }));
            }
        }
        List<String> answers = new ArrayList<>();
        for (Future<String> each : asked) {
            answers.add(each.get());
        }
        return answers;
    }
}
