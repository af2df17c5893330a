package dev.weir.wire.peer;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Cuts what a peer sends into lines, while it greets, and messages. Holds at most one buffer of it: what does not fit
 * there is a size error. Owner: one session.
 */
public final class PeerFramer {

    /** What {@link #next} found. */
    public enum Found {
        /** Nothing whole yet. */
        NOTHING,
        /** A message; {@link #type}, {@link #kind} and {@link #body} describe it. */
        MESSAGE,
        /** A number that cannot be, or a class that must not be. */
        PROTOCOL_ERROR,
        /** A message that will never fit. */
        SIZE_LIMIT
    }

    private static final int LONGEST_NUMBER = 10;

    private final byte[] buffer;
    private final PeerInput input = new PeerInput();
    private int at;
    private int end;
    private int type;
    private int kind;

    public PeerFramer(int bufferBytes) {
        buffer = new byte[bufferBytes];
    }

    /** Takes what there is room for and says how much that was; the rest is for after the next messages. */
    public int take(ByteBuf bytes) {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        int count = Math.min(bytes.readableBytes(), buffer.length - end);
        bytes.readBytes(buffer, end, count);
        end += count;
        return count;
    }

    /** Whether no more fits although nothing whole was found. */
    public boolean isFull() {
        return end - at == buffer.length;
    }

    /** The next line without its end, or null when it is not whole yet. */
    public String line() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                int last = i > at && buffer[i - 1] == '\r' ? i - 1 : i;
                String line = new String(buffer, at, last - at, StandardCharsets.UTF_8);
                at = i + 1;
                return line;
            }
        }
        return null;
    }

    public Found next() {
        if (end - at < 2) {
            return Found.NOTHING;
        }
        type = buffer[at] & 0xff;
        kind = buffer[at + 1] & 0xff;
        if (type == PeerMessage.RESERVED) {
            return Found.PROTOCOL_ERROR;
        }
        if (kind < PeerMessage.FIRST_WITH_LENGTH) {
            input.over(buffer, at, at);
            at += 2;
            return Found.MESSAGE;
        }
        input.over(buffer, at + 2, end);
        long length = input.number();
        if (input.isShort()) {
            return end - at - 2 >= LONGEST_NUMBER ? Found.PROTOCOL_ERROR : Found.NOTHING;
        }
        int head = end - at - input.left();
        if (length < 0 || length > buffer.length - head) {
            return Found.SIZE_LIMIT;
        }
        if (input.left() < length) {
            return Found.NOTHING;
        }
        input.over(buffer, at + head, at + head + (int) length);
        at += head + (int) length;
        return Found.MESSAGE;
    }

    public int type() {
        return type;
    }

    public int kind() {
        return kind;
    }

    /** Good until more is taken. */
    public PeerInput body() {
        return input;
    }
}
