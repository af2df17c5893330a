package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code weir.collapse} of caches: of requests for the same that come together one asks the server. */
class CacheCollapseTest {

    private static final int CLIENTS = 20;
    private static final Stage STAGE = new Stage();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static Proxy proxy;

    @BeforeAll
    static void start() throws Exception {
        int origin = STAGE.add(Origin.of((socket, in, out) -> {
            for (String head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                int number = ASKED.incrementAndGet();
                Thread.sleep(head.contains(" /slow") ? 1200 : 250);
                if (head.contains(" /broken") && number == 1) {
                    return;
                }
                String control = head.contains(" /private") ? "no-store" : "max-age=9";
                out.write(("HTTP/1.1 200 OK\r\nCache-Control: " + control + "\r\nContent-Length: 2\r\n\r\nok")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        })).port();
        proxy = STAGE.add(Product.WEIR.launch().port("origin", origin).start("""
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 5s
                    timeout server 5s
                listen page
                    bind 127.0.0.1:{port:fe}
                    http-request cache-use c
                    http-response cache-store c
                    server s 127.0.0.1:{port:origin}
                cache c
                    total-max-size 1
                    weir.collapse 600ms
                """));
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** How often the server is asked by all together, and how many are answered. */
    @ParameterizedTest
    @CsvSource({"/page, 1, 1, 20", "/private, 20, 20, 20", "/broken, 2, 2, 19", "/slow, 20, 20, 20"})
    void oneAsksForAll(String path, int least, int most, int answered) throws Exception {
        ASKED.set(0);
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> {
                    try (Client client = proxy.connect("fe")) {
                        return client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll()
                                .endsWith("\r\n\r\nok");
                    }
                }));
            }
        }
        int good = 0;
        for (Future<Boolean> each : answers) {
            good += each.get() ? 1 : 0;
        }
        assertEquals(answered, good);
        assertTrue(ASKED.get() >= least && ASKED.get() <= most, "asked " + ASKED.get() + " times");
    }
}
