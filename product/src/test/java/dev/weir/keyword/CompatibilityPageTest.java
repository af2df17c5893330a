package dev.weir.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Section;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.keyword.action.Actions;
import dev.weir.keyword.convert.Converters;
import dev.weir.keyword.directive.Directives;
import dev.weir.keyword.fetch.Fetches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/COMPATIBILITY.md is written from the keyword tables, the manual's indexes (manual-names.txt) and the rows of the
 * suites. Run with {@code -Dweir.update=true} to write it anew; a stale page fails the build.
 */
class CompatibilityPageTest {

    /** How far a name is. */
    private enum Level { SUPPORTED, PARTLY, MISSING }

    private static final Path PAGE = Path.of("../docs/COMPATIBILITY.md");
    private static final Path NAMES = Path.of("src/test/resources/dev/weir/keyword/manual-names.txt");
    /** What the manual's index has for a whole family, and the member that rows are about. */
    private static final Map<String, String> FAMILIES = Map.of("map_match", "map_beg", "map_match_output", "map_ip");
    private static final String INTRODUCTION = """
            # Compatibility

            Written by `CompatibilityPageTest`; not to be edited. Names are those of the indexes of HAProxy 3.5's manual.

            - A **keyword** of proxies is supported when docs/KEYWORDS.md says so; partly when it is read without effect.
            - A **fetch or converter** is supported when it is built and rows of the suites show at least two different values
              and one absent value or refused use of it; partly when it is built and rows are missing.
            - An **action** is supported when rows show two different answers and one refused use, and it stands in all the rule
              sets that the manual ticks; partly otherwise.

            """;

    private final Evidence evidence = Evidence.read();
    private final Map<String, Keyword.Status> keywords = new HashMap<>();
    private final Map<String, ActionKeyword> actions = new HashMap<>();
    private final Vocabulary vocabulary = new Vocabulary();

    CompatibilityPageTest() throws IOException {
        Fetches.addTo(vocabulary);
        Converters.addTo(vocabulary);
        Actions.vocabulary().all().forEach(a -> actions.put(a.name(), a));
        for (Section section : List.of(Section.DEFAULTS, Section.BACKEND, Section.FRONTEND, Section.LISTEN)) {
            for (Keyword keyword : Directives.vocabulary().keywords(section)) {
                if (keyword.status() != Keyword.Status.HEAD) {
                    keywords.put(keyword.name(), keyword.status());
                }
            }
        }
    }

    @Test
    void pageFitsTablesAndRows() throws IOException {
        String page = page();
        if (Boolean.getBoolean("weir.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "docs/COMPATIBILITY.md is stale: run the test with -Dweir.update=true");
    }

    private String page() throws IOException {
        Map<String, Map<String, Level>> chapters = new LinkedHashMap<>();
        Map<String, Level> chapter = null;
        String title = "";
        for (String line : Files.readAllLines(NAMES)) {
            if (line.startsWith("[")) {
                title = line.substring(1, line.length() - 1);
                chapter = new LinkedHashMap<>();
                chapters.put(title(title), chapter);
            } else if (!line.startsWith("#")) {
                chapter.put(line.split("\t")[0], level(title, line));
            }
        }
        StringBuilder out = new StringBuilder(INTRODUCTION).append("| chapter | supported | partly | not yet |\n|---|---|---|---|\n");
        chapters.forEach((name, levels) -> out.append("| ").append(name).append(" | ").append(count(levels, Level.SUPPORTED))
                .append(" | ").append(count(levels, Level.PARTLY)).append(" | ").append(count(levels, Level.MISSING)).append(" |\n"));
        chapters.forEach((name, levels) -> chapter(out, name, levels));
        return out.toString();
    }

    private static String title(String section) {
        return switch (section) {
            case "keywords" -> "4.1 keywords of proxies";
            case "actions" -> "4.3 actions";
            case "7.3.1" -> "7.3.1 converters";
            default -> section + " fetches";
        };
    }

    private static long count(Map<String, Level> levels, Level wanted) {
        return levels.values().stream().filter(l -> l == wanted).count();
    }

    private static void chapter(StringBuilder out, String name, Map<String, Level> levels) {
        out.append("\n## ").append(name).append('\n');
        Map<Level, String> words = new EnumMap<>(Map.of(Level.SUPPORTED, "Supported", Level.PARTLY, "Partly", Level.MISSING, "Not yet"));
        words.forEach((level, word) -> {
            String names = levels.entrySet().stream().filter(e -> e.getValue() == level).map(e -> "`" + e.getKey() + "`")
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                out.append("\n**").append(word).append("**: ").append(names).append('\n');
            }
        });
    }

    private Level level(String section, String line) {
        String shown = line.split("\t")[0];
        String name = FAMILIES.getOrDefault(shown, shown);
        Function<Boolean, Level> built = isBuilt -> !isBuilt ? Level.MISSING
                : evidence.suffices(section, name) ? Level.SUPPORTED : Level.PARTLY;
        return switch (section) {
            case "keywords" -> keyword(keywords.getOrDefault(name, prefixed(name)));
            case "actions" -> action(name, line.split("\t")[1].split(" "));
            case "7.3.1" -> built.apply(vocabulary.converter(name) != null);
            default -> built.apply(vocabulary.fetch(name) != null);
        };
    }

    /** The tables know some words by their beginning only. */
    private Keyword.Status prefixed(String name) {
        int space = name.lastIndexOf(' ');
        return space < 0 ? null : keywords.get(name.substring(0, space));
    }

    private static Level keyword(Keyword.Status status) {
        return status == null ? Level.MISSING : switch (status) {
            case SUPPORTED, USED -> Level.SUPPORTED;
            case KEPT, ACCEPTED -> Level.PARTLY;
            default -> Level.MISSING;
        };
    }

    /** In the order of the manual's columns; the first is QUIC's. */
    private Level action(String name, String[] ticks) {
        ActionKeyword action = actions.get(name.startsWith("track-sc") ? "track-sc" : name);
        if (action == null) {
            return evidence.suffices("actions", name) ? Level.PARTLY : Level.MISSING;
        }
        List<String> columns = List.of("QUIC", "CONNECTION", "SESSION", "CONTENT", "RESPONSE_CONTENT", "REQUEST", "RESPONSE",
                "AFTER_RESPONSE");
        List<String> kinds = new ArrayList<>();
        action.kinds().forEach(k -> kinds.add(k.name()));
        boolean everywhere = true;
        for (int i = 1; i < columns.size(); i++) {
            everywhere &= !ticks[i].equals("X") || kinds.contains(columns.get(i));
        }
        return everywhere && evidence.suffices("actions", name) ? Level.SUPPORTED : Level.PARTLY;
    }
}
