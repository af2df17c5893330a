package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;
import dev.weir.flow.expr.LogValue.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One pass over the text of one log format. Boot's thread. */
final class LogFormatCompiler {

    /**
     * An alias or expression of the format.
     *
     * @param name its name, null without one
     * @param forced the type that it is to be encoded as, null for its own
     * @param plain makes the item as it is written without an encoding
     * @param value makes the bare value
     */
    private record Piece(String name, Type forced, int flags, LogAliases.Maker plain, ValueMaker value) {}

    @FunctionalInterface
    private interface ValueMaker {
        LogValue make(int flags);
    }

    private final String text;
    private final LogAliases aliases;
    private final LogValues values;
    private final boolean http;
    private final List<LogItem> items = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private int at;
    private int global;
    private boolean waits;
    private boolean encodes;
    private String name;
    private Type forced;
    private String error;

    LogFormatCompiler(String text, LogAliases aliases, LogValues values, boolean http) {
        this.text = text;
        this.aliases = aliases;
        this.values = values;
        this.http = http;
    }

    /** Values are written so that they may stand in headers. */
    LogFormatCompiler encoding() {
        encodes = true;
        return this;
    }

    LogFormats.Compiled compile(boolean mergeBlanks) {
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
            return new LogFormats.Compiled(null, error);
        }
        literal(text.substring(from));
        return new LogFormats.Compiled(format(mergeBlanks), null);
    }

    LogFormat format(boolean mergeBlanks) {
        LogEncoding encoding = LogEncoding.of(global);
        LogItem[] all = encoding == null ? items.toArray(new LogItem[0]) : new LogItem[] {map(encoding)};
        return new LogFormat(all, mergeBlanks, waits);
    }

    /** The whole format as one map: of its named items only. */
    private LogItem map(LogEncoding encoding) {
        List<byte[]> names = new ArrayList<>();
        List<LogItem> encoded = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.name != null && !piece.name.isEmpty()) {
                names.add(piece.name.getBytes(StandardCharsets.UTF_8));
                encoded.add(encoded(piece, encoding));
            }
        }
        byte[][] keys = names.toArray(new byte[0][]);
        LogItem[] written = encoded.toArray(new LogItem[0]);
        return (record, out) -> {
            encoding.open(out);
            for (int i = 0; i < keys.length; i++) {
                encoding.name(out, keys[i], i == 0);
                written[i].append(record, out);
            }
            encoding.close(out);
        };
    }

    private static LogItem encoded(Piece piece, LogEncoding encoding) {
        LogValue value = piece.value.make(piece.flags);
        Type forced = piece.forced;
        LogLine bare = new LogLine();
        return (record, out) -> {
            bare.clear();
            Type type = value.append(record, bare);
            encoding.value(out, bare, forced == null || type == Type.ABSENT ? type : forced);
        };
    }

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
        name = null;
        forced = null;
        if (peek() == '(') {
            name = inside(')');
            if (name == null || !typed()) {
                return;
            }
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
            if (isGlobal) {
                global = flags;
                at++;
            } else if (c == '[') {
                // binary is for the whole format only
                expression(flags & ~LogFlags.BINARY | global & LogFlags.BINARY);
            } else {
                alias(flags & ~LogFlags.BINARY | global & LogFlags.BINARY);
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

    /** Splits {@code name:type}. */
    private boolean typed() {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return true;
        }
        String type = name.substring(colon + 1);
        name = name.substring(0, colon);
        switch (type) {
            case "str" -> forced = Type.TEXT;
            case "sint" -> forced = Type.NUMBER;
            case "bool" -> forced = Type.BOOLEAN;
            default -> error = "unexpected output type '" + type + "' near '%(" + name + ":" + type + ")'.";
        }
        return error == null;
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
        String alias = text.substring(from, at);
        LogAliases.Maker plain = aliases.maker(alias);
        if (plain == null) {
            error = "no such format variable '" + alias
                    + "'. If you wanted to emit the '%' character verbatim, you need to use '%%'.";
        } else if (!http && LogAliases.HTTP_ONLY.contains(alias)) {
            error = "format variable '" + alias + "' is reserved for HTTP mode.";
        } else {
            waits |= LogAliases.WAITING.contains(alias);
            add(new Piece(name, forced, flags, plain, f -> aliases.value(alias, f)));
        }
    }

    /** An alias of our own. */
    void alias(String ours) {
        items.add(aliases.maker(ours).make(0));
    }

    private void expression(int flags) {
        LogValues.Compiled compiled = values.compile(text, at + 1);
        int end = compiled.end();
        if (compiled.value() == null) {
            error = compiled.error().endsWith(".") ? compiled.error() : compiled.error() + ".";
        } else if (end >= text.length()) {
            error = "missing ']' after '" + text.substring(at + 1) + "'.";
        } else if (text.charAt(end) != ']') {
            error = "expected ']' after '" + text.substring(at + 1, end) + "', but found '" + text.charAt(end) + "'.";
        } else {
            at = end + 1;
            LogValue value = compiled.value();
            add(new Piece(name, forced, flags, encodes ? f -> encoded(value, f) : f -> plain(value, f), f -> value));
        }
    }

    private static LogItem encoded(LogValue value, int flags) {
        LogLine raw = new LogLine();
        return (record, out) -> {
            raw.clear();
            if (value.append(record, raw) != Type.ABSENT) {
                ValueText.encode(out, raw.array(), 0, raw.length(), flags);
            }
        };
    }

    private static LogItem plain(LogValue value, int flags) {
        LogLine raw = new LogLine();
        return (record, out) -> {
            raw.clear();
            if (value.append(record, raw) == Type.ABSENT) {
                LogText.absent(out, flags);
                return;
            }
            LogText.quote(out, flags);
            LogText.append(out, raw.array(), 0, raw.length(), flags, LogText.NOWHERE);
            LogText.quote(out, flags);
        };
    }

    /** Items that ask for an encoding of their own are encoded where they stand. */
    private void add(Piece piece) {
        pieces.add(piece);
        LogEncoding encoding = LogEncoding.of(piece.flags);
        items.add(encoding == null ? piece.plain.make(piece.flags) : encoded(piece, encoding));
    }
}
