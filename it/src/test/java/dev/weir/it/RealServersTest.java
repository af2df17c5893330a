package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Daemon;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks of real servers from Debian's packages: up, then stopped, then up again, as Weir and HAProxy see it at the same
 * time. Those that are not installed are left out.
 */
class RealServersTest {

    private static final Map<Daemon.Kind, String> CHECKS = new EnumMap<>(Map.of(
            Daemon.Kind.MARIADB, "option mysql-check user hap",
            Daemon.Kind.POSTGRESQL, "option pgsql-check user postgres",
            Daemon.Kind.REDIS, "option redis-check",
            Daemon.Kind.SMTP, "option smtpchk EHLO it.example",
            Daemon.Kind.LDAP, "option ldap-check"));

    private static final Stage STAGE = new Stage();
    private static final Map<Daemon.Kind, Daemon> DAEMONS = new ConcurrentHashMap<>();
    private static final List<Proxy> PROXIES = new ArrayList<>();
    private static final List<Syslog> LOGS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Product.HAPROXY.needs(Part.CHECKS);
        List<Thread> starting = new ArrayList<>();
        for (Daemon.Kind kind : Daemon.Kind.values()) {
            if (kind.isInstalled()) {
                starting.add(Thread.startVirtualThread(() -> {
                    try {
                        DAEMONS.put(kind, new Daemon(kind));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
        }
        for (Thread each : starting) {
            each.join();
        }
        DAEMONS.values().forEach(STAGE::add);
        for (Product product : Product.values()) {
            Syslog log = STAGE.add(new Syslog());
            LOGS.add(log);
            var launch = product.launch().port("log", log.port());
            StringBuilder file = new StringBuilder("""
                    global
                        stats socket {dir}/sock level admin
                        log 127.0.0.1:{port:log} local0
                    defaults
                        log global
                        timeout connect 2s
                        timeout server 2s
                        timeout client 2s
                        timeout check 2s
                        default-server check inter 200ms rise 1 fall 1 init-state down
                    listen front
                        bind 127.0.0.1:{port:front}
                    """);
            DAEMONS.forEach((kind, daemon) -> {
                launch.port(kind.name(), daemon.port());
                file.append("backend ").append(kind).append("\n    ").append(CHECKS.get(kind))
                        .append("\n    server s 127.0.0.1:{port:").append(kind).append("}\n");
            });
            String text = file.toString();
            // 2.6 does not know how servers may begin
            PROXIES.add(STAGE.add(launch.start(product == Product.HAPROXY ? text.replace(" init-state down", "") : text)));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        STAGE.clear();
    }

    @ParameterizedTest
    @EnumSource
    void isSeenToGoAndComeBack(Daemon.Kind kind) throws Exception {
        Daemon daemon = DAEMONS.get(kind);
        Assumptions.assumeTrue(daemon != null, () -> kind + " is not installed");
        await(kind, "UP");
        daemon.stop();
        await(kind, "DOWN");
        daemon.start();
        await(kind, "UP");
        // HAProxy 2.6 counts these two twice and forgets what they said
        boolean forgets = kind == Daemon.Kind.MARIADB || kind == Daemon.Kind.LDAP;
        String expected = comeback(LOGS.get(1), kind);
        assertTrue(expected.contains(" is UP, reason: Layer7 check passed, code: "), expected);
        String ours = comeback(LOGS.get(0), kind);
        assertEquals(expected, forgets ? ours.replaceFirst(", info: \"[^\"]+\"", "") : ours);
    }

    private static void await(Daemon.Kind kind, String state) {
        for (Proxy proxy : PROXIES) {
            Wait.until(20, () -> proxy.product() + " does not see " + kind + " " + state, () -> {
                for (String line : CommandSocket.ask(proxy.directory().resolve("sock"), "show stat").split("\n")) {
                    String[] cells = line.split(",");
                    if (line.startsWith(kind + ",s,")) {
                        return cells[17].equals(state) && cells[36].startsWith(state.equals("UP") ? "L7OK" : "L4CON");
                    }
                }
                return false;
            });
        }
    }

    /** What was said last of it, without times and without how many are left: a server that goes may say so before. */
    private static String comeback(Syslog log, Daemon.Kind kind) throws InterruptedException {
        String last = "";
        for (String line = log.poll(100); line != null || !last.contains(" is UP"); line = log.poll(100)) {
            if (line != null && line.contains("Server " + kind + "/s is ")) {
                last = line.substring(line.indexOf("Server ")).replaceAll("\\d+ms", "Nms");
            }
        }
        return last;
    }
}
