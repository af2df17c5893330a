package dev.weir.keyword.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.Section;
import dev.weir.config.compile.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every word that HAProxy knows or knew is in a table. */
class VocabularyTest {

    private static final Vocabulary VOCABULARY = Directives.vocabulary();

    @Test
    void knowsEveryKeyword() {
        Map<String, Keyword> proxy = names(Section.LISTEN);
        proxy.putAll(names(Section.FRONTEND));
        proxy.putAll(names(Section.BACKEND));
        Map<String, Keyword> global = names(Section.GLOBAL);
        List<String> missing = new ArrayList<>();
        for (String row : Reading.resource("keywords.txt").split("\n")) {
            String[] cells = row.split(" ", 2);
            String name = cells[1];
            boolean known = switch (cells[0]) {
                case "global" -> global.containsKey(name);
                case "bind" -> BindOptions.TABLE.find(name) != null;
                case "server" -> ServerOptions.TABLE.find(name) != null;
                case "proxy" -> proxy.containsKey(baseName(name));
                default -> true;
            };
            if (!known) {
                missing.add(row);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** The sections that the matrix of the manual's chapter 4.1 gives each keyword, where it does not fall back to more. */
    @Test
    void knowsTheSectionsOfEachKeyword() {
        Map<String, Keyword> all = names(Section.LISTEN);
        all.putAll(names(Section.FRONTEND));
        all.putAll(names(Section.BACKEND));
        List<String> wrong = new ArrayList<>();
        for (String row : Reading.resource("keywords.txt").split("\n")) {
            if (row.startsWith("proxy ")) {
                Keyword keyword = all.get(baseName(row.substring(6)));
                String sections = row.substring(row.lastIndexOf(' ') + 1);
                for (char letter : sections.toCharArray()) {
                    if (keyword.sections().indexOf(letter) < 0) {
                        wrong.add(row + ": only " + keyword.sections());
                        break;
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** {@code capture request header} is the keyword {@code capture request}. */
    private static String baseName(String row) {
        String name = row.substring(0, row.lastIndexOf(' '));
        String[] words = name.split(" ");
        return words.length < 3 ? name : words[0] + " " + words[1];
    }

    private static Map<String, Keyword> names(Section section) {
        Map<String, Keyword> names = new HashMap<>();
        for (Keyword keyword : VOCABULARY.keywords(section)) {
            names.put(keyword.name(), keyword);
        }
        return names;
    }

    @Test
    void everyHeadHasSecondWords() {
        List<String> lonely = new ArrayList<>();
        for (Section section : Section.values()) {
            Map<String, Keyword> names = names(section);
            for (Keyword keyword : names.values()) {
                boolean head = keyword.status() == Status.HEAD;
                if (head && names.keySet().stream().noneMatch(n -> n.startsWith(keyword.name() + " "))) {
                    lonely.add(section + " " + keyword.name());
                }
            }
        }
        assertEquals(List.of(), lonely);
    }
}
