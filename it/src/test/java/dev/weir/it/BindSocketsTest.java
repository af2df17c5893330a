package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.SocketOptions;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import dev.weir.it.rig.Wrapped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The options of bind lines as the kernel sees them, and the limits of listeners as clients do. */
@ParameterizedClass
@EnumSource(Product.class)
class BindSocketsTest {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.SOCKETS);
        Launch launch = product.launch().port("echo", STAGE.add(Origin.echo()).port());
        proxy = STAGE.add(launch.start("""
                global
                    maxconn 300
                    unix-bind prefix {dir} mode 620 gid 65534
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 10s
                    timeout server 10s
                    default_backend be
                backend be
                    server s 127.0.0.1:{port:echo}
                frontend options
                    bind 127.0.0.1:{port:all} mss 900 defer-accept tfo tcp-ut 3s backlog 7
                    bind 127.0.0.1:{port:negative} mss -1200
                    bind ipv6@:::{port:six} v6only
                    bind :::{port:both} v4v6
                    bind 127.0.0.1:{port:first}-{port:first},127.0.0.2:{port:second}
                frontend sized
                    maxconn 9
                    bind 127.0.0.1:{port:sized}
                    bind 127.0.0.1:{port:smaller} maxconn 5
                frontend unix
                    bind unix@/mode.sock mode 666
                    bind unix@/prefix.sock
                frontend one_each
                    bind 127.0.0.1:{port:limited} maxconn 1
                    bind 127.0.0.1:{port:free}
                """ + (ROOT ? """
                frontend root
                    bind 127.0.0.1:{port:device} interface lo
                    bind 192.0.2.7:{port:foreign} transparent
                    bind unix@/owner.sock user nobody group nogroup
                    bind unix@/numbers.sock uid 12345 gid 54321
                """ : "") + """
                defaults web
                    mode http
                    timeout client 10s
                listen stats
                    bind 127.0.0.1:{port:stats}
                    stats enable
                    stats uri /
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    /** TCP_MAXSEG, TCP_DEFER_ACCEPT, TCP_FASTOPEN, TCP_USER_TIMEOUT, IPV6_V6ONLY, SO_REUSEPORT. */
    @ParameterizedTest
    @CsvSource({"all, 6, 2, 900", "all, 6, 9, 1", "all, 6, 23, 7", "all, 6, 18, 3000", "negative, 6, 9, 0",
        "negative, 6, 23, 0", "six, 41, 26, 1", "both, 41, 26, 0", "all, 1, 15, 1"})
    void setsOptions(String port, int level, int option, int expected) throws Exception {
        assertEquals(expected, SocketOptions.listener(proxy, proxy.port(port), level, option));
    }

    /** As ss shows it: what the line says, else the maximum number of connections that it gets by. */
    @ParameterizedTest
    @CsvSource({"all, 7", "sized, 9", "smaller, 5", "negative, 300"})
    void queuesAsManyAsItMayServe(String port, String expected) throws Exception {
        Finished table = Finished.of(List.of(Tools.need("ss"), "-Hltn", "sport", "=", ":" + proxy.port(port)));
        assertEquals(expected, table.out().trim().split("\\s+")[2], table.out());
    }

    @Test
    void bindsToAnInterfaceAndForeignAddresses() throws Exception {
        Assumptions.assumeTrue(ROOT);
        assertEquals("lo", SocketOptions.text(proxy, proxy.port("device"), 1, 25));
        assertEquals(1, SocketOptions.listener(proxy, proxy.port("foreign"), 0, 19));
    }

    @ParameterizedTest
    @CsvSource({"::1, six, x", "::1, both, x", "127.0.0.1, both, x", "127.0.0.1, first, x", "127.0.0.2, second, x",
        "127.0.0.1, all, x"})
    void serves(String host, String port, String answer) throws Exception {
        try (Client client = new Client(new Socket(InetAddress.getByName(host), proxy.port(port)))) {
            assertEquals(answer, client.send("x").endOutput().readAll());
        }
    }

    @ParameterizedTest
    @CsvSource({"mode.sock, 666, -1, 65534, false", "prefix.sock, 620, -1, 65534, false",
        "owner.sock, 620, 65534, 65534, true", "numbers.sock, 620, 12345, 54321, true"})
    void ownsItsPaths(String name, String mode, int uid, int gid, boolean onlyRoot) throws Exception {
        Assumptions.assumeTrue(ROOT || !onlyRoot);
        Path path = proxy.directory().resolve(name);
        assertEquals(mode, Integer.toOctalString((int) Files.getAttribute(path, "unix:mode") & 0777));
        assertEquals(gid, Files.getAttribute(path, "unix:gid"));
        assertTrue(uid < 0 || Files.getAttribute(path, "unix:uid").equals(uid));
    }

    /** A listener's own limit leaves the others of its frontend alone; the statistics say where it is reached. */
    @Test
    void isFullByItself() throws Exception {
        try (Client first = proxy.connect("limited"); Client second = proxy.connect("limited");
                Client other = proxy.connect("free")) {
            assertEquals("1", first.send("1").read(1));
            assertEquals("o", other.send("o").read(1));
            assertEquals("silence", second.send("2").next(300));
            if (product == Product.WEIR) {
                // the frontend itself is not full, so that it says OPEN
                assertEquals("OPEN", status("one_each"));
            }
            first.close();
            assertEquals("2", second.next(3000));
        }
    }

    private static String status(String frontend) throws IOException {
        try (Client client = proxy.connect("stats")) {
            String page = client.send("GET /;csv HTTP/1.0\r\n\r\n").readAll();
            for (String line : page.split("\n")) {
                if (line.startsWith(frontend + ",FRONTEND,")) {
                    return line.split(",")[17];
                }
            }
            return page;
        }
    }

    private static final String SMALL = """
            defaults
                mode tcp
                timeout connect 2s
                timeout client 2s
                timeout server 2s
            listen a
                bind 127.0.0.1:{port:a} %s
                server s 127.0.0.1:{port:a}
            """;

    /** Without the privilege what can be had is had. */
    @Test
    void isTransparentAsFarAsItMay() throws Exception {
        Assumptions.assumeTrue(ROOT, "needs to be root to become somebody else");
        Stage stage = new Stage();
        try {
            Launch launch = product.launch();
            Proxy unprivileged = stage.add(new Wrapped(product, launch, List.of(Tools.need("setpriv"), "--reuid=65534",
                    "--regid=65534", "--clear-groups")).start("a", SMALL.formatted("transparent") + """
                    listen b
                        bind 192.0.2.7:{port:b} transparent
                        server s 127.0.0.1:{port:a}
                    """, "-db"));
            assertEquals(0, SocketOptions.listener(unprivileged, launch.port("b"), 0, 19));
            assertEquals(1, SocketOptions.listener(unprivileged, launch.port("b"), 0, 15));
            assertEquals(product == Product.WEIR, unprivileged.err().contains(
                    "for proxy b: cannot make receiver transparent (Operation not permitted) for [192.0.2.7:"));
        } finally {
            stage.clear();
        }
    }

    @Test
    void warnsOfAnUnknownInterface() throws Exception {
        Stage stage = new Stage();
        try {
            Proxy running = stage.add(product.start(SMALL.formatted("interface nope0")));
            assertTrue(running.err().contains("for proxy a: cannot bind receiver to device 'nope0' (No such device) for "
                    + "[127.0.0.1:"), running.err());
        } finally {
            stage.clear();
        }
    }

    @Test
    void refusesUnknownOwners() throws Exception {
        Finished run = product.launch().run(SMALL.formatted("user nosuchuser").replace("bind 127.0.0.1:{port:a}",
                "bind /tmp/nope.sock"), "-c");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("'bind /tmp/nope.sock' in section 'listen' : 'user' : unknown user name "
                + "'nosuchuser'"), run.err());
    }

    /** Two may run, the third waits in the kernel's queue, and the frontend says FULL while it has what it may have. */
    @Test
    void processLimitMakesTheThirdWait() throws Exception {
        Stage stage = new Stage();
        try {
            Origin origin = stage.add(Origin.echo());
            Proxy small = stage.add(product.launch().port("echo", origin.port()).start("""
                    global
                        maxconn 2
                    defaults
                        mode tcp
                        timeout connect 2s
                        timeout client 10s
                        timeout server 10s
                    listen a
                        bind 127.0.0.1:{port:a}
                        server s 127.0.0.1:{port:echo}
                    """));
            try (Client first = small.connect("a"); Client second = small.connect("a");
                    Client third = small.connect("a")) {
                assertEquals("1", first.send("1").read(1));
                assertEquals("2", second.send("2").read(1));
                assertEquals("silence", third.send("3").next(300));
                Finished table = Finished.of(List.of(Tools.need("ss"), "-Hltn", "sport", "=", ":" + small.port("a")));
                assertEquals("1", table.out().trim().split("\\s+")[1], table.out());
                second.close();
                assertEquals("3", third.next(3000));
            }
            Wait.until(3, () -> "no place is free again", () -> {
                try (Client client = small.connect("a")) {
                    return client.send("x").next(500).equals("x");
                }
            });
        } finally {
            stage.clear();
        }
    }
}
