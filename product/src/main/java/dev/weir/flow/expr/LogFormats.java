package dev.weir.flow.expr;

import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles log formats for one worker, and has the ones that need no {@code log-format}. Worker-owned.
 */
public final class LogFormats {

    /** {@code option tcplog}. */
    public static final String TCP = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";

    /** {@code option tcplog clf}. */
    public static final String TCP_CLF = "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt"
            + " %U %ts-- %ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";

    /** No option at all: a line when the connection arrives. */
    private static final String CONNECT = "Connect from %ci:%cp to %fi:%fp (%f/";

    /** Aliases of our own, which no user can write since they are no names. */
    static final String LISTENER = "\0listener";
    static final String ERROR_TEXT = "\0error";

    /**
     * The answer to {@link #compile}.
     *
     * @param format null when the text is wrong
     * @param error what is wrong, for the user, else null
     */
    public record Compiled(LogFormat format, String error) {}

    private final LogAliases aliases;
    private final LogValues values;

    public LogFormats(LogClock clock, String hostname, long pid, LogValues values) {
        this.aliases = new LogAliases(clock, hostname, pid);
        this.values = values;
    }

    /** {@code log-format}, {@code error-log-format}, {@code log-format-sd}, {@code unique-id-format}: blanks merge. */
    public Compiled compile(String text) {
        return new Compiler(text).compile(true);
    }

    /** Everywhere else: blanks are kept as written. */
    public Compiled compileKeepingBlanks(String text) {
        return new Compiler(text).compile(false);
    }

    /** The line of a frontend without any log option, {@code mode} being TCP or HTTP. */
    public LogFormat connect(String mode) {
        return compile(CONNECT + mode + ")").format();
    }

    /** The line of a session that died before it became one: {@code 127.0.0.1:56059 [date] frt/f1: why}. */
    public LogFormat error() {
        Compiler compiler = new Compiler("%ci:%cp [%t] %f/");
        compiler.compile(true);
        compiler.items.add(aliases.make(LISTENER, 0));
        compiler.literal(": ");
        compiler.items.add(aliases.make(ERROR_TEXT, 0));
        return compiler.format(true);
    }

    /** One pass over one text. */
    private final class Compiler {

        private final String text;
        private final List<LogItem> items = new ArrayList<>();
        private int at;
        private int global;
        private String error;

        Compiler(String text) {
            this.text = text;
        }

        Compiled compile(boolean mergeBlanks) {
            int from = 0;
            while (at < text.length() && error == null) {
                if (text.charAt(at) != '%') {
                    at++;
                    continue;
                }
                literal(text.substring(from, at));
                if (text.startsWith("%%", at)) {
                    // the second one starts the next literal
                    from = at + 1;
                    at += 2;
                } else {
                    at++;
                    item();
                    from = at;
                }
            }
            if (error != null) {
                return new Compiled(null, error);
            }
            literal(text.substring(from));
            return new Compiled(format(mergeBlanks), null);
        }

        LogFormat format(boolean mergeBlanks) {
            return new LogFormat(items.toArray(new LogItem[0]), mergeBlanks);
        }

        /** Each blank is an item of its own. */
        void literal(String part) {
            int from = 0;
            for (int i = 0; i <= part.length(); i++) {
                if (i == part.length() || part.charAt(i) == ' ') {
                    if (i > from) {
                        byte[] bytes = part.substring(from, i).getBytes(StandardCharsets.UTF_8);
                        items.add((record, out) -> out.put(bytes));
                    }
                    if (i < part.length()) {
                        items.add(LogFormat.BLANK);
                    }
                    from = i + 1;
                }
            }
        }

        /** After the percent sign: a name in parentheses, flags in braces, then an alias or an expression. */
        private void item() {
            int start = at;
            if (peek() == '(' && inside(')') == null) {
                return;
            }
            String words = null;
            if (peek() == '{') {
                words = inside('}');
                if (words == null) {
                    return;
                }
            }
            char c = peek();
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (c == '[' || letter) {
                boolean isGlobal = c == 'o' && !isNamePart(at + 1);
                int flags = LogFlags.apply(global, words == null ? "" : words);
                if (flags < 0) {
                    error = "the encodings of '" + words + "' are not available";
                } else if (isGlobal) {
                    global = flags;
                    at++;
                } else if (c == '[') {
                    expression(flags);
                } else {
                    alias(flags);
                }
            } else if (words != null) {
                error = "parse argument modifier without variable name near '%" + text.substring(start, at) + "'.";
            } else if (at >= text.length()) {
                error = "truncated line after '%'.";
            } else {
                error = "unexpected variable name near '" + c + "' at position " + at + " line : '" + text
                        + "'. Maybe you want to write a single '%', use the syntax '%%'.";
            }
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean isNamePart(int index) {
            return index < text.length() && text.charAt(index) < 128 && Character.isLetterOrDigit(text.charAt(index));
        }

        /** What stands before the closing character; the place moves behind it. Null after an error. */
        private String inside(char close) {
            int end = text.indexOf(close, at);
            if (end < 0) {
                error = "truncated line after '" + text.substring(at + 1) + "'.";
                return null;
            }
            String found = text.substring(at + 1, end);
            at = end + 1;
            return found;
        }

        private void alias(int flags) {
            int from = at;
            while (isNamePart(at)) {
                at++;
            }
            String name = text.substring(from, at);
            LogItem item = aliases.make(name, flags);
            if (item != null) {
                items.add(item);
            } else if (LogAliases.HTTP_ONLY.contains(name)) {
                error = "format variable '" + name + "' is reserved for HTTP mode.";
            } else {
                error = "no such format variable '" + name
                        + "'. If you wanted to emit the '%' character verbatim, you need to use '%%'.";
            }
        }

        private void expression(int flags) {
            LogValues.Compiled compiled = values.compile(text, at + 1);
            if (compiled.value() == null) {
                error = compiled.error();
            } else if (compiled.end() >= text.length() || text.charAt(compiled.end()) != ']') {
                error = "missing ']' after '" + text.substring(at + 1) + "'.";
            } else {
                at = compiled.end() + 1;
                LogValue value = compiled.value();
                LogLine raw = new LogLine();
                items.add((record, out) -> {
                    raw.clear();
                    boolean present = value.append(record, raw);
                    boolean quoted = (flags & LogFlags.QUOTE) != 0;
                    if (quoted) {
                        out.put('"');
                    } else if (!present) {
                        out.put('-');
                    }
                    LogText.append(out, raw.array(), 0, raw.length(), flags & LogFlags.ESCAPE);
                    if (quoted) {
                        out.put('"');
                    }
                });
            }
        }
    }
}
