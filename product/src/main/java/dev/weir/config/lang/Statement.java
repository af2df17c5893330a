package dev.weir.config.lang;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import java.util.Arrays;
import java.util.List;

/**
 * One line of the configuration cut into words, with the columns they stand at; it writes the messages about itself.
 * A word that is not there reads as empty, so that a missing and an empty argument are the same, as in HAProxy.
 * Immutable.
 */
public final class Statement {

    /** What stands before the keyword: {@code no}, {@code default} or nothing. */
    public enum Prefix { NONE, NO, DEFAULT }

    private final String[] words;
    private final int[] columns;
    private final String source;
    private final Place place;
    private final Diagnostics diagnostics;
    private final Prefix prefix;

    public Statement(String[] words, int[] columns, String source, Place place, Diagnostics diagnostics) {
        this(words, columns, source, place, diagnostics, Prefix.NONE);
    }

    private Statement(String[] words, int[] columns, String source, Place place, Diagnostics diagnostics,
            Prefix prefix) {
        this.words = words;
        this.columns = columns;
        this.source = source;
        this.place = place;
        this.diagnostics = diagnostics;
        this.prefix = prefix;
    }

    public String word(int index) {
        return index < words.length ? words[index] : "";
    }

    public boolean has(int index) {
        return index < words.length && !words[index].isEmpty();
    }

    /** How many words there are, the keyword included. */
    public int count() {
        return words.length;
    }

    public Place place() {
        return place;
    }

    public String source() {
        return source;
    }

    public Prefix prefix() {
        return prefix;
    }

    public boolean isNegated() {
        return prefix == Prefix.NO;
    }

    /** Without the first word, which has become the prefix. */
    public Statement prefixed(Prefix with) {
        return new Statement(Arrays.copyOfRange(words, 1, words.length),
                Arrays.copyOfRange(columns, 1, columns.length), source, place, diagnostics, with);
    }

    /** The same line read as if this keyword stood in the place of its first two words. */
    public Statement replaced(String keyword) {
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        rest[0] = keyword;
        return new Statement(rest, Arrays.copyOfRange(columns, 1, columns.length), source, place, diagnostics, prefix);
    }

    /** The same line with its first word replaced by these two. */
    public Statement with(String first, String second) {
        String[] more = new String[words.length + 1];
        int[] where = new int[more.length];
        System.arraycopy(words, 0, more, 1, words.length);
        System.arraycopy(columns, 0, where, 1, words.length);
        more[0] = first;
        more[1] = second;
        where[0] = columns[0];
        return new Statement(more, where, source, place, diagnostics, prefix);
    }

    /** The words from one on. */
    public List<String> from(int index) {
        return index >= words.length ? List.of() : List.of(Arrays.copyOfRange(words, index, words.length));
    }

    public Phrase phrase() {
        return new Phrase(from(0), place);
    }

    public String join(int from) {
        return String.join(" ", from(from));
    }

    /** {@code parsing [file:line] : message}, the caret under the word. */
    public void alert(int word, String message) {
        report(Level.ALERT, word, Diagnostics.parsing(place, message), null);
    }

    public void warn(int word, String message) {
        report(Level.WARNING, word, Diagnostics.parsing(place, message), null);
    }

    public void warn(int word, String message, String writeInstead) {
        report(Level.WARNING, word, Diagnostics.parsing(place, message), writeInstead);
    }

    /** The second form of HAProxy's messages, {@code parsing [file:line]: message}. */
    public void warnTight(int word, String message) {
        report(Level.WARNING, word, "parsing [" + place + "]: " + message, null);
    }

    public void alertTight(int word, String message) {
        report(Level.ALERT, word, "parsing [" + place + "]: " + message, null);
    }

    /** An error from which HAProxy goes on. */
    public void remark(String text) {
        diagnostics.remark(place, text);
    }

    /** A message that says its place in a way of its own. */
    public void report(Level level, int word, String text, String writeInstead) {
        int column = word < columns.length ? columns[word] : source.length() + 1;
        diagnostics.report(level, place, column, text, source, writeInstead);
    }
}
