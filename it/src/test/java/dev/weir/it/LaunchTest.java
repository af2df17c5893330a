package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Tools;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as far as nothing has to be started. */
class LaunchTest {

    @ParameterizedTest
    @EnumSource(Product.class)
    void printsItsVersionFirst(Product product) throws Exception {
        Finished run = product.needs().run("-v");
        assertEquals(0, run.code());
        assertTrue(run.out().matches("(?s)HAProxy version \\d+\\.\\d+\\.\\d+\\S* \\d{4}/\\d\\d/\\d\\d - https://haproxy.org/\n.*"),
                run.out());
        assertEquals("", run.err());
    }

    @Test
    void namesWeirToo() throws Exception {
        assertTrue(Product.WEIR.run("-v").out().contains("\nWeir version "));
        assertTrue(Product.WEIR.run("-v").out().startsWith("HAProxy version 3.5.0-weir"));
        assertEquals("3.5\n", Product.WEIR.run("-vqb").out());
        assertEquals("3.5.0\n", Product.WEIR.run("-vqs").out());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void printsTheLinesThatToolsRead(Product product) throws Exception {
        String out = product.needs().run("-vv").out();
        for (String line : List.of("\nBuild options :\n", "\n  TARGET  = linux-glibc\n", "\n  OPTIONS =",
                "\nFeature list : -51DEGREES ", "\nDefault settings :\n", "\nAvailable polling systems :\n",
                "\nAvailable multiplexer protocols :\n", "\nAvailable filters :\n")) {
            assertTrue(out.contains(line), line + out);
        }
        for (String engine : List.of("epoll", "io_uring", "nio")) {
            assertEquals(product == Product.WEIR || engine.equals("epoll"), out.contains(" " + engine + " : pref="), out);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1", "1a", "true", "!1", "(1", "1)", "()", "1&&0||1", "1||foo", "0&&1&&", "1||1||",
        "defined(PATH)", "defined(NOPE)", "defined(", "streq(a,b)", "streq(a)", "streq(a,b,c)", "feature(QUIC)",
        "version_atleast(2.6)", "version_before(v9)", "enough", "((1)", "1 x", "streq(a b,a b)", "feature(a(b)",
        "streq(\"$HOME\",\"${HOME}\")", "streq(\"a,b\",x)", "streq(\\x41,A)", "\"1\"", "'", "\"\\x4\"", "1 # x", "#1",
        "streq(\\#,#)", "streq($HOME,x)", "\"${NOPE-1}\"", "streq(\\\"a,b\\\",\\\"a,b\\\")", " 1 x", "1 || ", " ",
        "streq(a,    b)", "defined(\"PATH\")", "streq(\\ a,\\ a)"})
    void evaluatesConditionsAlike(String condition) throws Exception {
        Finished weir = Product.WEIR.run("-cc", condition);
        Finished haproxy = Product.HAPROXY.needs().run("-cc", condition);
        assertEquals(haproxy.code() + haproxy.masked(), weir.code() + weir.masked());
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "-h, 1", "--help, 1", "-z, 1", "-c, 1", "-sf, 1", "-cc, 1", "-vv, 0", "-vx, 0", "-cc 0 -v, 0",
        "-sf 1a, 1", "-f, 1", "-x, 1", "-dMhelp, 0", "-dMfoo, 1", "-q -cc foo, 2"})
    void leavesWithTheSameCode(String line, int code) throws Exception {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        for (Product product : Product.values()) {
            Finished run = product.run(words);
            assertEquals(code, run.code(), product + run.out() + run.err());
            assertFalse(run.err().contains("\tat "), run.err());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void helpGoesToStandardError(Product product) throws Exception {
        Finished run = product.needs().run("-h");
        assertTrue(run.err().startsWith("Usage : haproxy [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ]"), run.err());
        assertTrue(run.out().startsWith("HAProxy version "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cd / && haproxy -vqb", "haproxy -vqb </dev/null 2>&1 | cat", "haproxy -vqb <&-",
        "JAVA_HOME=/nonexistent haproxy -vqb", "JAVA_TOOL_OPTIONS=-Dx=1 JDK_JAVA_OPTIONS=-Dx=1 haproxy -vqb",
        "ln -sf $(command -v haproxy) 'a b' && './a b' -vqb", "haproxy -vqb & wait"})
    void startsFromAnywhere(String script) throws Exception {
        Path bin = Path.of("target/bin").toAbsolutePath();
        Product.WEIR.run("-v");
        Finished run = Finished.of(List.of(Tools.need("sh"), "-c",
                "WEIR_BUILD=never; export WEIR_BUILD; cd " + bin.getParent() + "; PATH=" + bin + ":$PATH; " + script));
        assertEquals("3.5\n", run.out() + run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalEndsTheForegroundProcess(String signal) throws Exception {
        Product.WEIR.needs(Part.START);
        try (var weir = Product.WEIR.start("listen a\n mode tcp\n bind 127.0.0.1:{port:a}\n timeout client 1s\n"
                + " timeout server 1s\n timeout connect 1s\n server s 127.0.0.1:1\n")) {
            weir.signal(signal);
            assertEquals(0, weir.awaitExit());
        }
    }

    @Test
    void looksLikeHaproxyToPidof() throws Exception {
        Product.WEIR.needs(Part.START);
        try (var weir = Product.WEIR.start("listen a\n mode tcp\n bind 127.0.0.1:{port:a}\n timeout client 1s\n"
                + " timeout server 1s\n timeout connect 1s\n server s 127.0.0.1:1\n")) {
            Finished pidof = Finished.of(List.of(Tools.need("pidof"), "haproxy"));
            assertTrue(List.of(pidof.out().trim().split(" ")).contains(Long.toString(weir.pid())), pidof.out());
            Finished ps = Finished.of(List.of(Tools.need("ps"), "-C", "haproxy", "-o", "pid="));
            assertTrue(ps.out().contains(Long.toString(weir.pid())), ps.out());
        }
    }
}
