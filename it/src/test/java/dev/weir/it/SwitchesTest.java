package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the letters behind {@code -d} show and change. */
class SwitchesTest {

    private static final String CONFIGURATION = """
            defaults
             mode http
             timeout connect 2s
             timeout client 2s
             timeout server 2s
            frontend fe
             bind 127.0.0.1:{port:fe}
             default_backend be
            backend be
             server s 127.0.0.1:{port:own}
            listen own
             bind 127.0.0.1:{port:own}
             http-request return status 200 content-type text/plain string hello if { path / }
             http-request deny
            """;

    /** The lines about one client's side and the server that answered it, numbers of descriptors and ports masked. */
    private static List<String> seen(Product product) throws Exception {
        try (Proxy proxy = product.needs().launch().start(CONFIGURATION, "-d")) {
            try (Client client = proxy.connect("fe")) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\n\r\n").next(2000);
                client.send("GET /no HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").readAll();
            }
            Wait.until(5, () -> "too few lines", () -> lines(proxy).filter(line -> line.contains("be.closed")).count() == 2);
            List<String> lines = new ArrayList<>();
            lines(proxy).filter(line -> line.contains(":fe.") || line.contains(":be.")).map(SwitchesTest::masked).forEach(lines::add);
            return lines;
        }
    }

    private static Stream<String> lines(Proxy proxy) throws Exception {
        return (proxy.out() + proxy.err()).lines().filter(line -> line.matches("[0-9a-f]{8}:.*"));
    }

    private static String masked(String line) {
        return line.substring(9).replaceAll("\\(....\\)=....", "(fd)=fd").replaceAll("\\[....:(....|ffffffff)\\]", "[fd]")
                .replaceAll("\\[127.0.0.1:\\d+\\].*", "[client]").replaceAll("(cli|srv)cls", "cls");
    }

    @Test
    void showsTraffic() throws Exception {
        List<String> weir = seen(Product.WEIR);
        List<String> haproxy = seen(Product.HAPROXY);
        // the first test of whether the port is open is a connection too, of which one may tell
        weir.removeIf(line -> line.startsWith("fe.c") && line.contains("cls[") || line.startsWith("fe.closed"));
        haproxy.removeIf(line -> line.startsWith("fe.c") && line.contains("cls[") || line.startsWith("fe.closed"));
        assertEquals(String.join("\n", haproxy), String.join("\n", weir));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "acl", "svc"})
    void listsKeywordsAlike(String kind) throws Exception {
        assertEquals(words(Product.HAPROXY, kind), words(Product.WEIR, kind));
    }

    /** Of what HAProxy 2.6 knows, the names that Weir has have the same arguments, and stand in the same places. */
    @ParameterizedTest
    @ValueSource(strings = {"cnv", "smp"})
    void listsExpressionsThatAreThere(String kind) throws Exception {
        TreeSet<String> weir = new TreeSet<>(words(Product.WEIR, kind));
        List<String> haproxy = words(Product.HAPROXY, kind);
        long same = haproxy.stream().filter(weir::contains).count();
        assertTrue(same > haproxy.size() * 0.85, same + " of " + haproxy.size());
    }

    private static List<String> words(Product product, String kind) throws Exception {
        Finished run = product.needs().launch().run(CONFIGURATION, "-c", "-q", "-dK" + kind);
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().filter(line -> !line.equals("weir-api")).toList();
        assertTrue(lines.size() > 1, run.out());
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfg", "cli", "flt"})
    void listsTheRest(String kind) throws Exception {
        List<String> lines = words(Product.WEIR, kind);
        assertTrue(lines.contains(switch (kind) {
            case "cfg" -> "\tserver <name> <addr> maxconn";
            case "cli" -> "show info [WORKER] ";
            default -> "trace [TRACE]";
        }), lines::toString);
    }

    @Test
    void showsTheConfigurationSoThatItCanBeReadAgain() throws Exception {
        Finished once = Product.WEIR.launch().run("# comment\n" + CONFIGURATION.replace("hello", "\"a b\\\"c # d\""), "-c", "-q", "-dC");
        assertTrue(once.out().contains("\n\thttp-request return status 200 content-type text/plain string \"a b"), once.out());
        Finished twice = Product.WEIR.launch().run(once.out(), "-c", "-q", "-dC");
        assertEquals(once.out(), twice.out());
    }

    @Test
    void hidesWhatIsNotLanguage() throws Exception {
        Finished run = Product.WEIR.launch().run(CONFIGURATION.replace("hello", "secret"), "-c", "-q", "-dC99");
        assertTrue(run.out().contains("\ttimeout connect 2s\n"), run.out());
        assertTrue(!run.out().contains("secret") && !run.out().contains("127.0.0.1"), run.out());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void listsFiles(Product product) throws Exception {
        Finished run = product.needs().launch().run(CONFIGURATION, "-c", "-q", "-dL");
        assertTrue(run.out().startsWith("/") && run.out().contains("/libc.so"), run.out());
    }

    /** The switch stands for a keyword of a global section: without it the file is wrong, or a warning. */
    @ParameterizedTest
    @ValueSource(strings = {"-dV\tserver s 127.0.0.1:1 ssl", "-dI\toption external-check\n external-check command /bin/true"})
    void stands(String row) throws Exception {
        String[] cells = row.split("\t");
        String text = "global\n external-check\n" + CONFIGURATION + " " + cells[1] + "\n";
        int without = Product.WEIR.launch().run(text, "-c", "-dW").code();
        Finished with = Product.WEIR.launch().run(text, "-c", "-dW", cells[0]);
        assertEquals("1 0", without + " " + with.code(), with.err());
    }

    /** A file that says {@code quiet} is as with {@code -q}: nothing but errors of reading. */
    @ParameterizedTest
    @EnumSource(Product.class)
    void isQuiet(Product product) throws Exception {
        try (Proxy proxy = product.needs().launch().start("global\n quiet\n" + CONFIGURATION)) {
            assertEquals("", proxy.err());
        }
    }

    @Test
    void makesNoArchive() throws Exception {
        Finished run = Product.WEIR.launch().run(CONFIGURATION, "-c", "-dA/nonexistent/x.tar");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("-dA is not supported"), run.err());
    }
}
