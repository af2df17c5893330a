package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks HAProxy 2.6, where it is installed, about every row of lines.txt and whole.txt that is not marked as ours. */
class OracleDiagnosticsTest {

    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Pattern MESSAGE = Pattern.compile(
            "^\\[(NOTICE|WARNING|ALERT)\\] +\\(\\d+\\) : (.*?)(?=^\\[|^Warnings were|^Configuration file|\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    static Path directory;

    @BeforeAll
    static void needsTheOracle() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(HAPROXY), "no " + HAPROXY);
        assumeTrue(run("-v").startsWith("HAProxy version 2.6"), "another version");
    }

    @Test
    void haproxySaysTheSame() throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        for (LineRow row : LineRow.all()) {
            if (!row.ours()) {
                List<String> said = new ArrayList<>();
                for (String message : ask(row)) {
                    if (!Reading.isGeneral(message)) {
                        said.add(message.replaceAll("\\[q.cfg:\\d+\\]", "[@]"));
                    }
                }
                compare(row, said, row.expected(), differences);
            }
        }
        assertEquals(List.of(), differences);
    }

    /** The order of what is found at the end differs. */
    @Test
    void haproxySaysTheSameOfWholeFiles() throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        for (LineRow row : LineRow.files()) {
            if (!row.ours()) {
                compare(row, ask(row).stream().sorted().toList(), row.expected().stream().sorted().toList(),
                        differences);
            }
        }
        assertEquals(List.of(), differences);
    }

    private static void compare(LineRow row, List<String> said, List<String> expected, List<String> differences) {
        if (!said.equals(expected)) {
            differences.add(row + "\n  haproxy: " + said + "\n  ours: " + expected);
        }
    }

    private static List<String> ask(LineRow row) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("q.cfg"), row.file(), StandardCharsets.ISO_8859_1);
        return messages(run("-c", "-f", "q.cfg"));
    }

    private static List<String> messages(String output) {
        List<String> shown = new ArrayList<>();
        Matcher message = MESSAGE.matcher(output);
        while (message.find()) {
            String text = message.group(2).replaceFirst("^config : ", "").strip();
            boolean introduction = text.startsWith("haproxy version") || text.startsWith("path to executable");
            if (!introduction) {
                shown.add(message.group(1).charAt(0) + " " + text.replace("\n", "\\n"));
            }
        }
        return shown;
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HAPROXY.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        process.waitFor(10, TimeUnit.SECONDS);
        return output;
    }
}
