package dev.weir.flow.reply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is answered instead of a server's response: a head as ready bytes, and a body. Immutable but for a streamed body. */
public final class Reply {

    /** A body, ready or in the making. */
    public sealed interface Body {}

    /** A ready body; the head gets its length. */
    public record Whole(byte[] bytes) implements Body {}

    /** A body of unknown length that is asked for piece by piece as the client takes it. One per answer. */
    public non-sealed interface Streamed extends Body {

        /** Appends the next piece; false when that was the last one. Nothing appended means nothing for now. */
        boolean append(io.netty.buffer.ByteBuf out);

        /** Before the first piece: what to call, on the same worker, when there is something again. */
        default void begun(Runnable again) {
            // most have something until they end
        }

        /** Nobody takes it any more. */
        default void dropped() {
            // most hold nothing
        }
    }

    /** A header, its name in lower case. */
    public record Field(byte[] name, byte[] value) {}

    private static final Body NOTHING = new Whole(new byte[0]);

    private final int status;
    private final byte[] reason;
    private final Field[] fields;
    private final Body body;
    private final boolean silent;
    private int version = 11;
    private boolean measured = true;

    private Reply(int status, byte[] reason, Field[] fields, Body body, boolean silent) {
        this.status = status;
        this.reason = reason;
        this.fields = fields;
        this.body = body;
        this.silent = silent;
    }

    public Reply(int status, byte[] reason, List<Field> fields, Body body) {
        this(status, reason, fields.toArray(new Field[0]), body, false);
    }

    /**
     * From text.
     *
     * @param start the status and reason, such as {@code 200 OK}
     * @param headers complete header lines, each with its line end
     */
    public Reply(String start, String headers, Body body) {
        this(Integer.parseInt(start, 0, 3, 10), bytes(start.substring(Math.min(4, start.length()))),
                fields(headers), body, false);
    }

    /** Says nothing at all: the connection just closes. */
    public static Reply silence(int status) {
        return new Reply(status, new byte[0], new Field[0], NOTHING, true);
    }

    /** The same in another version of HTTP, and maybe without a word on its length. While it is made. */
    public Reply of(int httpVersion, boolean saysLength) {
        version = httpVersion;
        measured = saysLength;
        return this;
    }

    /** The same headers with another status and body. */
    public Reply withStatus(int otherStatus, byte[] otherReason, Body otherBody) {
        return new Reply(otherStatus, otherReason, fields, otherBody, silent).of(version, measured);
    }

    /** This reply with a header, in place of those of that name. */
    public Reply with(Field field) {
        List<Field> kept = new ArrayList<>();
        for (Field each : fields) {
            if (!java.util.Arrays.equals(each.name, field.name)) {
                kept.add(each);
            }
        }
        kept.add(field);
        return new Reply(status, reason, kept.toArray(new Field[0]), body, silent).of(version, measured);
    }

    private static Field[] fields(String headers) {
        List<Field> fields = new ArrayList<>();
        for (String line : headers.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new Field(bytes(line.substring(0, colon)), bytes(line.substring(colon + 1).strip())));
            }
        }
        return fields.toArray(new Field[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public int status() {
        return status;
    }

    /** 10 or 11. */
    public int version() {
        return version;
    }

    /** Whether the headers say how long a ready body is; if not, it ends with the connection. */
    public boolean saysLength() {
        return measured;
    }

    public byte[] reason() {
        return reason;
    }

    public int fields() {
        return fields.length;
    }

    public Field field(int index) {
        return fields[index];
    }

    public Body body() {
        return body;
    }

    public boolean isSilent() {
        return silent;
    }

    /** The whole answer in HTTP/1.1, for when there is no engine to write it; empty for silence. */
    public byte[] message() {
        if (silent || !(body instanceof Whole whole)) {
            return new byte[0];
        }
        StringBuilder head = new StringBuilder(version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ").append(status).append(' ')
                .append(new String(reason, StandardCharsets.ISO_8859_1)).append("\r\n");
        for (Field field : fields) {
            head.append(new String(field.name, StandardCharsets.ISO_8859_1)).append(": ")
                    .append(new String(field.value, StandardCharsets.ISO_8859_1)).append("\r\n");
        }
        byte[] start = bytes(head.append("\r\n").toString());
        byte[] all = java.util.Arrays.copyOf(start, start.length + whole.bytes.length);
        System.arraycopy(whole.bytes, 0, all, start.length, whole.bytes.length);
        return all;
    }
}
