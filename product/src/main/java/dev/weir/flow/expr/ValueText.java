package dev.weir.flow.expr;

import dev.weir.base.log.LogLine;

/** Writes values of expressions into texts that are no log lines, under the flags of their place in the format. */
public final class ValueText {

    private ValueText() {}

    /** As a part of an HTTP message: what may stand in no header becomes {@code %XX}, and nothing is quoted. */
    public static void encode(LogLine out, byte[] text, int from, int length, int flags) {
        boolean escape = (flags & LogFlags.ESCAPE) != 0;
        int done = from;
        for (int i = from; i < from + length; i++) {
            byte c = text[i];
            boolean control = c >= 0 && c < 32 && c != '\t' || c == 127;
            if (control || escape && isEscaped(c)) {
                out.put(text, done, i - done);
                done = i;
                if (control) {
                    out.put('%').putHex(c, 2);
                    done++;
                } else {
                    out.put('\\');
                }
            }
        }
        out.put(text, done, from + length - done);
    }

    /** Elsewhere: quoted and escaped when asked for, otherwise as it is. */
    public static void dress(LogLine out, byte[] text, int from, int length, int flags) {
        LogText.quote(out, flags);
        if ((flags & LogFlags.ESCAPE) == 0) {
            out.put(text, from, length);
        } else {
            for (int i = from; i < from + length; i++) {
                if (isEscaped(text[i])) {
                    out.put('\\');
                }
                out.put(text[i]);
            }
        }
        LogText.quote(out, flags);
    }

    private static boolean isEscaped(byte c) {
        return c == '"' || c == '\\' || c == ']';
    }
}
