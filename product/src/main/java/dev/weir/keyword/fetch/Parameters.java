package dev.weir.keyword.fetch;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;

/** Parameters {@code name=value} of a query or a form. Lives for one fetch. */
final class Parameters {

    private final byte[] text;
    private final int from;
    private final int end;
    private final byte start;
    private final boolean ignoreCase;

    /** With the character behind which parameters begin, 0 when they begin at once. */
    Parameters(byte[] text, int from, int end, int start, boolean ignoreCase) {
        this.text = text;
        this.from = from;
        this.end = end;
        this.start = (byte) start;
        this.ignoreCase = ignoreCase;
    }

    /** The first such parameter, or, iterating, the next one; any when the name is empty. */
    boolean find(byte[] name, boolean iterates, Sample out) {
        int at = iterates && out.cursor > 0 ? from + out.cursorAt : begin();
        while (at >= 0 && at <= end) {
            int stop = at;
            while (stop < end && !separates(text[stop])) {
                stop++;
            }
            int equals = Texts.indexOf(text, at, stop, '=');
            boolean matches = name.length == 0 ? equals >= 0 : equals - at == name.length
                    && Texts.equal(name, 0, text, at, name.length, ignoreCase);
            at = stop + 1;
            if (matches) {
                out.string(text, equals + 1, stop - equals - 1);
                out.cursor = 1;
                out.cursorAt = at - from;
                out.mark(Sample.NOT_LAST, iterates && at <= end);
                return true;
            }
        }
        out.mark(Sample.NOT_LAST, false);
        return false;
    }

    private int begin() {
        if (start == 0) {
            return from;
        }
        for (int i = from; i < end; i++) {
            if (text[i] == start) {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean separates(byte c) {
        return c == '&' || start != 0 && (c == ';' || c == start);
    }
}
