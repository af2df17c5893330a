package dev.weir.wire.http;

/**
 * Walks over the {@code name=value} pairs of a Cookie header, or the first one of a Set-Cookie header (RFC 6265, and what
 * browsers make of it). Reused; worker-owned.
 */
public final class CookiePairs {

    private byte[] text;
    private boolean commas;
    private int end;
    private int at;
    private int pairAt;
    private int nameEnd;
    private int valueAt;
    private int valueEnd;

    /** @param ofRequest a Cookie header, whose pairs commas part too, as in RFC 2965 */
    public void begin(byte[] bytes, int from, int length, boolean ofRequest) {
        commas = ofRequest;
        text = bytes;
        at = from;
        end = from + length;
    }

    /** Goes to the next pair; false when there is none. */
    public boolean next() {
        while (at < end && (isBlank(text[at]) || text[at] == ';' || text[at] == ',')) {
            at++;
        }
        if (at >= end) {
            return false;
        }
        pairAt = at;
        while (at < end && text[at] != ';' && !(commas && text[at] == ',')) {
            if (text[at] == '"') {
                at++;
                while (at < end && text[at] != '"') {
                    at++;
                }
            }
            at = Math.min(at + 1, end);
        }
        int stop = at;
        while (stop > pairAt && isBlank(text[stop - 1])) {
            stop--;
        }
        int equals = pairAt;
        while (equals < stop && text[equals] != '=') {
            equals++;
        }
        nameEnd = equals;
        while (nameEnd > pairAt && isBlank(text[nameEnd - 1])) {
            nameEnd--;
        }
        valueAt = Math.min(equals + 1, stop);
        while (valueAt < stop && isBlank(text[valueAt])) {
            valueAt++;
        }
        valueEnd = stop;
        return true;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    public boolean isNamed(byte[] name) {
        return nameEnd - pairAt == name.length
                && java.util.Arrays.equals(text, pairAt, nameEnd, name, 0, name.length);
    }

    /** Whether the pair begins with these bytes. */
    public boolean startsWith(byte[] prefix) {
        return valueEnd - pairAt >= prefix.length
                && java.util.Arrays.equals(text, pairAt, pairAt + prefix.length, prefix, 0, prefix.length);
    }

    public int pairAt() {
        return pairAt;
    }

    public int valueAt() {
        return valueAt;
    }

    /** The end of the value, and of the pair. */
    public int valueEnd() {
        return valueEnd;
    }

    /** Where the semicolon or comma behind the pair stands, or the end. */
    public int stop() {
        return at;
    }
}
