package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** Writes texts into log lines: quoted, escaped, and without bytes that could forge a line or a terminal sequence. */
final class LogText {

    /** Characters that are written as {@code #XX} too in request lines and in captured headers (manual 8.6). */
    static final String IN_LINES = "#\"";
    static final String IN_HEADERS = "#\"{|}";
    static final String NOWHERE = "";

    private LogText() {}

    /** A dash, or two quotes, when there is no value. */
    static void value(LogLine out, byte[] text, int flags) {
        if (text == null) {
            absent(out, flags);
        } else {
            quote(out, flags);
            append(out, text, 0, text.length, flags, NOWHERE);
            quote(out, flags);
        }
    }

    /** There is no value. */
    static void absent(LogLine out, int flags) {
        if ((flags & LogFlags.BARE) != 0) {
            return;
        }
        if ((flags & LogFlags.QUOTE) != 0) {
            out.put('"').put('"');
        } else {
            out.put('-');
        }
    }

    static void quote(LogLine out, int flags) {
        if ((flags & (LogFlags.QUOTE | LogFlags.BARE)) == LogFlags.QUOTE) {
            out.put('"');
        }
    }

    static void append(LogLine out, byte[] text, int flags) {
        append(out, text, 0, text.length, flags, NOWHERE);
    }

    /**
     * Bytes outside 32..126 and those named become {@code #XX} (configuration.txt 8.6; HAProxy 2.6 sends the former raw in
     * places); with the escape flag quote, backslash and closing bracket get a backslash.
     */
    static void append(LogLine out, byte[] text, int from, int to, int flags, String special) {
        if ((flags & (LogFlags.BARE | LogFlags.BINARY)) != 0) {
            out.put(text, from, to - from);
            return;
        }
        boolean escape = (flags & LogFlags.ESCAPE) != 0;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c < 32 || c == 127 || special.indexOf(c) >= 0) {
                out.put('#').putHex(c & 0xff, 2);
            } else {
                if (escape && (c == '"' || c == '\\' || c == ']')) {
                    out.put('\\');
                }
                out.put(c);
            }
        }
    }
}
