package dev.weir.it.rows;

import dev.weir.it.rig.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of expressions and what traffic makes of them. Its lines:
 * <pre>
 * | text           configuration, before the first section or in the one above; {@code | @}: the questions stand here
 * |~ text          the same, left out where it is HAProxy 2.6 that reads it
 * :: name [tcp] [listen] [unbound] [bind=words~of~it]    a frontend with a port of its own
 * :: kind name     another section
 * > GET /path; Name: value; body=text     a step: what a new client sends, in short
 * >> bytes         a step: bytes with \r \n \t \\ \xHH
 * + ...            what the same client sends next, when it has its answer
 * > [hold] ...     a step whose client does not wait for its answer and stays
 * > [via=port at=address] ...     one that comes through another section, which dials this one at that address; with
 *                  only, the questions are asked of every connection
 * @place           the rules in which the following are asked: request (without it), response, after, connection,
 *                  session, content, answer, log, error (the format of errors)
 * expression TAB ok TAB value [TAB reason]     or none for ok; the reason why HAProxy 2.6 gives something else:
 *                  {@code newer} where it does not know the name, so that it is not asked
 * </pre>
 */
final class ValueFile {

    private static final Path DIRECTORY = Path.of("src/test/resources/values");
    private static final List<String> HEAD = """
            defaults
                mode http
                timeout connect 1s
                timeout client 2s
                timeout server 2s
            backend mirror
                server s 127.0.0.1:{port:origin}
            backend echo
                mode tcp
                server s 127.0.0.1:{port:echo}
            """.lines().toList();
    private static final Set<String> KINDS = Set.of("backend", "listen", "frontend", "userlist", "defaults", "cache",
            "http-errors", "ring", "peers", "global", "resolvers");

    private final Path path;
    private final List<String> lines;
    private final List<String> top = new ArrayList<>();
    private final List<List<String>> others = new ArrayList<>();
    private final List<ValueFrontend> frontends = new ArrayList<>();
    private final List<ValueStep> steps = new ArrayList<>();
    private final List<ValueRow> rows = new ArrayList<>();
    private List<String> current = top;
    private String place = "";

    private ValueFile(Path path) throws IOException {
        this.path = path;
        lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            read(i + 1, lines.get(i));
        }
    }

    static List<ValueFile> all(String only) throws IOException {
        List<ValueFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".values") && p.toString().contains(only)).sorted().toList()) {
                files.add(new ValueFile(path));
            }
        }
        return files;
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Whether HAProxy 2.6 knows none of it, so that only Weir is asked. */
    boolean isNewer() {
        return name().contains("newer");
    }

    List<ValueStep> steps() {
        return steps;
    }

    List<ValueRow> rows() {
        return rows;
    }

    /** The lines, without those that HAProxy 2.6 does not know; {@code asked} gets the row of each line that asks, null for the others. */
    String configuration(Product product, List<ValueRow> asked, Set<ValueRow> refused) {
        List<String> file = new ArrayList<>(top);
        file.addAll(HEAD);
        others.forEach(file::addAll);
        file.forEach(l -> asked.add(null));
        frontends.forEach(f -> f.write(file, asked, refused));
        String newer = product == Product.HAPROXY ? "#" : "";
        return file.stream().map(l -> l.startsWith("~") ? newer + l.substring(1) : l).collect(Collectors.joining("\n")) + "\n";
    }

    private void read(int number, String line) {
        if (line.startsWith("|")) {
            current.add(line.substring(1));
        } else if (line.startsWith(":: ")) {
            open(line.substring(3));
        } else if (line.startsWith("> ") || line.startsWith(">> ")) {
            step(line);
        } else if (line.startsWith("+ ")) {
            steps.getLast().sent().add(line.substring(2));
        } else if (line.startsWith("@")) {
            place = line.substring(1);
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            String[] cells = line.split("\t", -1);
            String expected = cells.length < 2 ? null : cells[1].equals("none") ? "none" : cells[1] + " " + cells[2];
            ValueRow row = new ValueRow(number, steps.getLast(), place, cells[0], expected, cells.length > 3 ? cells[3] : "");
            steps.getLast().rows().add(row);
            rows.add(row);
        }
    }

    private void open(String words) {
        String[] parts = words.split(" ");
        if (KINDS.contains(parts[0])) {
            current = new ArrayList<>(List.of(words));
            others.add(current);
            return;
        }
        Set<String> options = new LinkedHashSet<>(List.of(parts).subList(1, parts.length));
        frontends.add(new ValueFrontend(parts[0], options));
        current = frontends.getLast().lines();
    }

    private void step(String line) {
        ValueFrontend frontend = frontends.getLast();
        boolean isHttp = line.startsWith("> ");
        String sent = line.substring(isHttp ? 2 : 3);
        String options = "";
        if (sent.startsWith("[")) {
            options = sent.substring(1, sent.indexOf("] "));
            sent = sent.substring(sent.indexOf("] ") + 2);
        }
        ValueStep step = new ValueStep(frontend, steps.size(), isHttp, options);
        step.sent().add(sent);
        frontend.steps().add(step);
        steps.add(step);
        place = frontend.answersHttp() ? "request" : "content";
    }

    /** Writes what the rows without a value gave. */
    void record(Map<ValueRow, String> haproxy, Map<ValueRow, String> weir) throws IOException {
        List<String> written = new ArrayList<>(lines);
        for (ValueRow row : rows) {
            if (row.expected() == null) {
                String his = haproxy.getOrDefault(row, "refused");
                String said = his.startsWith("refused") ? weir.get(row) : his;
                String cells = said.equals("none") ? "none" : said.replaceFirst("^ok ", "ok\t");
                written.set(row.line() - 1, row.expression() + "\t" + cells + (his.startsWith("refused")
                        ? (said.equals("none") ? "\t" : "") + "\tnewer" : ""));
            }
        }
        Files.write(path, written, StandardCharsets.ISO_8859_1);
    }
}
