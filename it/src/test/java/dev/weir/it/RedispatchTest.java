package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When a server refuses: which try goes to another one. Every algorithm, interval and
 * reason for the first server, in both products; all requests at the same time.
 */
class RedispatchTest {

    private static final int TURN_MS = 100;
    private static final List<String> ALGORITHMS = List.of("roundrobin", "leastconn", "random", "source");
    private static final List<String> INTERVALS = List.of("", "option redispatch", "option redispatch 1",
            "option redispatch 2", "option redispatch -2");
    /** What sends the request to the first server. */
    private static final Map<String, String> REASONS = Map.of("weight", "", "cookie", "cookie S insert");

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    @Test
    void bothTryAlike() throws Exception {
        Product.HAPROXY.needs(Part.START);
        int origin = stage.add(new HttpOrigin("x")).port();
        CompletableFuture<Map<String, String>> other = CompletableFuture.supplyAsync(() -> tries(Product.HAPROXY, origin));
        Map<String, String> found = tries(Product.WEIR, origin);
        Map<String, String> expected = other.get();
        assertEquals(REASONS.size() * ALGORITHMS.size() * INTERVALS.size(), expected.size());
        List<String> differences = new ArrayList<>();
        expected.forEach((what, tries) -> {
            if (!tries.equals(found.get(what))) {
                differences.add(what + ": " + tries + " <> " + found.get(what));
            }
        });
        assertEquals(List.of(), differences);
    }

    private Map<String, String> tries(Product product, int origin) {
        Map<String, String> ports = new TreeMap<>();
        StringBuilder file = new StringBuilder("""
                defaults
                    mode http
                    retries 3
                    timeout client 5s
                    timeout server 5s
                    timeout connect %dms
                """.formatted(TURN_MS));
        REASONS.forEach((reason, line) -> {
            for (String algorithm : ALGORITHMS) {
                for (String interval : INTERVALS) {
                    String port = "p" + ports.size();
                    ports.put(port, reason + ", " + algorithm + ", " + interval);
                    file.append("listen ").append(port).append("\n bind 127.0.0.1:{port:").append(port).append("}\n balance ")
                            .append(algorithm).append("\n ").append(interval).append("\n ").append(line)
                            .append("\n http-after-response set-header x-r \"%s tries=%rc\"\n server s1 127.0.0.1:1 cookie s1 weight ").append(reason.equals("weight") ? 256 : 2)
                            .append("\n server s2 127.0.0.1:{port:origin} cookie s2\n");
                }
            }
        });
        Launch launch = product.launch().port("origin", origin);
        Proxy proxy;
        try {
            proxy = launch.start(file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (stage) {
            stage.add(proxy);
        }
        Map<String, String> seen = new ConcurrentSkipListMap<>();
        List<Thread> all = new ArrayList<>();
        ports.forEach((port, what) -> all.add(Thread.startVirtualThread(() -> seen.put(what, ask(proxy, port)))));
        for (Thread each : all) {
            try {
                each.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return seen;
    }

    /** Which server, and after how many tries: one that did not wait for the same server again is early. */
    private static String ask(Proxy proxy, String port) {
        try (Client client = proxy.connect(port)) {
            String answer = client.send("GET /x HTTP/1.1\r\nHost: h\r\nCookie: S=s1\r\nConnection: close\r\n\r\n").readAll();
            int at = answer.indexOf("x-r: ");
            return answer.substring(at, answer.indexOf('\r', at));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
