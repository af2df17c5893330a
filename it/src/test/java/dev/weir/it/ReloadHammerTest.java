package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Reload after reload, with one worker and four in turn, under keep-alive requests, relayed bytes that are compared, new
 * connections and commands: nobody notices anything. {@code scripts/hammer} makes it long.
 */
class ReloadHammerTest {

    private static final int SECONDS = Integer.getInteger("weir.hammer.seconds", 6);
    private static final int KEEPING = Integer.getInteger("weir.hammer.clients", 40);
    private static final int RELAYING = Math.max(5, KEEPING / 4);
    private static final int RELOAD_EVERY_MS = 600;
    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                stats maxconn 100
                nbthread THREADS
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend f
                bind 127.0.0.1:{port:a}
                http-response set-header gen %[str(NUMBER)]
                http-response set-header by %s
                http-request set-var(txn.m) str(k),map({dir}/m.map)
                default_backend b
            backend b
                balance roundrobin
                stick-table type string len 20 size 10k store http_req_cnt
                stick on req.hdr(id)
                http-request track-sc0 req.hdr(id)
                server s1 127.0.0.1:{port:http} check inter 500
                server s2 127.0.0.1:{port:http2} check inter 500
                server s3 127.0.0.1:{port:http2} check inter 500
            listen t
                mode tcp
                bind 127.0.0.1:{port:t}
                server s 127.0.0.1:{port:echo}
            """;

    private final Stage stage = new Stage();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean over;
    private Launch launch;
    private Proxy proxy;

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Origin web() throws IOException {
        return stage.add(Origin.of((socket, in, out) -> {
            byte[] heard = new byte[4096];
            for (int count = in.read(heard); count > 0; count = in.read(heard)) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            }
        }));
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(Work work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                failures.add(e.toString());
            }
        });
    }

    @Test
    void nobodyNotices() throws Exception {
        launch = Product.WEIR.launch().port("echo", stage.add(Origin.echo()).port()).port("http", web().port())
                .port("http2", web().port());
        Files.writeString(launch.directory().resolve("m.map"), "k v\n");
        proxy = stage.add(launch.start(text(0)));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < KEEPING; i++) {
            int number = i;
            threads.add(start(() -> keepAsking(number)));
        }
        for (int i = 0; i < RELAYING; i++) {
            int seed = i;
            threads.add(start(() -> relay(seed)));
        }
        threads.add(start(this::knock));
        threads.add(start(this::command));
        int reloads = reload();
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertTrue(reloads >= SECONDS && requests.get() > 1000, reloads + " reloads, " + requests + " requests");
        long counted = number(ask("show stat"), "f,FRONTEND,(?:[^,]*,){46}(\\d+)");
        assertEquals(requests.get(), counted);
    }

    private static String text(int number) {
        return FILE.replace("THREADS", number % 2 == 0 ? "1" : "4").replace("NUMBER", Integer.toString(number));
    }

    private int reload() throws Exception {
        long before = 0;
        int number = 0;
        for (long spent = 0; spent < SECONDS * 1000L; spent += RELOAD_EVERY_MS) {
            Thread.sleep(RELOAD_EVERY_MS);
            Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(text(++number)));
            String answer = ask("reload");
            if (!answer.startsWith("Success=1\n")) {
                failures.add(answer);
            }
            long counted = number(ask("show stat"), "f,FRONTEND,(?:[^,]*,){46}(\\d+)");
            if (counted < before) {
                failures.add("counters went from " + before + " to " + counted);
            }
            before = counted;
        }
        return number;
    }

    /** One client, one server, whatever happens: that is what the table remembers. */
    private void keepAsking(int number) throws Exception {
        Random random = new Random(number);
        String sticky = null;
        try (Client client = proxy.connect("a")) {
            while (!over) {
                String answer = request(client, "id: c" + number + "\r\n");
                String server = header(answer, "by");
                if (sticky != null && !server.equals(sticky) && !sticky.equals("s3") && !server.equals("s3")) {
                    failures.add("client " + number + " went from " + sticky + " to " + server);
                }
                sticky = server;
                Thread.sleep(random.nextInt(20));
            }
        }
    }

    private String request(Client client, String headers) throws IOException {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nok")) {
            String next = client.read(1);
            if (next.isEmpty()) {
                throw new IOException("cut off after '" + answer + "'");
            }
            answer.append(next);
        }
        requests.incrementAndGet();
        if (!answer.toString().startsWith("HTTP/1.1 200 ") || answer.toString().contains("connection: close")) {
            failures.add(answer.toString());
        }
        return answer.toString();
    }

    private static String header(String answer, String name) {
        Matcher found = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)").matcher(answer);
        return found.find() ? found.group(1) : "";
    }

    private void relay(int seed) throws Exception {
        Random random = new Random(seed);
        byte[] sent = new byte[4000];
        try (Client client = proxy.connect("t")) {
            while (!over) {
                random.nextBytes(sent);
                client.send(sent);
                byte[] back = client.socket().getInputStream().readNBytes(sent.length);
                if (!Arrays.equals(sent, back)) {
                    failures.add("other bytes came back");
                    return;
                }
                Thread.sleep(20);
            }
        }
    }

    private void knock() throws Exception {
        while (!over) {
            try (Client client = proxy.connect("a")) {
                request(client, "id: knock\r\n");
            }
            Thread.sleep(50);
        }
    }

    /** The one server that comes and goes takes its clients with it; a list changes all the time. */
    private void command() throws Exception {
        for (int i = 0; !over; i++) {
            ask("disable server b/s3");
            ask("set map " + proxy.directory().resolve("m.map") + " k v" + i);
            Thread.sleep(150);
            ask("enable server b/s3");
            Thread.sleep(150);
        }
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s"), line);
    }

    private static long number(String answer, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(answer);
        assertTrue(found.find(), answer);
        return Long.parseLong(found.group(1));
    }
}
