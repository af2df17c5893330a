package dev.weir.admin.cli;

import java.util.List;

/**
 * One command as typed.
 *
 * @param words all of them, the command's own included
 * @param payload what followed {@code <<}, each line with its end; null when there was none
 */
public record Call(Terminal terminal, List<String> words, String payload) {

    /** The word at that place, empty behind the last. */
    public String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }

    public boolean has(int at) {
        return at < words.size();
    }

    /** All words from there on with blanks between. */
    public String rest(int at) {
        return at >= words.size() ? "" : String.join(" ", words.subList(at, words.size()));
    }
}
