package dev.weir.config.compile;

import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.lang.NearestWord;
import dev.weir.config.lang.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All keywords of all sections. The table of a section is read when it is first needed, which keeps the start short.
 *
 * <p>Owner: boot.
 */
public final class Vocabulary {

    private final Map<Section, List<KeywordFamily>> families = new EnumMap<>(Section.class);
    private final Map<Section, Map<String, Keyword>> tables = new EnumMap<>(Section.class);

    /** Adds a family to the sections that share a table with this one. */
    public Vocabulary with(Section section, KeywordFamily family) {
        families.computeIfAbsent(tableOf(section), s -> new ArrayList<>()).add(family);
        return this;
    }

    private static Section tableOf(Section section) {
        return section.sharesProxyWords() ? Section.LISTEN : section;
    }

    private Map<String, Keyword> table(Section section) {
        Section key = tableOf(section);
        Map<String, Keyword> table = tables.get(key);
        if (table == null) {
            table = new LinkedHashMap<>(512);
            for (KeywordFamily family : families.getOrDefault(key, List.of())) {
                read(family, key, table);
            }
            tables.put(key, table);
        }
        return table;
    }

    private static void read(KeywordFamily family, Section section, Map<String, Keyword> table) {
        String rows = family.rows();
        int from = 0;
        while (from < rows.length()) {
            int to = rows.indexOf('\n', from);
            to = to < 0 ? rows.length() : to;
            if (to > from) {
                Keyword keyword = row(rows.substring(from, to), section, family);
                table.put(keyword.name(), keyword);
            }
            from = to + 1;
        }
    }

    private static Keyword row(String row, Section section, KeywordFamily family) {
        int message = row.indexOf(" : ");
        String expects = message < 0 ? "" : row.substring(message + 3);
        String[] cells = cells(message < 0 ? row : row.substring(0, message));
        // sections that have a table of their own need no letters
        int next = cells.length == 4 ? 1 : 0;
        String sections = next == 0 ? String.valueOf(section.letter()) : cells[1];
        String range = cells[1 + next];
        int dash = range.indexOf('-');
        int min = Integer.parseInt(range.substring(0, dash));
        int max = range.endsWith("*") ? -1 : Integer.parseInt(range.substring(dash + 1));
        String name = cells[0];
        boolean experimental = name.charAt(0) == '!';
        boolean negatable = name.charAt(0) == '~';
        name = (experimental || negatable ? name.substring(1) : name).replace('/', ' ');
        return new Keyword(name, sections, min, max, Status.of(cells[2 + next]), negatable, experimental, expects,
                family);
    }

    private static String[] cells(String text) {
        List<String> cells = new ArrayList<>(4);
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (end > at) {
                cells.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return cells.toArray(new String[0]);
    }

    /** The keyword that a line starts with, its head when only that is known, or null. */
    Keyword find(Section section, Statement line) {
        Map<String, Keyword> table = table(section);
        Keyword first = table.get(line.word(0));
        if (first == null || first.status() != Status.HEAD) {
            return first;
        }
        String second = line.word(1);
        int arguments = second.indexOf('(');
        Keyword both = table.get(first.name() + " " + (arguments < 0 ? second : second.substring(0, arguments)));
        return both == null ? first : both;
    }

    /** The keyword of this full name, or null. */
    public Keyword keyword(Section section, String name) {
        return table(section).get(name);
    }

    /** The known word of a section nearest to an unknown one, as the end of a message. */
    String suggestion(Section section, String wrong) {
        NearestWord nearest = new NearestWord(wrong);
        for (Keyword keyword : table(section).values()) {
            if (keyword.words() == 1 && keyword.isKnownIn(section) && keyword.status() != Status.REMOVED) {
                nearest.consider(keyword.name());
            }
        }
        return nearest.hint();
    }

    /** The same among the second words of a head. */
    public String suggestion(Section section, String head, String wrong) {
        NearestWord nearest = new NearestWord(wrong);
        for (Keyword keyword : table(section).values()) {
            if (keyword.words() == 2 && keyword.name().startsWith(head) && keyword.name().charAt(head.length()) == ' '
                    && keyword.status() != Status.REMOVED) {
                nearest.consider(keyword.name().substring(head.length() + 1));
            }
        }
        return nearest.hint();
    }

    /** The keywords of a section, for completion and the coverage page. */
    public Collection<Keyword> keywords(Section section) {
        List<Keyword> known = new ArrayList<>();
        for (Keyword keyword : table(section).values()) {
            if (keyword.isKnownIn(section) || section == Section.DEFAULTS && keyword.isForNamedDefaults()) {
                known.add(keyword);
            }
        }
        return known;
    }
}
