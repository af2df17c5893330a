package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import dev.weir.it.rig.Wrapped;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the process is, what it may have, and how it is stopped. */
class ProcessTest {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final int USR1 = 10;
    private static final String PROXY = """
            defaults
                mode tcp
                timeout connect 2s
                timeout client 10s
                timeout server 10s
            listen a
                bind 127.0.0.1:{port:a}
                server s 127.0.0.1:{port:echo}
            """;

    private final Stage stage = new Stage();

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private Launch launch(Product product) throws IOException {
        return product.needs(Part.START).launch().port("echo", stage.add(Origin.echo()).port());
    }

    private static void relays(Proxy proxy) throws IOException {
        try (Client client = proxy.connect("a")) {
            assertEquals("x", client.send("x").endOutput().readAll());
        }
    }

    private static String status(Proxy proxy, String task, String field) throws IOException {
        Path file = Path.of("/proc/" + proxy.pid() + (task.isEmpty() ? "" : "/task/" + task) + "/status");
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).trim().replaceAll("\\s+", " ");
            }
        }
        return "";
    }

    /** Every thread changes, supplementary groups go, low ports can be bound later on. */
    @ParameterizedTest
    @CsvSource({"user nobody, 65534, 0", "group nogroup, 0, 65534", "uid 12345, 12345, 0",
        "uid 12345|gid 23456, 12345, 23456", "user nobody|group nogroup, 65534, 65534"})
    void becomesSomebodyElse(String lines, int uid, int gid) throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can become somebody else");
        for (Product product : Product.values()) {
            Proxy proxy = stage.add(launch(product).start("global\n " + lines.replace("|", "\n ") + "\n" + PROXY));
            Wait.until(5, () -> product + " did not change", () -> status(proxy, "", "Uid").startsWith(uid + " ")
                    && status(proxy, "", "Gid").startsWith(gid + " "));
            relays(proxy);
            if (product == Product.WEIR) {
                try (var tasks = Files.list(Path.of("/proc/" + proxy.pid() + "/task"))) {
                    for (Path task : tasks.toList()) {
                        String name = task.getFileName().toString();
                        assertEquals((uid + " ").repeat(4).trim(), status(proxy, name, "Uid"));
                        assertEquals((gid + " ").repeat(4).trim(), status(proxy, name, "Gid"));
                    }
                }
                assertTrue(uid == 0 || capabilities(proxy).equals("[0000000000000400]"), capabilities(proxy));
            }
            assertTrue(gid == 0 || status(proxy, "", "Groups").isEmpty(), status(proxy, "", "Groups"));
        }
    }

    /** What the threads of ours may do, each value once. */
    private static String capabilities(Proxy proxy) throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (var tasks = Files.list(Path.of("/proc/" + proxy.pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                String name = task.getFileName().toString();
                if (status(proxy, name, "Name").startsWith("weir-")) {
                    found.add(status(proxy, name, "CapEff"));
                }
            }
        }
        return found.toString();
    }

    /** What the configuration needs is kept, and what it asks to keep; nothing else. */
    @ParameterizedTest
    @CsvSource({"'', '', 400", "setcap cap_net_admin|setcap cap_net_raw, '', 2400",
        "'setcap cap_net_admin,cap_sys_admin', '', 201400", "'', bind 127.0.0.1:{port:b} transparent, 2400",
        "'', source 127.0.0.1 usesrc clientip, 2400", "'', bind 127.0.0.1:{port:b} interface lo, 2400"})
    void keepsWhatItNeeds(String global, String line, String expected) throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can become somebody else");
        Proxy proxy = stage.add(launch(Product.WEIR).start("global\n user nobody\n log stdout local0\n "
                + global.replace("|", "\n ") + "\n" + PROXY + "    " + line + "\n"));
        Wait.until(5, () -> "did not change", () -> status(proxy, "", "Uid").startsWith("65534 "));
        relays(proxy);
        assertEquals("[" + "0".repeat(16 - expected.length()) + expected + "]", capabilities(proxy));
    }

    /** A worker, which dials, may come from a port that only root may use, although nobody runs it. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void usesWhatItKeeps(Product product) throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can become somebody else");
        int told = stage.add(Origin.of((socket, in, out) -> out.write(socket.getPort() / 100))).port();
        Proxy proxy = stage.add(product.needs(Part.START).launch().port("echo", told).start(
                "global\n " + (product == Product.WEIR ? "user nobody\n" : "nbthread 1\n")
                + PROXY.replace("{port:echo}", "{port:echo} source 127.0.0.9:700-720")));
        Wait.until(5, () -> "did not change", () -> product == Product.HAPROXY
                || status(proxy, "", "Uid").startsWith("65534 "));
        try (Client client = proxy.connect("a")) {
            assertEquals("\7", client.readAll());
        }
    }

    @Test
    void refusesUnknownCapabilities() throws Exception {
        Finished run = launch(Product.WEIR).run("global\n setcap cap_net_raw,cap_chown\n" + PROXY, "-c");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("'setcap' : unsupported capability 'cap_chown', supported ones are: cap_net_admin,"
                + " cap_net_raw, cap_net_bind_service, cap_sys_admin."), run.err());
    }

    private Wrapped asNobody(Product product) throws IOException {
        Assumptions.assumeTrue(ROOT, "only root can become somebody else");
        return new Wrapped(product, launch(product), List.of(Tools.need("setpriv"), "--reuid=65534", "--regid=65534",
                "--clear-groups"));
    }

    @Test
    void staysWhoItIsWithoutThePrivilege() throws Exception {
        Proxy proxy = stage.add(asNobody(Product.WEIR).start("a", "global\n user haproxy\n group nogroup\n"
                .replace("haproxy", "daemon") + " chroot {dir}\n" + PROXY, "-db"));
        relays(proxy);
        assertTrue(status(proxy, "", "Uid").startsWith("65534 "));
        assertTrue(proxy.err().contains("[NOTICE]") && !proxy.err().contains("[WARNING]")
                && !proxy.err().contains("[ALERT]"), proxy.err());
    }

    /** The first file that Debian's users have, word for word as far as it has no sockets of its own. */
    private static final String DEBIAN = """
            global
            \tlog /dev/log\tlocal0
            \tlog /dev/log\tlocal1 notice
            \tchroot {dir}
            \tuser daemon
            \tgroup daemon
            \tdaemon

            \t# See: https://ssl-config.mozilla.org/#server=haproxy&server-version=2.0.3&config=intermediate
            \tca-base /etc/ssl/certs
            \tcrt-base /etc/ssl/private
            \tssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets

            defaults
            \tlog\tglobal
            \tmode\ttcp
            \toption\ttcplog
            \toption\tdontlognull
                    timeout connect 5000
                    timeout client  50000
                    timeout server  50000
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsDebiansFile(boolean privileged) throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can become somebody else");
        String file = DEBIAN + PROXY.substring(PROXY.indexOf("listen"));
        Proxy proxy = stage.add(privileged ? launch(Product.WEIR).start(file)
                : asNobody(Product.WEIR).start("a", file, "-db"));
        relays(proxy);
        assertFalse(proxy.err().contains("[WARNING]") || proxy.err().contains("[ALERT]"), proxy.err());
        assertTrue(proxy.err().contains("'chroot' is accepted but not performed"), proxy.err());
    }

    /** The very file that Debian's package installs, with a proxy behind it: HTTP, its error files, its log lines. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsTheInstalledFile(boolean privileged) throws Exception {
        Path installed = Path.of("/etc/haproxy/haproxy.cfg");
        Assumptions.assumeTrue(ROOT && Files.exists(installed), "needs root and Debian's haproxy package");
        int origin = stage.add(Origin.of((socket, in, out) -> {
            in.read();
            out.write("HTTP/1.1 200 OK\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
        })).port();
        Launch launch = Product.WEIR.needs(Part.START).launch().port("echo", origin);
        String file = Files.readString(installed) + PROXY.substring(PROXY.indexOf("listen"))
                + "listen none\n bind 127.0.0.1:{port:none}\n";
        List<String> as = privileged ? List.of("env") : List.of(Tools.need("setpriv"), "--reuid=65534",
                "--regid=65534", "--clear-groups");
        Proxy proxy = stage.add(new Wrapped(Product.WEIR, launch, as).start("a", file, "-db"));
        try (Client client = proxy.connect("a"); Client nowhere = proxy.connect("none")) {
            String answer = client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith("\r\n\r\nhello"), answer);
            String page = Files.readString(Path.of("/etc/haproxy/errors/503.http"));
            String refused = nowhere.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
            assertTrue(refused.contains(" 503 ") && refused.contains(page.substring(page.indexOf("\r\n\r\n")).strip()), refused);
        }
        assertEquals(privileged, !status(proxy, "", "Uid").startsWith("65534 ") && !status(proxy, "", "Uid")
                .startsWith("0 "), "runs as haproxy when root starts it");
        assertFalse(proxy.err().contains("[WARNING]") || proxy.err().contains("[ALERT]"), proxy.err());
    }

    /** 2.6 leaves a limit alone that is higher. */
    @Test
    void limitsDescriptors() throws Exception {
        Proxy proxy = stage.add(launch(Product.WEIR).start("global\n ulimit-n 777\n maxconn 100\n" + PROXY));
        relays(proxy);
        String limits = Files.readString(Path.of("/proc/" + proxy.pid() + "/limits"));
        assertTrue(limits.matches("(?s).*Max open files +777 .*"), limits);
    }

    @ParameterizedTest
    @CsvSource({"-D, ''", "'', daemon"})
    void goesIntoTheBackground(String option, String keyword) throws Exception {
        for (Product product : Product.values()) {
            Launch launch = launch(product);
            Path pidFile = launch.directory().resolve("pid");
            Wrapped wrapped = new Wrapped(product, launch, List.of("env"));
            String[] words = ("-p " + pidFile + " " + option).trim().split(" ");
            Finished run = wrapped.run("global\n " + keyword + "\n" + PROXY, words);
            assertEquals(0, run.code(), product + run.out() + run.err());
            assertEquals("", run.out(), product.toString());
            Wait.until(5, () -> "no pid file", () -> Files.exists(pidFile) && Files.size(pidFile) > 1);
            String pid = Files.readString(pidFile).trim();
            try {
                try (Client client = new Client(new java.net.Socket("127.0.0.1", launch.port("a")))) {
                    assertEquals("x", client.send("x").endOutput().readAll());
                }
                String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                assertEquals(pid, fields[3], "leads a session of its own");
                assertEquals("/dev/null", Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0")).toString());
                assertEquals("/dev/null", Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/2")).toString());
            } finally {
                Finished.of(List.of("kill", "-TERM", pid));
            }
            Wait.until(5, () -> "still there", () -> !Files.exists(Path.of("/proc/" + pid)) || isZombie(pid));
        }
    }

    private static boolean isZombie(String pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z");
        } catch (IOException gone) {
            return true;
        }
    }

    /** A start that fails in the background is a start that fails. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void saysWhyItCannotGoIntoTheBackground(Product product) throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Finished run = new Wrapped(product, launch(product).port("a", taken.getLocalPort()), List.of("env"))
                    .run(PROXY, "-D");
            assertEquals(1, run.code());
            assertTrue(run.err().contains("cannot bind socket (Address already in use)"), run.err());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void changesTheDirectoryFirst(Product product) throws Exception {
        Launch launch = launch(product);
        Files.writeString(launch.directory().resolve("other.cfg"), launch.fill(PROXY), StandardCharsets.UTF_8);
        Finished run = product.run("-C", launch.directory().toString(), "-c", "-f", "other.cfg");
        assertEquals(0, run.code(), run.err());
        Finished none = product.run("-C", launch.directory() + "/none", "-c", "-f", "other.cfg");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("Could not change to directory " + launch.directory() + "/none"), none.err());
    }

    /** Half of it is for objects and half for buffers, never so little that nothing would start. */
    @ParameterizedTest
    @CsvSource({"512, 256", "16, 32", "08, 0", "x, 0"})
    void limitsMemory(String megabytes, int each) throws Exception {
        Proxy proxy = stage.add(launch(Product.WEIR).start(PROXY, "-m", megabytes));
        relays(proxy);
        String line = Files.readString(Path.of("/proc/" + proxy.pid() + "/cmdline")).replace('\0', ' ');
        assertEquals(each > 0, line.contains(" -Xmx" + each + "m -XX:MaxDirectMemorySize=" + each + "m "), line);
    }

    /** Of the process, whatever the file says; memory and proxy limits are taken without a word. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void takesLimitsFromTheCommandLine(Product product) throws Exception {
        Proxy proxy = stage.add(launch(product).start("global\n maxconn 50\n" + PROXY, "-n", "1", "-N", "10", "-m",
                "512"));
        try (Client first = proxy.connect("a"); Client second = proxy.connect("a")) {
            assertEquals("1", first.send("1").read(1));
            assertEquals("silence", second.send("2").next(300));
        }
        assertFalse(proxy.err().contains("[WARNING]") || proxy.err().contains("[ALERT]"), proxy.err());
    }

    /** New clients are refused, those that are there go on, and the process ends with the last of them. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void stopsSoftly(Product product) throws Exception {
        Proxy proxy = stage.add(launch(product).start(PROXY));
        try (Client client = proxy.connect("a")) {
            assertEquals("1", client.send("1").read(1));
            proxy.signal("USR1");
            Wait.until(5, () -> "still accepts", () -> isClosed(proxy));
            assertEquals("2", client.send("2").read(1));
            assertTrue(proxy.isAlive());
        }
        assertEquals(0, proxy.awaitExit());
        assertTrue(proxy.err().contains("Proxy a stopped (cumulated conns: FE: "), proxy.err());
    }

    private static boolean isRefused(Proxy proxy) throws IOException {
        try (Client client = proxy.connect("a")) {
            return client.socket() == null;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static boolean isClosed(Proxy proxy) throws IOException {
        try (Client client = proxy.connect("a")) {
            return client.next(300).equals("reset");
        } catch (ConnectException refused) {
            return true;
        }
    }

    /** While paused nobody new is served; afterwards those who came meanwhile, or come again, are. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void pausesAndResumes(Product product) throws Exception {
        Proxy proxy = stage.add(launch(product).start(PROXY));
        try (Client client = proxy.connect("a")) {
            assertEquals("1", client.send("1").read(1));
            proxy.signal("TTOU");
            Wait.until(5, () -> "no word", () -> proxy.err().contains("Paus"));
            assertEquals("2", client.send("2").read(1));
            Wait.until(5, () -> "the kernel still takes connections", () -> isRefused(proxy));
            proxy.signal("TTIN");
            Wait.until(5, () -> "no word", () -> proxy.err().contains("Resum"));
        }
        Wait.until(5, () -> "does not serve again", () -> {
            try (Client again = proxy.connect("a")) {
                return again.send("3").next(300).equals("3");
            } catch (ConnectException notYet) {
                return false;
            }
        });
        assertTrue(proxy.err().contains("[WARNING]"), proxy.err());
    }

    /** Whenever it comes after the first lines of ours, a signal that ends the process leaves no crash behind. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "USR1"})
    void endsAtAnyMomentOfTheStart(String signal) throws Exception {
        for (int delay = 60; delay <= 560; delay += 250) {
            Launch launch = launch(Product.WEIR).until("");
            Proxy proxy = stage.add(launch.start(PROXY));
            Thread.sleep(delay);
            if (delay >= 560) {
                Wait.until(10, () -> "never begins", () -> isOurs(proxy));
            }
            boolean ours = isOurs(proxy);
            proxy.signal(signal);
            int code = proxy.awaitExit();
            assertTrue(code == 0 || !ours && code >= 128, signal + " after " + delay + " ms: " + code);
            assertFalse(proxy.err().contains("Exception"), proxy.err());
        }
    }

    /** Whether signals come to the product: this one, which the JVM itself leaves alone, is taken over behind the others. */
    private static boolean isOurs(Proxy proxy) throws IOException {
        return (Long.parseUnsignedLong(status(proxy, "", "SigCgt"), 16) >>> USR1 - 1 & 1) != 0;
    }
}
