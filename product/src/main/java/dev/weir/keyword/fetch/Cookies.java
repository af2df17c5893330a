package dev.weir.keyword.fetch;

import dev.weir.flow.expr.HttpHead;
import dev.weir.model.value.Texts;

/**
 * Walks over the cookies of a message: the pairs of Cookie lines, or the first pair of each Set-Cookie line. Keeps its
 * place in two numbers, so that a walk can be taken up again. Lives for one fetch.
 */
final class Cookies {

    private static final HeaderName OF_REQUEST = new HeaderName(new byte[] {'c', 'o', 'o', 'k', 'i', 'e'});
    private static final HeaderName OF_RESPONSE =
            new HeaderName(new byte[] {'s', 'e', 't', '-', 'c', 'o', 'o', 'k', 'i', 'e'});

    private final HttpHead head;
    private final boolean response;
    private final HeaderName header;
    private int index;
    private int offset;
    private int nameAt;
    private int nameLength;
    private int valueAt;
    private int valueLength;

    Cookies(HttpHead head, boolean response, int index, int offset) {
        this.head = head;
        this.response = response;
        this.header = response ? OF_RESPONSE : OF_REQUEST;
        this.index = index;
        this.offset = offset;
    }

    int index() {
        return index;
    }

    int offset() {
        return offset;
    }

    int nameAt() {
        return nameAt;
    }

    int nameLength() {
        return nameLength;
    }

    int valueAt() {
        return valueAt;
    }

    int valueLength() {
        return valueLength;
    }

    /** The next cookie of that name, or any when it is empty. */
    boolean next(byte[] name) {
        while (next()) {
            if (name.length == 0 || nameLength == name.length
                    && Texts.equal(name, 0, head.bytes(), nameAt, nameLength)) {
                return true;
            }
        }
        return false;
    }

    private boolean next() {
        for (int found; (found = header.find(head, index)) >= 0; ) {
            if (found != index) {
                index = found;
                offset = 0;
            }
            byte[] text = head.bytes();
            int from = head.valueAt(index) + offset;
            int end = head.valueAt(index) + head.valueLength(index);
            int stop = pairEnd(text, from, end);
            if (response || stop == end) {
                index++;
                offset = 0;
            } else {
                offset = stop + 1 - head.valueAt(index);
            }
            if (pair(text, from, stop)) {
                return true;
            }
        }
        return false;
    }

    /** A semicolon, or, in requests, a comma, which old clients send; not in a quoted string. */
    private int pairEnd(byte[] text, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ',' && !response)) {
                return i;
            }
        }
        return to;
    }

    /** A name without an equals sign is no cookie, nor is what begins with a dollar (RFC 2965). */
    private boolean pair(byte[] text, int from, int to) {
        int equals = Texts.indexOf(text, from, to, '=');
        if (equals < 0) {
            return false;
        }
        nameAt = skip(text, from, equals);
        nameLength = trim(text, nameAt, equals) - nameAt;
        valueAt = skip(text, equals + 1, to);
        valueLength = trim(text, valueAt, to) - valueAt;
        return nameLength == 0 || text[nameAt] != '$';
    }

    private static int skip(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int trim(byte[] text, int from, int to) {
        int end = to;
        while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
            end--;
        }
        return end;
    }
}
