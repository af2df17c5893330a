package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Phrase;
import dev.weir.config.lang.Numbers;
import java.util.List;

/** The lines of {@code global} sections that were kept as written, asked for by their keyword; the last one holds. Stateless. */
public final class KeptLines {

    private KeptLines() {}

    /** The first argument, or null when no line has one. */
    static String word(Settings global, String keyword) {
        String found = null;
        for (Phrase line : global.get(Draft.KEPT)) {
            if (line.words().getFirst().equals(keyword) && line.words().size() > 1) {
                found = line.words().get(1);
            }
        }
        return found;
    }

    /** All arguments of the last of them; none when there is no such line. */
    static List<String> words(Settings global, String keyword) {
        List<String> found = List.of();
        for (Phrase line : global.get(Draft.KEPT)) {
            if (line.words().getFirst().equals(keyword)) {
                found = line.words().subList(1, line.words().size());
            }
        }
        return found;
    }

    /** The number that its first argument begins with. */
    public static long number(Settings global, String keyword, long otherwise) {
        String word = word(global, keyword);
        return word == null ? otherwise : Numbers.leading(word);
    }

    /** Whether the keyword stands there without {@code no} before it. */
    static boolean isOn(Settings global, String keyword) {
        boolean on = false;
        for (Phrase line : global.get(Draft.KEPT)) {
            List<String> words = line.words();
            if (words.getLast().equals(keyword)) {
                on = !words.getFirst().equals("no");
            }
        }
        return on;
    }
}
