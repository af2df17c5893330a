package dev.weir.keyword;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the rows of the suites show of each fetch, converter and action. */
final class Evidence {

    private static final Path EXPRESSIONS = Path.of("src/test/resources/dev/weir/keyword");
    private static final Path EXCHANGES = Path.of("../it/src/test/resources/rows");
    private static final Path VALUES = Path.of("../it/src/test/resources/values");

    private final Map<String, Set<String>> values = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    private Evidence() {}

    static Evidence read() throws IOException {
        Evidence evidence = new Evidence();
        for (String file : List.of("casts", "casts2", "converters", "converters2", "protocols", "errors", "http", "newer", "stick",
                "buffers", "uses", "arguments", "arguments-newer")) {
            evidence.expressions(lines(EXPRESSIONS.resolve(file + ".rows")));
        }
        try (Stream<Path> files = Files.list(VALUES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".values")).toList()) {
                evidence.expressions(lines(file));
            }
        }
        try (Stream<Path> files = Files.list(EXCHANGES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".rows")).toList()) {
                evidence.exchanges(lines(file));
            }
        }
        return evidence;
    }

    private void expressions(List<String> lines) {
        for (String line : lines) {
            String[] cells = line.split("\t", -1);
            if (cells.length > 1 && !line.startsWith("#") && !line.startsWith("|")) {
                expression(cells[0], cells[1], cells.length > 2 ? cells[2] : "");
            }
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    /** Two different values, and one use that has none or is refused. */
    boolean suffices(String section, String name) {
        String key = (section.equals("actions") ? "action " : section.equals("7.3.1") ? "converter " : "fetch ") + name;
        return values.getOrDefault(key, Set.of()).size() > 1 && refused.contains(key);
    }

    private void expression(String text, String kind, String value) {
        String what = "fetch ";
        for (String name : names(text)) {
            see(what + name, kind.equals("ok") ? value : null);
            what = "converter ";
        }
    }

    /** The names outside parentheses and quotes. */
    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (depth == 0 && c == ',') {
                names.add(name.toString());
                name.setLength(0);
            } else if (depth == 0 && c != ')') {
                name.append(c);
            }
        }
        names.add(name.toString());
        return names;
    }

    /** A frontend is named after the action that its rows are about; a wrong line names it itself. */
    private void exchanges(List<String> lines) {
        String action = "";
        boolean asked = false;
        for (String line : lines) {
            if (line.startsWith(":: ")) {
                action = "action " + line.substring(3).split(" ")[0].split("\\.")[0];
            } else if (line.startsWith("!")) {
                asked = false;
                for (String word : line.split("[ (]")) {
                    refused.add("action " + word);
                }
            } else if (line.startsWith(">")) {
                asked = true;
            } else if (line.startsWith("= ") && asked) {
                see(action, line);
            }
        }
    }

    private void see(String key, String value) {
        if (value == null) {
            refused.add(key);
        } else {
            values.computeIfAbsent(key, k -> new HashSet<>()).add(value);
        }
    }
}
