package dev.weir.boot;

import dev.weir.admin.cli.Mask;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Section;
import dev.weir.config.lang.Statement;
import dev.weir.keyword.directive.Directives;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What {@code -dC} prints: the lines of the configuration as they were understood. With a key, only words of the language
 * and numbers are shown as they are; others become a number that is the same wherever the word stands. Owner: boot's thread.
 */
final class ConfigurationText implements Consumer<Statement> {

    /** What hides words, as in sessions of the runtime socket ({@code set anon}); null when nothing is hidden. */
    private final Mask mask;
    private final Set<String> language = new HashSet<>();

    private ConfigurationText(long key) {
        mask = key == 0 ? null : new Mask((int) key);
        if (mask == null) {
            return;
        }
        for (Section section : Section.values()) {
            for (Keyword keyword : Directives.vocabulary().keywords(section)) {
                language.addAll(List.of(keyword.name().split(" ")));
            }
        }
        language.addAll(Directives.bindOptions());
        language.addAll(Directives.serverOptions());
    }

    /** Null when nobody has asked for it. */
    static ConfigurationText asked(ArgumentSwitches switches) {
        String key = switches.dumpConfiguration();
        if (key == null) {
            return null;
        }
        int end = 0;
        while (end < key.length() && isDigit(key.charAt(end))) {
            end++;
        }
        return new ConfigurationText(end == 0 || end > 10 ? 0 : Long.parseLong(key.substring(0, end)));
    }

    @Override
    public void accept(Statement line) {
        StringBuilder out = new StringBuilder();
        out.append(opensSection(line) ? "" : "\t");
        for (int i = 0; i < line.count(); i++) {
            out.append(i == 0 ? "" : " ").append(i == 0 || mask == null ? quoted(line.word(i)) : masked(line.word(i)));
        }
        System.out.println(out);
    }

    private static boolean opensSection(Statement line) {
        return Section.opened(line.word(0)) != null && (line.count() > 1 || Section.opened(line.word(0)) != Section.HEALTHCHECK);
    }

    /** So that reading it again gives the same words. */
    private static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length() && plain; i++) {
            char c = word.charAt(i);
            plain = c > ' ' && c != '"' && c != '\'' && c != '\\' && c != '#' && c != '$';
        }
        return plain ? word : "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"";
    }

    private String masked(String word) {
        return language.contains(word) || isNumber(word) ? word : mask.name(word);
    }

    /** With or without a unit. */
    private static boolean isNumber(String word) {
        int digits = 0;
        while (digits < word.length() && isDigit(word.charAt(digits))) {
            digits++;
        }
        return digits > 0 && word.length() - digits <= 2 && word.indexOf('.') < 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
