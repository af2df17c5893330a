package dev.weir.wire.h1;

import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.Octets;

/**
 * Reads the lines of a header section, or of trailers: names in lower case, folds made blanks, values trimmed. What is
 * wrong is kept until {@link #error} is asked for. Worker-owned.
 */
final class H1Section {

    private static final int NONE = -1;

    private final int maxHeaders;
    private final boolean lenient;
    private HeaderList list;
    /** The header whose value may still be continued; no name length when it is to be dropped. */
    private int nameAt;
    private int nameLength;
    private int nameHash;
    private int valueAt;
    private int valueEnd;
    private H1Error error;

    H1Section(H1Limits limits) {
        maxHeaders = limits.maxHeaders();
        lenient = limits.lenient();
    }

    void begin(HeaderList into) {
        list = into;
        nameAt = NONE;
        error = null;
    }

    H1Error error() {
        return error;
    }

    /**
     * A line that is not empty. The header before it is whole unless this continues it.
     *
     * @return the index of the header that is whole now, or -1
     */
    int line(int start, int end) {
        if (Octets.isBlank(list.area()[start])) {
            fold(start, end);
            return NONE;
        }
        int whole = finish();
        if (error == null) {
            startHeader(start, end);
        }
        return whole;
    }

    private void fold(int start, int end) {
        if (nameAt == NONE) {
            error = H1Error.HEADER_NAME;
            return;
        }
        byte[] area = list.area();
        for (int i = valueEnd; i < start; i++) {
            area[i] = ' ';
        }
        checkValue(start, end);
        valueEnd = end;
    }

    private void startHeader(int start, int end) {
        byte[] area = list.area();
        int hash = 0;
        int at = start;
        for (; at < end; at++) {
            byte c = Octets.token(area[at]);
            if (c == 0) {
                break;
            }
            area[at] = c;
            hash = Octets.hash(hash, c);
        }
        if (at == end || at == start || area[at] != ':') {
            // dropped with its continuation lines when that is asked for; a line without a colon never is a header
            error = lenient && Octets.indexOf(area, start, end, (byte) ':') >= 0 ? null : H1Error.HEADER_NAME;
            nameLength = NONE;
        } else {
            nameLength = at - start;
        }
        nameAt = start;
        nameHash = hash;
        valueAt = Math.min(at + 1, end);
        valueEnd = end;
        checkValue(valueAt, end);
    }

    private void checkValue(int from, int end) {
        byte[] area = list.area();
        if (Octets.indexOf(area, from, end, (byte) '\r') >= 0) {
            error = error == null ? H1Error.LINE_END : error;
        } else if (!lenient && Octets.indexOf(area, from, end, (byte) 0) >= 0) {
            error = error == null ? H1Error.HEADER_VALUE : error;
        }
    }

    /** The header before is whole: trims it, files it, and tells its index, or -1 when there was none. */
    int finish() {
        int at = nameAt;
        boolean dropped = at == NONE || nameLength == NONE;
        nameAt = NONE;
        if (error != null || dropped) {
            return NONE;
        }
        if (list.headers() + 1 >= maxHeaders) {
            error = H1Error.TOO_MANY_HEADERS;
            return NONE;
        }
        byte[] area = list.area();
        int from = valueAt;
        int to = valueEnd;
        while (from < to && Octets.isBlank(area[from])) {
            from++;
        }
        while (to > from && Octets.isBlank(area[to - 1])) {
            to--;
        }
        return list.file(at, nameLength, nameHash, from, to - from);
    }
}
