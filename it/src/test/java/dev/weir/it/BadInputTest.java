package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that cannot be used: each gets a message that says why and exit code 1, never a stack trace. */
@ParameterizedClass
@EnumSource(Product.class)
class BadInputTest {

    private static final String TIMES = "defaults\n mode tcp\n timeout connect 1s\n timeout client 1s\n timeout server 1s\n";

    @TempDir
    static Path work;

    @Parameter
    Product product;

    @BeforeEach
    void needsMessages() {
        product.needs(Part.START, Part.DIAGNOSTICS);
    }

    /** A name, the file's text, and what is said about it. */
    static Stream<Arguments> texts() {
        return Stream.of(
                row("keyword", "listen a\n foo bar\n", "parsing [FILE:2] : unknown keyword 'foo' in 'listen' section"),
                row("misspelt", "listen a\n serv x\n", "unknown keyword 'serv' in 'listen' section; did you mean 'server' maybe ?"),
                row("section", "frobnicate a\n", "parsing [FILE:1]: unknown keyword 'frobnicate' out of section."),
                row("argument", "listen a\n bind\n", "parsing [FILE:2] : 'bind' expects"),
                row("time", "listen a\n timeout client 1x\n", "parsing [FILE:2] : unexpected character 'x' in 'timeout client'"),
                row("missing time", "listen a\n timeout client\n", "parsing [FILE:2] : 'timeout client' expects an integer value"),
                row("port", "listen a\n bind 127.0.0.1:99999\n", "parsing [FILE:2] : 'bind' : invalid port '99999'"),
                row("backend", TIMES + "frontend a\n bind 127.0.0.1:1\n default_backend nope\n", "unable to find required default_backend: 'nope'"),
                row("same server", TIMES + "listen a\n bind :1\n server s 127.0.0.1:1\n server s 127.0.0.1:2\n", "another server named 's' was already defined at line 8, please use distinct names."),
                row("binary", "a\0b\u00ff\n", "parsing [FILE:1]: "),
                row("long line", "listen a\n bind 127.0.0.1:1 " + "x".repeat(10_000_000) + "\n", "parsing [FILE:2] : "),
                row("many lines", "listen a\n" + " foo\n".repeat(50_000), "parsing [FILE:52]: too many fatal errors (50), stopping now."),
                row("quote", "listen a\n bind \"127.0.0.1:1\n", "parsing [FILE:2]: unmatched quote at position"),
                row("condition", ".if nonsense(1)\n.endif\n", "parsing [FILE:1]: unparsable conditional expression 'nonsense(1)' in '.if' at position 1:"));
    }

    private static Arguments row(String name, String text, String message) {
        return Arguments.of(Named.of(name, text), message);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhatIsWrong(String text, String message) throws Exception {
        Path file = Files.writeString(work.resolve("bad.cfg"), text, StandardCharsets.ISO_8859_1);
        Finished run = product.run("-c", "-f", file.toString());
        String err = run.masked().replace(file.toString(), "FILE");
        String shown = err.substring(0, Math.min(err.length(), 2000));
        assertTrue(err.contains(message), shown);
        assertTrue(err.startsWith("[NOTICE]   (PID) : haproxy version is VERSION\n[NOTICE]   (PID) : path to executable is PATH\n[ALERT]    (PID) : config : "), shown);
        assertTrue(err.contains("[ALERT]    (PID) : config : Fatal errors found in configuration.\n")
                || err.contains("[ALERT]    (PID) : config : Error(s) found in configuration file : FILE\n"), shown);
        refused(run);
    }

    @Test
    void missingFile() throws Exception {
        Finished run = product.run("-c", "-f", work.resolve("none.cfg").toString());
        assertTrue(run.err().contains("config : Cannot open configuration file/directory " + work + "/none.cfg : No such file or directory"),
                run.err());
        refused(run);
    }

    @Test
    void emptyFile() throws Exception {
        Path file = Files.writeString(work.resolve("empty.cfg"), "");
        assertEquals(2, product.run("-c", "-f", file.toString()).code());
        assertTrue(product.run("-db", "-f", file.toString()).code() != 0);
    }

    @Test
    void addressInUse() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cannotBind(used.getLocalPort(), "cannot bind socket (Address already in use)");
        }
    }

    private void cannotBind(int port, String reason) throws Exception {
        Path file = Files.writeString(work.resolve("bind.cfg"),
                TIMES + "listen a\n bind 127.0.0.1:" + port + "\n server s 127.0.0.1:1\n");
        Finished run = product.run("-db", "-f", file.toString());
        assertTrue(run.err().contains(reason + " [127.0.0.1:" + port + "]")
                || run.err().contains(reason + " for [127.0.0.1:" + port + "]"), run.err());
        refused(run);
    }

    @Test
    void warningsAreFatalWhenAsked() throws Exception {
        Path file = Files.writeString(work.resolve("warn.cfg"), "listen a\n mode tcp\n bind 127.0.0.1:1\n server s 127.0.0.1:1\n");
        assertEquals(0, product.run("-c", "-f", file.toString()).code());
        Finished run = product.run("-c", "-dW", "-f", file.toString());
        assertTrue(run.err().contains("Some warnings were found and 'zero-warning' is set. Aborting."), run.err());
        refused(run);
    }

    @Test
    void validFileIsSilent() throws Exception {
        Path file = Files.writeString(work.resolve("good.cfg"), TIMES + "listen a\n bind 127.0.0.1:1\n server s 127.0.0.1:1\n");
        Finished said = product.run("-c", "-V", "-f", file.toString());
        assertEquals("0Configuration file is valid\n", said.code() + said.out() + said.err());
        if (product == Product.WEIR) {
            // 2.6 still says it without -V
            Finished silent = product.run("-c", "-f", file.toString());
            assertEquals("0", silent.code() + silent.out() + silent.err());
        }
    }

    /** What root may do is not what a service's user may. */
    @Test
    void unreadableFile() throws Exception {
        Path file = shared(Files.writeString(work.resolve("secret.cfg"), TIMES));
        Files.setPosixFilePermissions(file, Set.of());
        Finished run = asNobody("-c", "-f", file.toString());
        assertTrue(run.err().contains("config : Cannot open configuration file/directory " + file + " : Permission denied")
                || run.err().contains("config : Could not open configuration file " + file + " : Permission denied"), run.err());
        refused(run);
    }

    @Test
    void privilegedPort() throws Exception {
        Path file = shared(Files.writeString(work.resolve("low.cfg"), TIMES + "listen a\n bind 127.0.0.1:79\n server s 127.0.0.1:1\n"));
        Finished run = asNobody("-db", "-f", file.toString());
        assertTrue(run.err().contains("cannot bind socket (Permission denied) for [127.0.0.1:79]")
                || run.err().contains("cannot bind socket (Permission denied) [127.0.0.1:79]"), run.err());
        refused(run);
    }

    private static Path shared(Path file) throws IOException {
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Finished asNobody(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Tools.need("setpriv"), "--reuid=65534", "--regid=65534",
                "--clear-groups", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(product.command());
        Assumptions.assumeTrue(Files.isWritable(Path.of("/etc/passwd")), "only root can become somebody else");
        command.addAll(List.of(arguments));
        return Finished.of(command);
    }

    private static void refused(Finished run) {
        assertEquals(1, run.code());
        assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), run.err());
    }
}
