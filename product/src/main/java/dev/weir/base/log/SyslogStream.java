package dev.weir.base.log;

/**
 * Cuts a stream into syslog messages (RFC 6587): each begins with its length in digits, or with {@code <} and ends with
 * a line end, and both may take turns. Anything else breaks the stream, and so does a message that the buffer cannot
 * hold. Worker-owned.
 */
public final class SyslogStream {

    private static final int MOST_DIGITS = 9;

    private final byte[] buffer;
    private final boolean linesOnly;
    private int start;
    private int filled;
    private int from;
    private int to;
    private boolean broken;

    /**
     * @param limit the longest message with its length
     * @param linesOnly whether a message ends with a line end however it begins
     */
    public SyslogStream(int limit, boolean linesOnly) {
        buffer = new byte[limit];
        this.linesOnly = linesOnly;
    }

    /** Where bytes are to be put: from {@link #filled} on, {@link #room} of them. */
    public byte[] buffer() {
        return buffer;
    }

    public int filled() {
        return filled;
    }

    /** How many bytes it takes; never 0 once {@link #next} has said no and the stream is not broken. */
    public int room() {
        return buffer.length - filled;
    }

    /** That many bytes have been put there. */
    public void added(int count) {
        filled += count;
    }

    /** Goes to the next message; false when it is not complete yet. */
    public boolean next() {
        if (broken || start == filled) {
            return compacted();
        }
        int first = buffer[start];
        boolean found;
        if (linesOnly || first == '<') {
            found = line();
        } else if (first >= '1' && first <= '9') {
            found = counted();
        } else {
            broken = true;
            found = false;
        }
        return found || compacted();
    }

    private boolean line() {
        for (int i = start; i < filled; i++) {
            if (buffer[i] == '\n') {
                from = start;
                to = i > start && buffer[i - 1] == '\r' ? i - 1 : i;
                start = i + 1;
                return true;
            }
        }
        return false;
    }

    private boolean counted() {
        long length = 0;
        int at = start;
        for (; at < filled && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
            length = length * 10 + buffer[at] - '0';
            if (at - start >= MOST_DIGITS) {
                broken = true;
                return false;
            }
        }
        if (at == filled) {
            return false;
        }
        broken = buffer[at] != ' ' || length > buffer.length - (at + 1 - start);
        if (broken || length > filled - at - 1) {
            return false;
        }
        from = at + 1;
        to = from + (int) length;
        start = to;
        return true;
    }

    /** Moves what is unfinished to the front; always false. */
    private boolean compacted() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            broken = true;
        }
        return false;
    }

    /** Whether nothing more can be made of what comes. */
    public boolean isBroken() {
        return broken;
    }

    /** Where the message begins in the buffer. */
    public int from() {
        return from;
    }

    public int to() {
        return to;
    }
}
