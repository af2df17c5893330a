package dev.weir.it.rows;

import dev.weir.it.rig.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file of cases. Its lines:
 * <pre>
 * | text          configuration, before the first section or in the one above
 * |~ text         the same, left out where it is HAProxy 2.6 that reads it
 * :: name [log] [tcp] [listen]   a frontend with a port of its own before the mirror; with log a case has its log
 *                 line, with listen it is a listen section
 * :: kind name    another section
 * > GET /path; Name: value; body=text      a request in short
 * >> bytes        a request with \r \n \t \\ \xHH
 * ! line          a wrong line in a frontend; !b in a backend, !t in a TCP frontend, !l in a listen, !g in global,
 *                 !d in defaults; ;; begins another line
 * = answer        of HAProxy 2.6; written by -Dweir.update=true
 * ~ reason        above the answer: newer than 2.6, the answer is what Weir must say
 * ? reason        above the answer: known to be wrong in Weir
 * </pre>
 */
final class RowFile {

    private static final Path DIRECTORY = Path.of("src/test/resources/rows");
    private static final String HEAD = """
            defaults
                mode http
                timeout connect 2s
                timeout client 2s
                timeout server 500ms
                timeout http-keep-alive 2s
                timeout tarpit 30ms
            """;
    private static final String MIRROR = """
            backend mirror
                server s 127.0.0.1:{port:origin}
            """;

    private final Path path;
    private final List<String> lines;
    private final List<Row> rows = new ArrayList<>();
    private final StringBuilder global = new StringBuilder();
    private final StringBuilder sections = new StringBuilder();
    /** The ports of frontends, by their names, and whether a log line belongs to each case. */
    private final Map<String, Boolean> logged = new LinkedHashMap<>();
    private String place = "";

    private RowFile(Path path) throws IOException {
        this.path = path;
        lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            read(i + 1, lines.get(i));
        }
    }

    static List<RowFile> all() throws IOException {
        List<RowFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".rows")).sorted().toList()) {
                files.add(new RowFile(path));
            }
        }
        return files;
    }

    String name() {
        return path.getFileName().toString();
    }

    List<Row> rows() {
        return rows;
    }

    String configuration(Product product) {
        return (global + HEAD + MIRROR + sections).replaceAll("(?m)^~.*", product == Product.HAPROXY ? "#" : "$0")
                .replaceAll("(?m)^~", "");
    }

    boolean isLogged(String frontend) {
        return logged.get(frontend);
    }

    /** The name of a frontend's port. */
    static String port(String frontend) {
        return "p_" + frontend.replaceAll("\\W", "_");
    }

    private void read(int number, String line) {
        if (line.startsWith("|")) {
            (logged.isEmpty() && sections.isEmpty() ? global : sections).append(line.substring(1)).append('\n');
        } else if (line.startsWith(":: ")) {
            open(line.substring(3).split(" "));
        } else if (line.startsWith(">> ")) {
            rows.add(row(number, Row.Kind.BYTES, place, line.substring(3)));
        } else if (line.startsWith("> ")) {
            rows.add(row(number, Row.Kind.REQUEST, place, line.substring(2)));
        } else if (line.startsWith("!")) {
            int space = line.indexOf(' ');
            rows.add(row(number, Row.Kind.LINE, line.substring(0, space), line.substring(space + 1)));
        } else if (line.startsWith("~ ")) {
            last(rows.getLast().with(Row.Verdict.NEWER, line.substring(2)));
        } else if (line.startsWith("? ")) {
            last(rows.getLast().with(Row.Verdict.KNOWN, line.substring(2)));
        } else if (line.startsWith("= ")) {
            last(rows.getLast().answered(line.substring(2)));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            throw new IllegalArgumentException(path + ":" + number + ": " + line);
        }
    }

    private static Row row(int number, Row.Kind kind, String place, String asked) {
        return new Row(number, kind, place, asked, Row.Verdict.SAME, "", null);
    }

    private void last(Row row) {
        rows.set(rows.size() - 1, row);
    }

    private void open(String[] words) {
        List<String> options = List.of(words).subList(1, words.length);
        if (List.of("backend", "listen", "frontend", "userlist", "defaults", "http-errors", "ring", "log-profile",
                "resolvers", "cache").contains(words[0])) {
            sections.append(String.join(" ", words)).append('\n');
            return;
        }
        place = words[0];
        logged.put(place, options.contains("log"));
        boolean listens = options.contains("listen");
        sections.append(listens ? "listen " : "frontend ").append(place).append("\n    bind 127.0.0.1:{port:").append(port(place)).append("}\n");
        if (options.contains("log")) {
            sections.append("    log 127.0.0.1:{port:syslog} len 8192 local0\n");
        }
        if (options.contains("tcp")) {
            sections.append("    mode tcp\n    default_backend mirror_tcp\n");
        } else if (listens) {
            sections.append("    server s 127.0.0.1:{port:origin}\n");
        } else {
            sections.append("    default_backend mirror\n");
        }
    }

    /** Writes answers below their rows, in the place of those that were there. */
    void record(Map<Integer, String> answers) throws IOException {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String answer = answers.get(i + 1);
            if (answer != null) {
                written.add(line);
                while (i + 1 < lines.size() && lines.get(i + 1).matches("[~?=] .*")) {
                    i++;
                    if (!lines.get(i).startsWith("= ")) {
                        written.add(lines.get(i));
                    }
                }
                written.add("= " + answer);
            } else {
                written.add(line);
            }
        }
        Files.write(path, written, StandardCharsets.ISO_8859_1);
    }
}
