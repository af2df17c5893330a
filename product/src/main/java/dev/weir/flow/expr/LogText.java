package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** Writes texts into log lines: quoted, escaped, and without bytes that could forge a line or a terminal sequence. */
final class LogText {

    private LogText() {}

    /** A dash, or two quotes, when there is no value. */
    static void value(LogLine out, byte[] text, int flags) {
        boolean quoted = (flags & LogFlags.QUOTE) != 0;
        if (quoted) {
            out.put('"');
        }
        if (text != null) {
            append(out, text, flags & LogFlags.ESCAPE);
        } else if (!quoted) {
            out.put('-');
        }
        if (quoted) {
            out.put('"');
        }
    }

    static void append(LogLine out, byte[] text, int escape) {
        append(out, text, 0, text.length, escape);
    }

    /**
     * Bytes outside 32..126 become {@code #XX} (configuration.txt 8.6; HAProxy 2.6 sends them raw here); with the escape
     * flag quote, backslash and closing bracket get a backslash.
     */
    static void append(LogLine out, byte[] text, int from, int to, int escape) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c < 32 || c == 127) {
                out.put('#').putHex(c & 0xff, 2);
            } else {
                if (escape != 0 && (c == '"' || c == '\\' || c == ']')) {
                    out.put('\\');
                }
                out.put(c);
            }
        }
    }
}
