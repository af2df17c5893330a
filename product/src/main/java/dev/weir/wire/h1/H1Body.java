package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Heads;
import dev.weir.wire.http.Octets;
import io.netty.buffer.ByteBuf;

/**
 * Finds the body in what follows a head. It consumes what frames the body and tells how many bytes of the body stand next
 * in the buffer, which the caller takes out as it likes: nothing is copied. Worker-owned.
 */
public final class H1Body {

    private enum At { SIZE, SIZE_END, EXTENSION, SIZE_LF, DATA, DATA_CR, DATA_LF, LAST, TRAILERS, DONE, BAD }

    /** A size has 52 bits, as HAProxy has it, which leaves no way to make a sum of sizes turn around. */
    private static final long SIZE_FULL = 0xffff000000000000L;

    private final H1Limits limits;
    private Heads heads;
    private final H1Lines lines;
    private final H1Section section;
    private At at = At.DONE;
    private Framing framing = Framing.NONE;
    private long left;
    private int digits;
    /** Bytes of the chunk line under way that mean nothing. */
    private int idle;
    private Head trailers;
    private H1Error error;
    private At failedAt;
    private long taken;

    public H1Body(H1Limits limits, Heads heads) {
        this.limits = limits;
        this.heads = heads;
        lines = new H1Lines(limits.maxHead());
        section = new H1Section(limits);
    }

    /** Between two bodies: trailers are taken from there now, since another worker reads on. */
    public void movedTo(Heads others) {
        heads = others;
    }

    /** Before the body that this head announces. */
    public void begin(Framing how, long length) {
        framing = how;
        left = how == Framing.LENGTH ? length : 0;
        error = null;
        taken = 0;
        beginChunk();
        switch (how) {
            case NONE -> at = At.DONE;
            case LENGTH -> at = length == 0 ? At.DONE : At.DATA;
            case CHUNKED -> at = At.SIZE;
            case UNTIL_CLOSE -> at = At.DATA;
        }
    }

    public boolean isDone() {
        return at == At.DONE;
    }

    /** Whether the end of the connection ends the body rather than cutting it off. */
    public boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /** How many bytes come next that are nothing but body, Long.MAX_VALUE when only the end of the connection ends it. */
    public long left() {
        return at != At.DATA ? 0 : framing == Framing.UNTIL_CLOSE ? Long.MAX_VALUE : left;
    }

    /** So many of those have gone another way. */
    public void skip(int count) {
        data(count);
    }

    /** What is wrong, or null. */
    public H1Error error() {
        return error;
    }

    /** After the end: the headers behind the body, or null. They are good until {@link #release}. */
    public Head trailers() {
        return trailers;
    }

    public void release() {
        if (trailers != null) {
            heads.give(trailers);
            trailers = null;
        }
    }

    /**
     * Consumes what is not body.
     *
     * @return how many bytes at the reader index are body, which the caller takes before it calls again; 0 when more must
     *     come, or when {@link #isDone} or {@link #error} says so
     */
    public int next(ByteBuf in) {
        while (in.isReadable()) {
            switch (at) {
                case DONE, BAD -> {
                    return 0;
                }
                case DATA -> {
                    return data(in.readableBytes());
                }
                case TRAILERS -> trailers(in);
                default -> step(in);
            }
        }
        return 0;
    }

    private int data(int available) {
        if (framing == Framing.UNTIL_CLOSE) {
            return available;
        }
        int count = (int) Math.min(left, available);
        left -= count;
        taken += count;
        if (left == 0) {
            at = framing == Framing.LENGTH ? At.DONE : At.DATA_CR;
        }
        return count;
    }

    private void beginChunk() {
        digits = 0;
        idle = 0;
    }

    /** One byte of a chunk's line or of its end. */
    private void step(ByteBuf in) {
        byte c = in.readByte();
        switch (at) {
            case SIZE -> size(c);
            case SIZE_END -> sizeEnd(c);
            case EXTENSION -> {
                if (c == '\r') {
                    at = At.SIZE_LF;
                } else if (c == '\n' || ++idle > limits.maxHead()) {
                    fail(H1Error.CHUNK);
                }
            }
            case SIZE_LF -> {
                expect(c, '\n', left == 0 ? At.LAST : At.DATA);
                beginChunk();
            }
            case DATA_CR -> expect(c, '\r', At.DATA_LF);
            case DATA_LF -> expect(c, '\n', At.SIZE);
            case LAST -> last(c, in);
            default -> throw new IllegalStateException("no byte of a frame at " + at);
        }
    }

    private void expect(byte c, char wanted, At next) {
        if (c == wanted) {
            at = next;
        } else {
            fail(H1Error.CHUNK);
        }
    }

    private void size(byte c) {
        int digit = hex(c);
        if (digit < 0) {
            if (digits == 0) {
                fail(H1Error.CHUNK);
            } else {
                sizeEnd(c);
            }
            return;
        }
        if ((left & SIZE_FULL) != 0 || ++digits > limits.maxHead()) {
            fail(H1Error.CHUNK);
            return;
        }
        left = left << 4 | digit;
    }

    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private void sizeEnd(byte c) {
        switch (c) {
            case '\r' -> at = At.SIZE_LF;
            case ';' -> at = At.EXTENSION;
            case ' ', '\t' -> {
                at = At.SIZE_END;
                if (++idle > limits.maxHead()) {
                    fail(H1Error.CHUNK);
                }
            }
            default -> fail(H1Error.CHUNK);
        }
    }

    /** Behind the last chunk: mostly just the empty line. */
    private void last(byte c, ByteBuf in) {
        if (c == '\r' && in.isReadable() && in.getByte(in.readerIndex()) == '\n') {
            in.skipBytes(1);
            at = At.DONE;
            return;
        }
        in.readerIndex(in.readerIndex() - 1);
        trailers = heads.take();
        lines.begin(trailers);
        section.begin(trailers);
        at = At.TRAILERS;
    }

    private void trailers(ByteBuf in) {
        while (at == At.TRAILERS) {
            if (!lines.next(in)) {
                if (lines.isFull()) {
                    fail(H1Error.HEAD_TOO_LARGE);
                    return;
                }
                lines.forget();
                in.skipBytes(in.readableBytes());
                return;
            }
            trailer(in, lines.start(), lines.textEnd());
        }
    }

    private void trailer(ByteBuf in, int start, int end) {
        boolean last = end == start;
        int whole = last ? section.finish() : section.line(start, end);
        if (section.error() != null || whole >= 0 && !isGood(whole)) {
            fail(H1Error.TRAILERS);
        } else if (last) {
            in.skipBytes(lines.pending());
            trailers.filled(lines.end());
            at = At.DONE;
            if (trailers.headers() == 0) {
                release();
            }
        }
    }

    /** What frames a body says nothing here, but what would be wrong in a head is not passed on. */
    private boolean isGood(int index) {
        byte[] area = trailers.area();
        int from = trailers.valueAt(index);
        int length = trailers.valueLength(index);
        if (trailers.is(index, HeaderName.TRANSFER_ENCODING)) {
            return Octets.isWord(area, from, length, H1Fields.CHUNKED);
        }
        return !trailers.is(index, HeaderName.CONTENT_LENGTH) || H1Fields.decimal(area, from, length) >= 0;
    }

    /**
     * After an error: what is in the buffer that was read last, for whoever looks into it.
     *
     * @param begun where in it the body, or what came of it now, begins
     */
    public H1BadHead badBody(ByteBuf in, int begun) {
        int length = Math.min(in.writerIndex(), limits.maxHead());
        byte[] bytes = new byte[length];
        in.getBytes(0, bytes);
        String state = switch (failedAt) {
            case DATA_CR, DATA_LF -> "MSG_CHUNK_CRLF(28)";
            case LAST, TRAILERS -> "MSG_TRAILERS(29)";
            default -> "MSG_CHUNK_SIZE(26)";
        };
        int fault = error == H1Error.TRAILERS || error == H1Error.HEAD_TOO_LARGE ? begun : in.readerIndex() - 1;
        return new H1BadHead(bytes, Math.clamp(fault, 0, length), state, 0, taken);
    }

    private void fail(H1Error what) {
        failedAt = at;
        at = At.BAD;
        error = what;
        release();
    }
}
