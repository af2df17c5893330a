package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Crowd;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.RandomStream;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reload after reload, with one worker and four in turn, and process after process, under clients of every kind and
 * commands: nobody notices anything. {@code scripts/hammer} makes it long.
 */
class ReloadHammerTest {

    private static final int SECONDS = Integer.getInteger("weir.hammer.seconds", 4);
    private static final int KEEPING = Integer.getInteger("weir.hammer.clients", 20);
    private static final int OTHERS = Math.max(2, KEEPING / 10);
    private static final int RELAYED = Math.max(5, KEEPING / 4);
    private static final boolean LONG = SECONDS >= 30;
    private static final int PROCESSES = LONG ? SECONDS / 2 : 2;
    private static final int RELOAD_EVERY_MS = 600;
    private static final int SESSION_MS = 3000;
    private static final List<String> GROWING = List.of("stot", "bin", "bout", "req_tot", "hrsp_2xx", "conn_tot", "lbtot");
    private static final long GIGABYTE = 1L << 30;
    private static final List<String> PORTS = List.of("a", "tls", "h2", "t", "peer", "s1", "s2", "s3", "echo");
    private static final String FILE = """
            global
                stats socket {dir}/s level admin expose-fd listeners
                stats maxconn 100
                nbthread THREADS
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
                timeout tunnel 30s
            peers others
                peer hammer 127.0.0.1:{port:peer}
            frontend f
                bind 127.0.0.1:{port:a}
                bind 127.0.0.1:{port:tls} ssl crt {dir}/c.pem alpn h2,http/1.1
                bind 127.0.0.1:{port:h2} proto h2
                http-response set-header gen %[str(NUMBER)]
                http-request set-var(txn.m) str(k),map({dir}/m.map)
                default_backend b
            backend b
                balance roundrobin
                stick-table type string len 20 size 10k store http_req_cnt peers others
                stick on req.hdr(id)
                http-request track-sc0 req.hdr(id)
                server s1 127.0.0.1:{port:s1} check inter 500
                server s2 127.0.0.1:{port:s2} check inter 500
                server s3 127.0.0.1:{port:s3} check inter 500
            listen t
                mode tcp
                bind 127.0.0.1:{port:t}
                server s 127.0.0.1:{port:echo}
            """;

    private final Stage stage = new Stage();
    private Launch launch;
    private Path directory;
    private Crowd crowd;
    private volatile boolean over;

    @BeforeEach
    void prepare() throws Exception {
        Tools.need("openssl");
        launch = Product.WEIR.launch().port("echo", stage.add(Origin.echo()).port());
        for (String name : List.of("s1", "s2", "s3")) {
            launch.port(name, stage.add(Crowd.server(name)).port());
        }
        directory = launch.directory();
        Files.writeString(directory.resolve("m.map"), "k v\n");
        Finished made = Finished.of(List.of("sh", "-c", "cd " + directory
                + " && openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 2 -subj /CN=a && cat c k > c.pem"));
        assertEquals(0, made.code(), made.err());
    }

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Crowd crowd(int sessionMs, boolean mayClose) throws Exception {
        return new Crowd(launch::port, new Crowd.Size(KEEPING, OTHERS, OTHERS, OTHERS, RELAYED, sessionMs), mayClose);
    }

    private static String text(int number) {
        return FILE.replace("THREADS", number % 2 == 0 ? "1" : "4").replace("NUMBER", Integer.toString(number));
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(directory.resolve("s"), line);
    }

    @Test
    void nobodyNotices() throws Exception {
        Proxy proxy = stage.add(launch.start(text(0), "-L", "hammer"));
        crowd = crowd(0, false).start();
        Thread commands = Thread.ofVirtual().start(this::command);
        int reloads = reload(proxy);
        over = true;
        commands.join();
        assertEquals(List.of(), crowd.end());
        report("reloads", reloads);
        assertTrue(reloads >= SECONDS && crowd.requests() > 1000, reloads + " reloads, " + crowd.requests() + " requests");
        assertEquals(crowd.requests(), counters().get("f/FRONTEND/hrsp_2xx"));
    }

    private void report(String what, int count) {
        System.out.println(count + " " + what + " under " + crowd.requests() + " requests and " + crowd.bytes()
                + " relayed bytes: nobody noticed");
    }

    private int reload(Proxy proxy) throws Exception {
        Map<String, Long> before = Map.of();
        int number = 0;
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (long next = System.nanoTime(); System.nanoTime() < end; next += RELOAD_EVERY_MS * 1_000_000L) {
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(text(++number)));
            String answer = ask("reload");
            if (!answer.startsWith("Success=1\n")) {
                crowd.fail(answer);
            }
            Map<String, Long> now = counters();
            before.forEach((name, value) -> {
                if (now.getOrDefault(name, -1L) < value) {
                    crowd.fail(name + " went from " + value + " to " + now.get(name));
                }
            });
            before = now;
        }
        return number;
    }

    /** What may only grow, by proxy, row and column. */
    private Map<String, Long> counters() throws IOException {
        String[] lines = ask("show stat").split("\n");
        List<String> columns = List.of(lines[0].substring(2).split(","));
        Map<String, Long> all = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            for (String name : GROWING) {
                int column = columns.indexOf(name);
                if (!line.startsWith("#") && fields.length > column && !fields[column].isEmpty()) {
                    all.put(fields[0] + "/" + fields[1] + "/" + name, Long.parseLong(fields[column]));
                }
            }
        }
        return all;
    }

    /** The one server that comes and goes takes its clients with it; a list changes all the time. */
    private void command() {
        try {
            for (int i = 0; !over; i++) {
                ask("disable server b/s3");
                ask("set map " + directory.resolve("m.map") + " k v" + i);
                Thread.sleep(150);
                ask("enable server b/s3");
                Thread.sleep(150);
            }
        } catch (IOException | InterruptedException e) {
            crowd.fail("command: " + e);
        }
    }

    /** As {@link #nobodyNotices}, with a new process each time. */
    @Test
    void nobodyNoticesAnotherProcess() throws Exception {
        List<Proxy> all = new ArrayList<>();
        all.add(stage.add(launch.start(text(0), "-L", "hammer")));
        crowd = crowd(SESSION_MS, true).start();
        Thread.sleep(500);
        for (int i = 1; i <= PROCESSES; i++) {
            all.add(next(Product.WEIR, all.getLast(), text(i)));
            ask("disable server b/s3");
            Thread.sleep(LONG ? 300 : 100);
            ask("enable server b/s3");
        }
        assertEquals(List.of(), crowd.end());
        report("processes after each other", PROCESSES);
        for (Proxy old : all.subList(0, PROCESSES)) {
            assertEquals(0, old.awaitExit(), old.err());
        }
    }

    /** From a running HAProxy to Weir and back, with a transfer under way in both directions each time. */
    @Test
    void fromHaproxyAndBack() throws Exception {
        Assumptions.assumeTrue(LONG, "the long form alone");
        Launch first = Product.HAPROXY.launch();
        Product.HAPROXY.needs();
        PORTS.forEach(name -> first.port(name, launch.port(name)));
        Proxy haproxy = stage.add(first.start(text(0).replace("{dir}", directory.toString()), "-L", "hammer"));
        crowd = new Crowd(launch::port, new Crowd.Size(0, 0, 0, OTHERS, RELAYED, SESSION_MS), true).start();
        FutureTask<Boolean> one = transfer(1);
        Proxy weir = next(Product.WEIR, haproxy, text(1));
        assertTrue(!one.isDone(), "the transfer was over before");
        FutureTask<Boolean> other = transfer(2);
        assertTrue(one.get());
        haproxy.awaitExit();
        Proxy last = next(Product.HAPROXY, weir, text(2));
        assertTrue(!other.isDone(), "the transfer was over before");
        assertTrue(other.get());
        assertEquals(0, weir.awaitExit());
        assertEquals(List.of(), crowd.end());
        assertTrue(last.isAlive());
        report("hand-overs from HAProxy and back", 2);
    }

    /** A gigabyte there and back over one session; whether it came as it was sent. */
    private FutureTask<Boolean> transfer(long seed) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), launch.port("t"))) {
                FutureTask<Long> sent = new FutureTask<>(() -> {
                    long sum = RandomStream.write(new Paced(socket.getOutputStream()), GIGABYTE, seed);
                    socket.shutdownOutput();
                    return sum;
                });
                Thread.ofPlatform().start(sent);
                RandomStream.Received received = RandomStream.read(socket.getInputStream());
                return received.equals(new RandomStream.Received(GIGABYTE, sent.get()));
            }
        });
        Thread.ofPlatform().start(task);
        return task;
    }

    /** Not as fast as it could be, so that there is time for something. */
    private static final class Paced extends FilterOutputStream {

        Paced(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            LockSupport.parkNanos(300_000);
        }
    }

    /** Another process of any product takes the place of this one, and serves. */
    private Proxy next(Product product, Proxy old, String file) throws IOException {
        Launch next = product.launch().until("");
        PORTS.forEach(name -> next.port(name, launch.port(name)));
        Proxy young = stage.add(next.start(file.replace("{dir}", directory.toString()), "-L", "hammer", "-x",
                directory.resolve("s").toString(), "-sf", Long.toString(old.pid())));
        Wait.until(20, () -> "the next one does not serve: " + errors(young),
                () -> ask("show info").contains("\nPid: " + young.pid()));
        Wait.until(20, () -> "the old one does not leave: " + errors(old), () -> !old.isAlive()
                || old.err().contains("Proxy t stopped"));
        return young;
    }

    private static String errors(Proxy proxy) {
        try {
            return proxy.err();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
