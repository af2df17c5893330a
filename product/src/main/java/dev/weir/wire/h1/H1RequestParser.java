package dev.weir.wire.h1;

import io.netty.buffer.ByteBuf;

/**
 * Parses the head of a request in place, as strictly as HAProxy 3.5 does (facts.md, "HTTP/1 as HAProxy accepts it"). The
 * caller cumulates and calls {@link #parse} after each addition, the reader index standing still; each byte is looked at
 * once, whatever the pieces. Lower-cases names and blanks folds in the buffer. Consumes nothing. Worker-owned.
 */
public final class H1RequestParser {

    public enum Progress { NEED_MORE, DONE, BAD }

    private final H1Head head = new H1Head();
    private final H1Fields fields = new H1Fields(head);
    private final int maxHead;
    private final int maxHeaders;
    private final boolean lenient;

    /** Offsets from the reader index: what has been looked at, and where the line under way began. */
    private int scanned;
    private int lineStart;
    private int methodScanned;
    private boolean afterStartLine;
    /** The header whose value may still be continued: name, value and its end before trimming; -1 when there is none. */
    private int nameAt;
    private int nameLength;
    private int nameHash;
    private int valueAt;
    private int valueEnd;
    private H1Error error;

    /**
     * @param maxHead bytes that a head may have
     * @param maxHeaders {@code tune.http.maxhdr}: as many headers are one too many
     * @param lenient {@code option accept-unsafe-violations-in-http-request}
     */
    public H1RequestParser(int maxHead, int maxHeaders, boolean lenient) {
        this.maxHead = maxHead;
        this.maxHeaders = maxHeaders;
        this.lenient = lenient;
        reset();
    }

    /** Before the next request on the same connection or another one. */
    public void reset() {
        head.clear();
        fields.clear();
        scanned = 0;
        lineStart = 0;
        methodScanned = 0;
        afterStartLine = false;
        nameAt = -1;
        error = null;
    }

    public H1Head head() {
        return head;
    }

    /** After BAD. */
    public H1Error error() {
        return error;
    }

    public Progress parse(ByteBuf in) {
        int base = in.readerIndex();
        int available = in.readableBytes();
        while (error == null) {
            int end = Math.min(available, maxHead);
            int found = scanned < end ? in.indexOf(base + scanned, base + end, (byte) '\n') - base : -1;
            boolean whole = found >= 0;
            if (!afterStartLine && !checkMethod(in, base, whole ? found : end)) {
                break;
            }
            if (!whole) {
                scanned = end;
                if (end < maxHead) {
                    return Progress.NEED_MORE;
                }
                error = afterStartLine ? H1Error.HEAD_TOO_LARGE : H1Error.TARGET_TOO_LONG;
                break;
            }
            scanned = found + 1;
            if (line(in, base, found)) {
                head.length = scanned;
                return Progress.DONE;
            }
            lineStart = scanned;
        }
        return Progress.BAD;
    }

    /** Refuses what cannot be a method at its first wrong byte: a TLS hello never sends a line end. */
    private boolean checkMethod(ByteBuf in, int base, int end) {
        for (int i = Math.max(methodScanned, lineStart); i < end; i++) {
            byte c = in.getByte(base + i);
            if (H1Chars.isBlank(c) && i > lineStart) {
                methodScanned = Integer.MAX_VALUE;
                return true;
            }
            // an empty line before the request
            boolean lineEnd = c == '\r' && i == lineStart;
            if (!H1Chars.isToken(c) && !lineEnd || i > lineStart && in.getByte(base + lineStart) == '\r') {
                error = H1Error.METHOD;
                return false;
            }
            methodScanned = i + 1;
        }
        return true;
    }

    /** One line, its LF at the given place. True at the end of the head; errors are left in the field. */
    private boolean line(ByteBuf in, int base, int lf) {
        int end = lf > lineStart && in.getByte(base + lf - 1) == '\r' ? lf - 1 : lf;
        if (!afterStartLine) {
            if (end == lineStart) {
                methodScanned = 0;
            } else {
                error = H1StartLine.parse(head, in, lineStart, end, lenient);
                afterStartLine = true;
            }
            return false;
        }
        if (end == lineStart) {
            if (finishHeader(in, base) && error == null) {
                error = fields.finish(in, base);
            }
            return error == null;
        }
        if (H1Chars.isBlank(in.getByte(base + lineStart))) {
            fold(in, base, end);
        } else if (finishHeader(in, base)) {
            startHeader(in, base, end);
        }
        return false;
    }

    private void fold(ByteBuf in, int base, int end) {
        if (nameAt < 0) {
            error = H1Error.HEADER_NAME;
            return;
        }
        for (int i = valueEnd; i < lineStart; i++) {
            in.setByte(base + i, ' ');
        }
        checkValue(in, base, lineStart, end);
        valueEnd = end;
    }

    private void startHeader(ByteBuf in, int base, int end) {
        int hash = 0;
        int at = lineStart;
        while (at < end && H1Chars.isToken(in.getByte(base + at))) {
            byte c = H1Chars.lower(in.getByte(base + at));
            in.setByte(base + at, c);
            hash = H1Chars.hash(hash, c);
            at++;
        }
        if (at == end || at == lineStart || in.getByte(base + at) != ':') {
            // dropped with its continuation lines when that is asked for; a line without a colon never is a header
            error = lenient && hasColon(in, base, end) ? null : H1Error.HEADER_NAME;
            nameLength = -1;
        } else {
            nameLength = at - lineStart;
        }
        nameAt = lineStart;
        nameHash = hash;
        valueAt = at + 1;
        valueEnd = end;
        checkValue(in, base, Math.min(valueAt, end), end);
    }

    private boolean hasColon(ByteBuf in, int base, int end) {
        return in.indexOf(base + lineStart, base + end, (byte) ':') >= 0;
    }

    private void checkValue(ByteBuf in, int base, int from, int end) {
        for (int i = from; i < end; i++) {
            byte c = in.getByte(base + i);
            if (c == '\r') {
                error = error == null ? H1Error.LINE_END : error;
            } else if (c == 0 && !lenient) {
                error = error == null ? H1Error.HEADER_VALUE : error;
            }
        }
    }

    /** The header before is whole now: trims it, files it, and looks at what it means. */
    private boolean finishHeader(ByteBuf in, int base) {
        if (nameAt < 0 || nameLength < 0) {
            nameAt = -1;
            return error == null;
        }
        int from = valueAt;
        int to = valueEnd;
        while (from < to && H1Chars.isBlank(in.getByte(base + from))) {
            from++;
        }
        while (to > from && H1Chars.isBlank(in.getByte(base + to - 1))) {
            to--;
        }
        if (head.headers() + 1 >= maxHeaders) {
            error = H1Error.TOO_MANY_HEADERS;
        } else {
            head.add(nameAt, nameLength, nameHash, from, to - from);
            error = fields.added(in, base, head.headers() - 1);
        }
        nameAt = -1;
        return error == null;
    }
}
