package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.DiagnosticPrinter;
import dev.weir.config.compile.ConfigurationReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are missing, broken, endless or wrong end in messages, in HAProxy's order and form. */
class HostileFilesTest {

    @TempDir
    Path directory;

    private static String print(ConfigurationReader reader, boolean terminal) {
        return new DiagnosticPrinter(7, "3.5.0-weir", "/bin/weir", terminal).print(reader.diagnostics().all()).take();
    }

    private String read(String name, byte[] bytes) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, bytes);
        ConfigurationReader reader = Reading.reader(Map.of(), false);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> reader.read(List.of(file.toString())));
        return print(reader, false).replace(directory.toString(), "D");
    }

    private String read(String text) throws IOException {
        return read("t.cfg", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static final String INTRODUCTION = """
            [NOTICE]   (7) : haproxy version is 3.5.0-weir
            [NOTICE]   (7) : path to executable is /bin/weir
            """;
    private static final String END = """
            [ALERT]    (7) : config : Error(s) found in configuration file : D/t.cfg
            [ALERT]    (7) : config : Fatal errors found in configuration.
            """;

    @Test
    void printsInHaproxysForm() throws IOException {
        assertEquals(INTRODUCTION + "[ALERT]    (7) : config : parsing [D/t.cfg:2] : unknown keyword 'foo' in 'global' "
                + "section\n" + END, read("global\n foo\n"));
    }

    @Test
    void showsLineCaretAndRemedyOnATerminal() {
        ConfigurationReader reader = Reading.reader(Map.of(), false);
        reader.read("f", "frontend a\n\tbind :80 foo\n clitimeout 5\n");
        assertEquals(INTRODUCTION + """
                [ALERT]    (7) : config : parsing [f:2] : 'bind :80' in section 'frontend': unknown keyword 'foo'; did \
                you mean 'tfo' maybe ?
                  bind :80 foo
                           ^
                [WARNING]  (7) : config : parsing [f:3] : the 'clitimeout' directive is not supported anymore since \
                HAProxy 2.1. Use 'timeout client'.
                  clitimeout 5
                  ^
                  write instead: timeout client 5
                [ALERT]    (7) : config : Error(s) found in configuration file : f
                [ALERT]    (7) : config : Fatal errors found in configuration.
                """, print(reader, true));
    }

    @Test
    void stopsAfterFiftyErrors() throws IOException {
        String text = read("global\n" + " foo\n".repeat(70));
        assertEquals(55, text.lines().count());
        assertTrue(text.contains("[D/t.cfg:52]: too many fatal errors (50), stopping now.\n"), text);
    }

    @Test
    void namesStrayNul() throws IOException {
        assertTrue(read("global\n daemon\0foo\n quiet\n").contains(
                "[D/t.cfg:2]: Stray NUL character at position 8.\n"));
    }

    @Test
    void acceptsAMissingLineEndWithAWarning() throws IOException {
        assertEquals(INTRODUCTION + "[WARNING]  (7) : config : parsing [D/t.cfg:2]: Missing LF on last line, file might "
                + "have been truncated at position 8.\n", read("global\n daemon"));
    }

    @Test
    void emptyFilesSayNothing() throws IOException {
        assertEquals("", read(""));
        assertEquals("", read("# nothing\n\n"));
    }

    @Test
    void survivesBinariesAndGiants() throws IOException {
        byte[] binary = new byte[5120];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 31);
        }
        assertTrue(read("t.cfg", binary).endsWith(END));
        assertTrue(read("x".repeat(10_000_000)).endsWith(END));
        assertEquals("", read("global\n description " + "x".repeat(10_000_000) + "\n"));
        StringBuilder many = new StringBuilder("backend b\n timeout server 1s\n timeout connect 1s\n");
        for (int i = 0; i < 50_000; i++) {
            many.append(" server s").append(i).append(" 192.0.2.1:80 check\n");
        }
        assertEquals("", read(many.toString()));
    }

    @Test
    void zeroWarningAborts() {
        ConfigurationReader reader = Reading.reader(Map.of(), true);
        reader.read("f", "frontend a\n bind :80\n");
        assertTrue(print(reader, false).endsWith(
                "[ALERT]    (7) : config : Some warnings were found and 'zero-warning' is set. Aborting.\n"));
    }

    @Test
    void readsDirectoriesInOrderOfBytes() throws IOException {
        for (String name : List.of("b.cfg", "B.cfg", "a.cfg", ".hidden.cfg", "c.txt")) {
            Files.writeString(directory.resolve(name), "foo\n");
        }
        ConfigurationReader reader = Reading.reader(Map.of(), false);
        reader.read(List.of(directory.toString()));
        StringBuilder order = new StringBuilder();
        for (Diagnostic d : reader.diagnostics().all()) {
            if (d.text().contains("unknown keyword")) {
                order.append(Path.of(d.place().file()).getFileName());
            }
        }
        assertEquals("B.cfga.cfgb.cfg", order.toString());
    }

    @Test
    void namesMissingFiles() {
        ConfigurationReader reader = Reading.reader(Map.of(), false);
        reader.read(List.of("/none"));
        assertEquals(INTRODUCTION + "[ALERT]    (7) : config : Cannot open configuration file/directory /none : No such "
                + "file or directory\n", print(reader, false));
    }
}
