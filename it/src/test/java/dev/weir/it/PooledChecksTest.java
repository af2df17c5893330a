package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks over the connections that traffic has ({@code check-reuse-pool}): how many connections a server sees. */
class PooledChecksTest {

    private static final int ASKED = 8;
    private static final Stage STAGE = new Stage();
    private static final Map<String, Origin> SERVERS = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> REQUESTS = new ConcurrentHashMap<>();
    private static final Map<String, int[]> BEFORE = new ConcurrentHashMap<>();
    private static volatile String greeting;
    private static Proxy proxy;

    @BeforeAll
    static void start() throws IOException {
        Launch launch = Product.WEIR.launch();
        StringBuilder file = new StringBuilder("""
                global
                    nbthread 2
                    pp2-never-send-local
                    stats socket {dir}/s.sock level admin
                defaults
                    mode http
                    timeout client 5s
                    timeout server 5s
                    timeout connect 2s
                    http-reuse aggressive
                    default-server check inter 40ms check-reuse-pool
                frontend two
                    bind 127.0.0.1:{port:two} proto h2
                    http-request return status 200
                backend two
                    option httpchk
                    http-check send meth GET uri / ver HTTP/1.1 hdr host two
                    server s 127.0.0.1:{port:two} proto h2
                backend told
                    option httpchk
                    server s 127.0.0.1:{port:told} send-proxy-v2
                """);
        for (String name : new String[] {"plain", "newer", "closing", "safe", "never", "addressed", "stepped", "off", "dies"}) {
            serve(name, launch, file);
        }
        launch.port("told", STAGE.add(Origin.of((socket, in, out) -> {
            byte[] first = new byte[28];
            greeting = in.readNBytes(first, 0, 28) == 28 ? HexFormat.of().formatHex(first, 0, 16) : greeting;
        })).port());
        proxy = STAGE.add(launch.start(file.toString()));
        // the first ones may come too late while the process is young
        await(ASKED);
        REQUESTS.forEach((name, requests) -> BEFORE.put(name, new int[] {requests.get(), SERVERS.get(name).accepted()}));
        await(2 * ASKED + 2);
    }

    private static void await(int most) {
        for (AtomicInteger requests : REQUESTS.values()) {
            Wait.until(5, () -> "checks: " + REQUESTS, () -> requests.get() >= most);
        }
    }

    private static void serve(String name, Launch launch, StringBuilder file) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        REQUESTS.put(name, requests);
        SERVERS.put(name, STAGE.add(Origin.of((socket, in, out) -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            int mine = 0;
            boolean kept = true;
            for (String line = lines.readLine(); line != null && kept; line = lines.readLine()) {
                kept = line.endsWith("HTTP/1.1");
                for (; line != null && !line.isEmpty(); line = lines.readLine()) {
                    kept = line.equals("connection: close") ? false : line.equals("connection: keep-alive") || kept;
                }
                requests.incrementAndGet();
                if (name.equals("dies") && ++mine > 2) {
                    return;
                }
                out.write(("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n" + (name.equals("closing") ? "connection: close\r\n" : "")
                        + "\r\nbody").getBytes(StandardCharsets.ISO_8859_1));
            }
        })));
        launch.port(name, SERVERS.get(name).port());
        file.append("backend ").append(name).append("\n option httpchk GET /\n");
        file.append(switch (name) {
            case "newer" -> " http-check send ver HTTP/1.1 hdr host h\n";
            case "safe", "never" -> " http-reuse " + name + "\n";
            case "stepped" -> " http-check connect\n http-check send meth GET\n";
            default -> "";
        });
        file.append(" server s 127.0.0.1:{port:").append(name).append("}").append(switch (name) {
            case "addressed" -> " addr 127.0.0.1\n";
            case "off" -> " no-check-reuse-pool\n";
            default -> "\n";
        });
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String status(String backend) throws IOException {
        String all = CommandSocket.ask(proxy.directory().resolve("s.sock"), "show stat");
        String row = all.lines().filter(line -> line.startsWith(backend + ",s,")).findFirst().orElse("");
        String[] columns = row.split(",", -1);
        return columns[17] + " " + columns[36].replace("* ", "");
    }

    /** For so many checks: none is made, one for each, or one for every two where a server drops what it has kept. */
    @ParameterizedTest
    @CsvSource({"plain,1", "newer,1", "closing,0", "safe,0", "never,0", "addressed,0", "stepped,0", "off,0", "dies,2"})
    void connectionsOf(String name, int checksOfOne) throws Exception {
        int made = REQUESTS.get(name).get() - BEFORE.get(name)[0];
        int connections = SERVERS.get(name).accepted() - BEFORE.get(name)[1];
        switch (checksOfOne) {
            case 0 -> assertTrue(connections >= made - 1, connections + " connections, " + made + " checks");
            case 1 -> assertEquals(0, connections);
            default -> assertTrue(connections <= 1 + made / 2, connections + " connections, " + made + " checks");
        }
        assertEquals("UP L7OK", status(name));
    }

    @Test
    void oneConnectionOfHttp2ServesAll() throws Exception {
        Wait.until(5, () -> "no checks", () -> column("two,FRONTEND", 48) >= ASKED);
        assertEquals("UP L7OK", status("two"));
        int before = column("two,FRONTEND", 77);
        int asked = column("two,FRONTEND", 48);
        Wait.until(5, () -> "no more checks", () -> column("two,FRONTEND", 48) >= asked + ASKED);
        assertEquals(before, column("two,FRONTEND", 77));
    }

    private static int column(String row, int at) throws IOException {
        String all = CommandSocket.ask(proxy.directory().resolve("s.sock"), "show stat");
        String line = all.lines().filter(each -> each.startsWith(row + ",")).findFirst().orElse("");
        return Integer.parseInt(line.split(",", -1)[at]);
    }

    /** {@code pp2-never-send-local}: the command is PROXY, with both addresses, as by HAProxy. */
    @Test
    void aCheckIsNotCalledLocal() {
        Wait.until(5, () -> "no header", () -> greeting != null);
        assertEquals("0d0a0d0a000d0a515549540a2111000c", greeting);
    }
}
