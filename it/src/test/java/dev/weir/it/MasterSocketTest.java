package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the socket of {@code -S fd@N} answers, beside HAProxy. One process of each for all rows: its numbers, times and versions
 * are masked.
 */
class MasterSocketTest {

    private static final String FILE = """
            global
                stats socket {dir}/s level admin
            defaults
                mode http
                timeout connect 2s
                timeout client 5s
                timeout server 5s
            frontend f
                bind 127.0.0.1:{port:f}
            """;

    private static final Proxy[] PROXIES = new Proxy[2];
    private static Launch launch;

    @BeforeAll
    static void start() throws IOException {
        for (Product product : Product.values()) {
            Launch next = product.launch().inherit(7, "m").with("WHO", "me").until("f");
            PROXIES[product.ordinal()] = next.start(FILE, "-W", "-S", "fd@7");
            launch = product == Product.WEIR ? next : launch;
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (Proxy proxy : PROXIES) {
            proxy.signal("INT");
            // what a master ends with
            assertEquals(130, proxy.awaitExit());
            proxy.close();
        }
    }

    private static String ask(Product product, String line) throws IOException {
        Proxy proxy = PROXIES[product.ordinal()];
        try (Client client = proxy.connect("m")) {
            String said = client.send(line.replace("PID", worker(product)) + "\n").endOutput().readAll();
            return said.replaceAll("(?m)^(\\d+)( +)(master|worker) (.*) 0d00h00m\\d\\ds +\\S+", "N $3 $4")
                    .replaceAll("(?m)^(2\\.6|3\\.5)\\S+$", "VERSION").replaceAll("# programs\n", "")
                    .replaceAll("(?m)\\b\\d+> ", "N> ");
        }
    }

    /** The number of the process that serves. */
    private static String worker(Product product) throws IOException {
        if (product == Product.WEIR) {
            return Long.toString(PROXIES[product.ordinal()].pid());
        }
        try (Client client = PROXIES[product.ordinal()].connect("m")) {
            Matcher found = Pattern.compile("(\\d+) +worker ").matcher(client.send("show proc\n").endOutput().readAll());
            assertTrue(found.find());
            return found.group(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"show proc", "show proc debug", "user; show proc; reload", "operator; show proc",
        "@1 show version", "@!PID show version", "@!1 show version", "@2 show version", "@master show version", "@ show version",
        "@1; show version; show env WHO", "@1 show version; @1 show env WHO", "@1 show env WHO; show proc",
        "@1 show env WHO; @!PID show version; @ show version", "@1; show env WHO; @; show proc", "@; show proc", "@1", "@",
        "expert-mode", "expert-mode on", "expert-mode on; @1 expert-mode", "expert-mode; @1 expert-mode",
        "@1 expert-mode on; @1 show version", "experimental-mode on; show version", "show cli level", "show cli sockets",
        "operator; show cli level", "prompt; @1; show env WHO; @", "@1 disable frontend f; @1 enable frontend f",
        "@1; disable frontend f; enable frontend f; show version", "mcli-debug-mode on", "mcli-debug-mode off; show version"})
    void answersAsHaproxyDoes(String line) throws IOException {
        assertEquals(ask(Product.HAPROXY, line), ask(Product.WEIR, line), line);
    }

    /** A supervisor of Type=notify-reload: in time for it, the first word is that we are ready, and whose number to watch. */
    @Test
    void tellsSystemdHowItIs() throws Exception {
        Launch next = Product.WEIR.launch().until("f");
        Path told = next.directory().resolve("told");
        Process ear = new ProcessBuilder(Tools.need("socat"), "-u", "UNIX-RECV:" + next.directory().resolve("notify"),
                "CREATE:" + told).start();
        try {
            Wait.until(5, () -> "no ear", () -> Files.exists(next.directory().resolve("notify")));
            next.with("NOTIFY_SOCKET", next.directory().resolve("notify").toString());
            try (Proxy proxy = next.start(FILE, "-Ws", "-p", next.directory().resolve("pid").toString())) {
                Wait.until(3, () -> "not ready", () -> Files.exists(told) && Files.readString(told).endsWith("STATUS=Ready.\n"));
                assertEquals("READY=1\nMAINPID=" + proxy.pid() + "\nSTATUS=Ready.\n", Files.readString(told));
                assertEquals(proxy.pid() + "\n", Files.readString(next.directory().resolve("pid")));
                proxy.signal("USR2");
                Wait.until(5, () -> "not reloaded", () -> Files.readString(told).matches(
                        "(?s)READY=1.*Ready\\.\nRELOADING=1\n.*MONOTONIC_USEC=\\d+\nREADY=1\nSTATUS=Ready\\.\n"));
                proxy.signal("TERM");
                assertEquals(0, proxy.awaitExit());
                Wait.until(5, () -> "no farewell", () -> Files.readString(told).endsWith("\nSTOPPING=1\n"));
            }
        } finally {
            ear.destroy();
        }
    }

    /** What 2.6 does not answer. */
    @Test
    void saysHowAReloadWent() throws Exception {
        String good = ask(Product.WEIR, "reload");
        assertTrue(good.startsWith("Success=1\n--\n") && good.contains("Loading success."), good);
        String file = launch.fill(FILE);
        Files.writeString(launch.directory().resolve("haproxy.cfg"), file + "  nonsense\n");
        String bad = ask(Product.WEIR, "reload");
        assertTrue(bad.startsWith("Success=0\n--\n") && bad.contains("unknown keyword 'nonsense' in 'frontend' section"), bad);
        assertTrue(ask(Product.WEIR, "show startup-logs").contains("unknown keyword 'nonsense'"));
        assertTrue(ask(Product.WEIR, "show proc").contains("[failed: 1]"));
        assertEquals("master[ReloadFailed]> ", ask(Product.WEIR, "prompt"));
        Files.writeString(launch.directory().resolve("haproxy.cfg"), file);
        String again = ask(Product.WEIR, "hard-reload");
        assertTrue(again.startsWith("Success=1\n--\n"), again);
        assertEquals("master(ed)> stat", ask(Product.WEIR, "expert-mode on; mcli-debug-mode on; prompt; show stat")
                .replaceAll("(?s)(stat|> )# pxname.*", "$1stat"));
    }
}
