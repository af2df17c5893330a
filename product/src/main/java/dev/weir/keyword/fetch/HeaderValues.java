package dev.weir.keyword.fetch;

import dev.weir.flow.expr.HttpHead;

/**
 * Walks over the values of a header, line by line, or part by part where commas separate (not those in quoted strings).
 * Keeps its place in two numbers, so that a walk can be taken up again. Lives for one fetch.
 */
final class HeaderValues {

    private final HttpHead head;
    private final HeaderName name;
    private final boolean splits;
    private int index;
    private int offset;
    private int at;
    private int length;

    /** Starts at a header and a place in its value; at 0 and 0 for the beginning. */
    HeaderValues(HttpHead head, HeaderName name, boolean splits, int index, int offset) {
        this.head = head;
        this.name = name;
        this.splits = splits;
        this.index = index;
        this.offset = offset;
    }

    /** Moves to the next value; false after the last. */
    boolean next() {
        int found = name.find(head, index);
        if (found < 0) {
            return false;
        }
        if (found != index) {
            index = found;
            offset = 0;
        }
        byte[] text = head.bytes();
        int start = head.valueAt(index) + offset;
        int end = head.valueAt(index) + head.valueLength(index);
        int stop = splits ? partEnd(text, start, end) : end;
        if (stop < end) {
            offset = stop + 1 - head.valueAt(index);
        } else {
            index++;
            offset = 0;
        }
        while (start < stop && isBlank(text[start])) {
            start++;
        }
        while (stop > start && isBlank(text[stop - 1])) {
            stop--;
        }
        at = start;
        length = stop - start;
        return true;
    }

    int at() {
        return at;
    }

    int length() {
        return length;
    }

    int index() {
        return index;
    }

    int offset() {
        return offset;
    }

    private static int partEnd(byte[] text, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return to;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
