package dev.weir.config.lang;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.DiagnosticPrinter;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one line into words: quotes, escapes, comments, environment variables (configuration manual 2.2 and 2.3).
 * Variables are seen in double quotes only. An unknown escape stays as written, backslash included, and so does
 * {@code \$} outside double quotes: regular expressions of old files count on it.
 *
 * <p>Owner: boot.
 */
public final class Lexer {

    /** Words of a line, the first included. */
    public static final int MAX_WORDS = 64;

    private final Environment environment;
    private final Diagnostics diagnostics;

    private String line;
    private Place place;
    private int at;
    private final StringBuilder word = new StringBuilder();
    private final List<String> words = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private boolean started;
    private int startedAt;
    private boolean failed;

    public Lexer(Environment environment, Diagnostics diagnostics) {
        this.environment = environment;
        this.diagnostics = diagnostics;
    }

    /** The words of a line, or null when it has none or is broken; what is wrong has been reported. */
    public Statement read(String text, Place where) {
        line = text;
        place = where;
        at = 0;
        failed = false;
        started = false;
        word.setLength(0);
        words.clear();
        columns.clear();
        cut();
        if (failed || words.isEmpty()) {
            return null;
        }
        int count = words.size();
        if (count > MAX_WORDS) {
            tooMany();
            return null;
        }
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = columns.get(i) + 1;
        }
        return new Statement(words.toArray(new String[0]), starts, line, place, diagnostics);
    }

    private void cut() {
        int length = line.length();
        while (at < length && !failed) {
            char c = line.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n', '\f', 0x0b -> {
                    end();
                    at++;
                }
                case '#' -> at = length;
                case '\'' -> strong();
                case '"' -> weak();
                case '\\' -> {
                    begin();
                    escape(false);
                }
                default -> {
                    begin();
                    word.append(c);
                    at++;
                }
            }
        }
        end();
    }

    private void begin() {
        if (!started) {
            started = true;
            startedAt = at;
        }
    }

    private void end() {
        if (started) {
            words.add(word.toString());
            columns.add(startedAt);
            word.setLength(0);
            started = false;
        }
    }

    private void strong() {
        begin();
        int close = line.indexOf('\'', at + 1);
        if (close < 0) {
            fail("unmatched quote", at);
            return;
        }
        word.append(line, at + 1, close);
        at = close + 1;
    }

    private void weak() {
        begin();
        int open = at++;
        while (at < line.length() && !failed) {
            char c = line.charAt(at);
            if (c == '"') {
                at++;
                return;
            } else if (c == '\\') {
                escape(true);
            } else if (c == '$') {
                variable();
            } else {
                word.append(c);
                at++;
            }
        }
        if (!failed) {
            fail("unmatched quote", open);
        }
    }

    private void escape(boolean quoted) {
        char next = at + 1 < line.length() ? line.charAt(at + 1) : 0;
        switch (next) {
            case ' ', '\t', '\\', '#', '\'', '"' -> word.append(next);
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'x' -> {
                hexadecimal();
                return;
            }
            default -> {
                if (next != '$' || !quoted) {
                    word.append('\\');
                    at++;
                    return;
                }
                word.append('$');
            }
        }
        at += 2;
    }

    private void hexadecimal() {
        int high = at + 2 < line.length() ? hex(line.charAt(at + 2)) : -1;
        int low = at + 3 < line.length() ? hex(line.charAt(at + 3)) : -1;
        if (high < 0 || low < 0) {
            fail("truncated or invalid hexadecimal sequence", at);
            return;
        }
        word.append((char) (high << 4 | low));
        at += 4;
    }

    static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** {@code $NAME}, <code>${NAME}</code>, <code>${NAME-default}</code>, <code>${NAME[*]}</code>. */
    private void variable() {
        int dollar = at++;
        boolean braced = at < line.length() && line.charAt(at) == '{';
        if (braced) {
            at++;
        }
        int nameAt = at;
        if (at < line.length() && (isNameStart(line.charAt(at)) || line.charAt(at) == '.')) {
            at++;
            while (at < line.length() && isNamePart(line.charAt(at))) {
                at++;
            }
        } else {
            fail("forbidden first char in environment variable name", nameAt);
            return;
        }
        String value = environment.get(line.substring(nameAt, at));
        boolean split = false;
        if (braced) {
            split = line.startsWith("[*]", at);
            if (split) {
                at += 3;
            }
            int close = line.indexOf('}', at);
            if (close < 0 || close > at && line.charAt(at) != '-') {
                fail("unmatched brace in environment variable name", dollar + 1);
                return;
            }
            if (value == null && close > at) {
                value = line.substring(at + 1, close);
            }
            at = close + 1;
        }
        if (value == null) {
            value = "";
        }
        if (split) {
            splice(value);
        } else {
            word.append(value);
        }
    }

    /** A list becomes words of its own; its ends join what stands beside it. */
    private void splice(String list) {
        int from = 0;
        int length = list.length();
        boolean first = true;
        while (from < length) {
            while (from < length && list.charAt(from) <= ' ') {
                from++;
            }
            int to = from;
            while (to < length && list.charAt(to) > ' ') {
                to++;
            }
            if (to > from) {
                if (!first) {
                    end();
                    started = true;
                }
                word.append(list, from, to);
                first = false;
            }
            from = to;
        }
        // an empty list in quotes of its own is no word at all
        if (first && word.isEmpty() && at + 1 <= line.length() && line.startsWith("\"", at)) {
            started = false;
        }
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9';
    }

    private void fail(String what, int position) {
        failed = true;
        diagnostics.report(Level.ALERT, place, position + 1, "parsing [" + place + "]: " + what + " at position "
                + (position + 1) + ":\n" + DiagnosticPrinter.excerpt(line, position, true), line, null);
    }

    private void tooMany() {
        int last = MAX_WORDS - 1;
        int column = columns.get(last) + 1;
        diagnostics.report(Level.ALERT, place, column, "parsing [" + place + "]: too many words, truncating after word "
                + MAX_WORDS + ", position " + column + ": <" + words.get(last) + ">.", line, null);
    }
}
