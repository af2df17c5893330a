package dev.weir.wire.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes to be sent to a peer: messages are written one behind the other, then taken together. Owner: one session. */
public final class PeerOutput {

    private byte[] bytes = new byte[512];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public PeerOutput put(int oneByte) {
        reserve(1);
        bytes[length++] = (byte) oneByte;
        return this;
    }

    public PeerOutput put(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    public PeerOutput put(byte[] source) {
        return put(source, 0, source.length);
    }

    /** A line of the greeting, which has no end yet. */
    public PeerOutput put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Four bytes, the highest first. */
    public PeerOutput putInt(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    /** A number as peers write it: below 240 as itself, else 4 bits in the first byte and 7 in each behind it. */
    public PeerOutput putNumber(long value) {
        if (value >= 0 && value < 0xf0) {
            return put((int) value);
        }
        put((int) value | 0xf0);
        long rest = value - 0xf0 >>> 4;
        while (rest < 0 || rest >= 0x80) {
            put((int) rest | 0x80);
            rest = rest - 0x80 >>> 7;
        }
        return put((int) rest);
    }

    /** How many bytes {@link #putNumber} takes. */
    static int sizeOf(long value) {
        if (value >= 0 && value < 0xf0) {
            return 1;
        }
        int size = 2;
        for (long rest = value - 0xf0 >>> 4; rest < 0 || rest >= 0x80; rest = rest - 0x80 >>> 7) {
            size++;
        }
        return size;
    }

    /** A message without a body. */
    public void putMessage(int type, int kind) {
        put(type).put(kind);
    }

    /** A message of the class of updates with the body that another output holds. */
    public void putMessage(int kind, PeerOutput body) {
        put(PeerMessage.UPDATES).put(kind).putNumber(body.length);
        put(body.bytes, 0, body.length);
    }
}
