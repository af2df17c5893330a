package dev.weir.wire.h1;

import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderList;
import dev.weir.wire.http.HeaderName;
import dev.weir.wire.http.Octets;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages of HTTP/1: heads, chunk lines, trailers. Headers that were not touched and stand side by side go out in
 * one copy. What frames the body is written as the head's framing says, whatever rules have made of those headers.
 * Worker-owned.
 */
public final class H1Writer {

    /** What Connection is to say, behind all other headers. */
    public enum Word {
        NOTHING(""), CLOSE("connection: close\r\n"), KEEP_ALIVE("connection: keep-alive\r\n");

        private final byte[] line;

        Word(String text) {
            line = ascii(text);
        }

        /**
         * What is said to keep a connection, or to close it, in a message of that version to or for a client of the
         * other: only what the older of the two would not take for granted.
         */
        public static Word of(boolean keep, int version, int clientVersion) {
            if (keep) {
                return version < 11 || clientVersion < 11 ? KEEP_ALIVE : NOTHING;
            }
            return version < 11 ? NOTHING : CLOSE;
        }
    }

    /** Enough for what is written around the headers and the parts of the start line. */
    private static final int AROUND = 128;
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] CHUNKED_LINE = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] LENGTH_LINE = ascii("content-length: ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] COLON = ascii(": ");
    private static final byte[] VERSION = ascii("HTTP/");
    private static final byte[] SCHEME_END = ascii("://");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] DIGITS = ascii("0123456789ABCDEF");
    private static final int MAX_CHUNK_LINE = 12;

    private final H1NameCase names;
    private final H1Connection connections = new H1Connection();
    private boolean framed;

    /** @param names how names are written, or null for lower case */
    public H1Writer(H1NameCase names) {
        this.names = names;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** An upper bound of what a head will take. */
    public static int room(Head head) {
        return head.size() + head.methodLength() + head.targetLength() + head.authorityLength() + head.pathLength()
                + head.reasonLength() + AROUND;
    }

    /**
     * Takes what a rule has said about the connection out of the head; the caller says it in its own words.
     *
     * @return whether the connection is to close
     */
    public boolean takesClose(Head head) {
        int words = 0;
        for (int i = head.find(HeaderName.CONNECTION, 0); i >= 0; i = head.find(HeaderName.CONNECTION, i + 1)) {
            words |= connections.take(head, i);
        }
        return (words & H1Connection.CLOSE) != 0;
    }

    public void head(Head head, Word word, ByteBuf out) {
        if (head.isRequest()) {
            requestLine(head, out);
        } else {
            statusLine(head, out);
        }
        framed = false;
        headers(head, out);
        if (!framed) {
            frame(head, out);
        }
        if (names == null || word == Word.NOTHING) {
            out.writeBytes(word.line);
        } else {
            connection(head, word, out);
        }
        out.writeBytes(LINE_END);
    }

    private static void requestLine(Head head, ByteBuf out) {
        byte[] area = head.area();
        out.writeBytes(area, head.methodAt(), head.methodLength());
        out.writeByte(' ');
        if (head.schemeLength() > 0) {
            out.writeBytes(area, head.targetAt(), head.schemeLength());
            out.writeBytes(SCHEME_END);
        }
        out.writeBytes(area, head.authorityAt(), head.authorityLength());
        out.writeBytes(area, head.pathAt(), head.pathLength());
        out.writeByte(' ');
        version(head, out);
        out.writeBytes(LINE_END);
    }

    private static void statusLine(Head head, ByteBuf out) {
        version(head, out);
        out.writeByte(' ');
        decimal(head.status(), out);
        out.writeByte(' ');
        out.writeBytes(head.area(), head.reasonAt(), head.reasonLength());
        out.writeBytes(LINE_END);
    }

    private static void version(Head head, ByteBuf out) {
        if (head.protocolLength() > 0) {
            out.writeBytes(head.area(), head.protocolAt(), head.protocolLength());
            return;
        }
        int version = Math.min(head.version(), 11);
        out.writeBytes(VERSION);
        out.writeByte('0' + version / 10);
        out.writeByte('.');
        out.writeByte('0' + version % 10);
    }

    private void headers(Head head, ByteBuf out) {
        byte[] area = head.area();
        int from = 0;
        int to = 0;
        for (int i = head.first(); i >= 0; i = head.after(i)) {
            if (isLeftOut(head, i)) {
                continue;
            }
            int nameAt = head.nameAt(i);
            int end = head.valueAt(i) + head.valueLength(i);
            boolean plain = names == null && isAsWritten(head, area, i, end);
            if (plain && nameAt == to) {
                to = end + LINE_END.length;
                continue;
            }
            out.writeBytes(area, from, to - from);
            from = nameAt;
            to = end + LINE_END.length;
            if (!plain) {
                header(head, i, out);
                from = to;
            }
        }
        out.writeBytes(area, from, to - from);
    }

    /** Whether name, colon, one blank, value and line end stand in the area one behind the other. */
    private static boolean isAsWritten(Head head, byte[] area, int index, int end) {
        int colon = head.nameAt(index) + head.nameLength(index);
        return head.valueAt(index) == colon + COLON.length && area[colon] == ':' && area[colon + 1] == ' '
                && end + 1 < area.length && area[end] == '\r' && area[end + 1] == '\n';
    }

    private void header(HeaderList list, int index, ByteBuf out) {
        byte[] area = list.area();
        byte[] name = names == null ? null : names.adjusted(list, index);
        if (name == null) {
            out.writeBytes(area, list.nameAt(index), list.nameLength(index));
        } else {
            out.writeBytes(name);
        }
        out.writeBytes(COLON);
        out.writeBytes(area, list.valueAt(index), list.valueLength(index));
        out.writeBytes(LINE_END);
    }

    /** Of the headers that frame the body only one that is right is written, and that once. */
    private boolean isLeftOut(Head head, int index) {
        if (head.is(index, HeaderName.CONTENT_LENGTH)) {
            return isWrongLength(head, index);
        }
        return head.is(index, HeaderName.TRANSFER_ENCODING) && isWrongCoding(head, index);
    }

    private boolean isWrongLength(Head head, int index) {
        if (head.framing() == Framing.NONE) {
            return head.isRequest() || hasNeverBody(head.status());
        }
        long value = H1Fields.decimal(head.area(), head.valueAt(index), head.valueLength(index));
        boolean right = head.framing() == Framing.LENGTH && value == head.bodyLength() && !framed;
        framed |= right;
        return !right;
    }

    private boolean isWrongCoding(Head head, int index) {
        if (head.framing() == Framing.NONE) {
            return head.isRequest() || hasNeverBody(head.status());
        }
        boolean right = head.framing() == Framing.CHUNKED && !framed
                && Octets.isWord(head.area(), head.valueAt(index), head.valueLength(index), CHUNKED);
        framed |= right;
        return !right;
    }

    private static boolean hasNeverBody(int status) {
        return status < 200 || status == 204;
    }

    private void frame(Head head, ByteBuf out) {
        if (head.framing() == Framing.CHUNKED) {
            out.writeBytes(CHUNKED_LINE);
        } else if (head.framing() == Framing.LENGTH && (head.bodyLength() > 0 || !head.isRequest())) {
            out.writeBytes(LENGTH_LINE);
            decimal(head.bodyLength(), out);
            out.writeBytes(LINE_END);
        }
    }

    private void connection(Head head, Word word, ByteBuf out) {
        int from = COLON.length + CONNECTION.length;
        int length = word.line.length - from - LINE_END.length;
        if (head.add(HeaderName.CONNECTION, word.line, from, length)) {
            int index = head.findLast(HeaderName.CONNECTION);
            header(head, index, out);
            head.delete(index);
        } else {
            out.writeBytes(word.line);
        }
    }

    private static void decimal(long value, ByteBuf out) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.writeByte((byte) ('0' + value / unit % 10));
        }
    }

    /** The line before a chunk, and before it the end of the chunk before. */
    public static void chunk(int size, boolean first, ByteBuf out) {
        if (!first) {
            out.writeBytes(LINE_END);
        }
        int shift = (31 - Integer.numberOfLeadingZeros(size | 1)) & ~3;
        for (; shift >= 0; shift -= 4) {
            out.writeByte(DIGITS[size >>> shift & 15]);
        }
        out.writeBytes(LINE_END);
    }

    /** Room for {@link #chunk}, or for the end without trailers. */
    public static int chunkRoom() {
        return MAX_CHUNK_LINE;
    }

    /** The end of a body in chunks. */
    public void lastChunk(boolean first, HeaderList trailers, ByteBuf out) {
        if (!first) {
            out.writeBytes(LINE_END);
        }
        out.writeBytes(LAST_CHUNK);
        if (trailers != null) {
            for (int i = trailers.first(); i >= 0; i = trailers.after(i)) {
                header(trailers, i, out);
            }
        }
        out.writeBytes(LINE_END);
    }
}
