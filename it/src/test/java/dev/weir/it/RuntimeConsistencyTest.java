package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.HttpOrigin;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After every command, what it says, what traffic does, {@code show stat}, {@code show servers state} and the log agree; also
 * after nonsense and after twenty clients that contradict each other.
 */
@ParameterizedClass
@EnumSource(Product.class)
class RuntimeConsistencyTest {

    private static final String FILE = """
            global
                stats socket {dir}/s.sock level admin
                stats socket {dir}/u.sock level user
                log 127.0.0.1:{port:log} format raw local0 notice
            defaults
                mode http
                log global
                timeout connect 2s
                timeout client 5s
                timeout server 5s
                balance roundrobin
            frontend fe
                bind 127.0.0.1:{port:fe}
                default_backend be
            backend be
                server s0 127.0.0.1:{port:s0} check inter 1h
                server s1 127.0.0.1:{port:s1} check inter 1h
                server s2 127.0.0.1:{port:s2}
            """;

    private static final int SERVERS = 3;
    private static final int MAINTENANCE = 0x23;
    private static final int DRAIN = 0x18;
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static Syslog log;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws Exception {
        product.needs(Part.START);
        log = STAGE.add(new Syslog());
        Launch launch = product.launch().port("log", log.port());
        for (int i = 0; i < SERVERS; i++) {
            launch.port("s" + i, STAGE.add(new HttpOrigin("s" + i)).port());
        }
        proxy = STAGE.add(launch.start(FILE));
        Thread.sleep(300);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    private static String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    /** What one server is, by three ways of asking. */
    private record Seen(String name, int operation, int admin, int weight, String status, int shownWeight) {

        boolean isUsable() {
            return operation == 2 && (admin & (MAINTENANCE | DRAIN)) == 0 && weight > 0;
        }

        String expectedStatus() {
            return (admin & MAINTENANCE) != 0 ? "MAINT" : operation == 0 ? "DOWN" : (admin & DRAIN) != 0 || weight == 0
                    ? "DRAIN" : operation == 3 ? "NOLB" : "UP";
        }
    }

    private static List<Seen> look() throws IOException {
        List<Seen> seen = new ArrayList<>();
        String[] stat = ask("show stat be 4 -1").split("\n");
        List<String> names = List.of(stat[0].substring(2).split(","));
        for (String line : ask("show servers state be").split("\n")) {
            String[] state = line.split(" ");
            if (state.length > 7 && !line.startsWith("#")) {
                String[] cells = stat[1 + seen.size()].split(",", -1);
                seen.add(new Seen(state[3], Integer.parseInt(state[5]), Integer.parseInt(state[6]),
                        Integer.parseInt(state[7]), cells[names.indexOf("status")],
                        Integer.parseInt(cells[names.indexOf("weight")])));
            }
        }
        return seen;
    }

    /** The validator: everything that can be asked agrees. */
    private static void agree() throws IOException {
        Set<String> usable = new TreeSet<>();
        for (Seen each : look()) {
            // of a server that nobody checks its weight says nothing
            boolean unchecked = each.status.equals("no check") && (each.admin & (MAINTENANCE | DRAIN)) == 0;
            assertEquals(each.expectedStatus(), unchecked ? each.expectedStatus() : each.status.split(" ")[0], each.toString());
            assertEquals(each.weight, each.shownWeight, each.toString());
            assertEquals(each.weight + " (initial 1)\n\n", ask("get weight be/" + each.name), each.toString());
            if (each.isUsable()) {
                usable.add(each.name);
            }
        }
        Set<String> answering = new TreeSet<>();
        for (int i = 0; i < 3 * SERVERS; i++) {
            answering.add(get());
        }
        assertEquals(usable.isEmpty() ? Set.of("503") : usable, answering, "who gets traffic");
        String backend = ask("show stat be 2 -1").split("\n")[1];
        assertTrue(backend.contains(usable.isEmpty() ? ",DOWN," : ",UP,"), backend);
    }

    private static String get() throws IOException {
        try (Client client = proxy.connect("fe")) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String answer = client.readAll();
            return answer.startsWith("HTTP/1.1 200") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : answer.substring(9, 12);
        }
    }

    /** What the log says of the servers, up to that text or until it is silent. */
    private static String heard(String wanted) throws InterruptedException {
        StringBuilder heard = new StringBuilder();
        int patience = wanted.isEmpty() ? 40 : 2000;
        while (wanted.isEmpty() || heard.indexOf(wanted) < 0) {
            String line = log.poll(patience);
            if (line == null) {
                break;
            }
            if (line.contains("be/s") || line.contains("no server available")) {
                heard.append(line).append('\n');
            }
        }
        return heard.toString();
    }

    /** One conversation: each row leaves its effect for the next. A text of the log; empty when nothing is to be logged. */
    @Test
    void theyAgreeAfterEveryCommand() throws Exception {
        String[][] rows = {
            {"show version", ""},
            {"disable server be/s0", "Server be/s0 is going DOWN for maintenance. 2 active and 0 backup servers left."},
            {"disable server be/s0", ""},
            {"set server be/s0 state drain", "Server be/s0 is UP/DRAIN (leaving forced maintenance)."},
            {"set server be/s0 state ready", "Server be/s0 is UP (leaving forced drain)."},
            {"set server be/s1 state drain", "Server be/s1 enters drain state."},
            {"set server be/s1 state maint", "Server be/s1 is going DOWN for maintenance."},
            {"enable server be/s1", "Server be/s1 is UP/READY (leaving forced maintenance)."},
            {"set server be/s1 health down", "Server be/s1 is DOWN, changed from CLI."},
            {"set server be/s1 state maint", "Server be/s1 was DOWN and now enters maintenance."},
            {"set server be/s1 state ready", "Server be/s1 is UP/READY (leaving forced maintenance)."},
            {"set server be/s1 health stopping", "Server be/s1 is stopping, changed from CLI."},
            {"set server be/s1 health up", "Server be/s1 is UP, changed from CLI."},
            {"set weight be/s2 0", ""}, {"set weight be/s2 7", ""}, {"set weight be/s2 100%", ""},
            {"set server be/s0 health nonsense", ""}, {"set server be/nope state maint", ""}, {"set weight be/s0 300", ""},
            {"disable server be/s0;disable server be/s1", "Server be/s1 is going DOWN for maintenance. 1 active"},
            {"disable server be/s2", "backend be has no server available!"},
            {"enable server be/s2", "Server be/s2 is UP/READY"},
            {"enable server be/s0; enable server be/s1; set weight be/s0 1", "Server be/s0 is UP/READY"}};
        heard("");
        for (String[] row : rows) {
            List<Seen> before = look();
            String answer = ask(row[0]);
            String heard = heard(row[1]);
            assertTrue(row[1].isEmpty() ? heard.isEmpty() : heard.contains(row[1]), row[0] + ": " + answer + heard);
            boolean refused = answer.strip().length() > 0 && !row[0].startsWith("show");
            assertTrue(!refused || before.toString().equals(look().toString()), "refused and changed: " + row[0]);
            agree();
        }
    }

    /** Half commands, long lines, bytes that are no text, levels that do not suffice: an answer or an end, and no effect. */
    @Test
    void nonsenseHasNoEffect() throws Exception {
        // HAProxy 2.6 obeys one of them
        Assumptions.assumeTrue(product == Product.WEIR);
        List<Seen> before = look();
        String[] lines = {"disable", "disable server", "disable server be", "disable server be/", "disable server /s0",
            "disable server be/s0x", "set server", "set server be/s0", "set server be/s0 state", "set server be/s0 state x",
            "set weight be/s0", "set weight be/s0 x", "disable\u0000 server be/s0", "\u0001\u0002\u00ff\ufffd", ";;;;", "\\",
            "set server be/s0 addr", "set server be/s0 addr 1.2.3", "show stat x y z",
            "disable server #9/#9", "disable server be/s0\\ x", "user;disable server be/s0", "x".repeat(4000)};
        for (String line : lines) {
            ask(line);
            assertTrue(ask("show version").length() > 3, line);
        }
        assertTrue(CommandSocket.ask(proxy.directory().resolve("u.sock"), "disable server be/s0").contains("Permission denied"));
        try (CommandSocket half = new CommandSocket(proxy.directory().resolve("s.sock"))) {
            half.send("disable server be/s").end().readAll();
        }
        longLine(proxy.directory().resolve("s.sock"));
        assertEquals(before.toString(), look().toString());
        agree();
    }

    private static void longLine(Path socket) throws IOException {
        try (CommandSocket client = new CommandSocket(socket)) {
            byte[] line = new byte[1 << 20];
            java.util.Arrays.fill(line, (byte) 'a');
            client.send(line);
        } catch (IOException closed) {
            // that is an answer too
        }
    }

    /** Whoever comes last wins, and nothing is half done. */
    @Test
    void twentyClientsContradictEachOther() throws Exception {
        String[] commands = {"disable server be/s%d", "enable server be/s%d", "set server be/s%d state drain",
            "set weight be/s%d 3", "set weight be/s%d 1", "set server be/s%d health down", "set server be/s%d health up",
            "show stat", "show servers state", "set server be/s%d state maint;set server be/s%d state ready"};
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SplittableRandom random = new SplittableRandom(i);
            clients.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 25; n++) {
                    String command = commands[random.nextInt(commands.length)].replace("%d",
                            Integer.toString(random.nextInt(SERVERS)));
                    try {
                        String answer = ask(command);
                        boolean silent = !command.startsWith("show");
                        if (silent && !answer.isBlank() || !answer.endsWith("\n\n") && !silent) {
                            wrong.add(command + ": " + answer);
                        }
                    } catch (IOException e) {
                        wrong.add(command + ": " + e);
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        agree();
        for (int i = 0; i < SERVERS; i++) {
            ask("set server be/s" + i + " state maint;set server be/s" + i + " state ready;set weight be/s" + i + " 1");
        }
        agree();
        heard("");
    }

    /** As users type it. */
    @ParameterizedTest
    @ValueSource(strings = {
        "echo 'show version' | socat - UNIX:{s}", "echo 'show version' | socat stdio {s}",
        "echo 'show version;show version' | socat - UNIX:{s}", "printf 'show version\\n' | nc -U -q 1 {s}",
        "printf 'prompt\\nshow version\\nquit\\n' | socat - UNIX:{s}", "(echo prompt; sleep 0.2; echo show version) | socat -t 2 - UNIX:{s}",
        "echo 'show version' | socat - UNIX:{s},shut-none | head -1"})
    void sessionsAsTyped(String typed) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", typed.replace("{s}", proxy.directory().resolve("s.sock").toString()))
                .redirectErrorStream(true).start();
        String said;
        try (InputStream out = shell.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(shell.waitFor(5, TimeUnit.SECONDS));
        assertTrue(said.matches("(?s)(> |\n)*\\d+\\.\\d+.*"), said);
        assertEquals(typed.contains("prompt"), said.contains("> "), said);
    }
}
