package dev.weir.wire.peer;

/**
 * Reads the body of a message; what lies behind its end reads as zero and is remembered, so that a reader looks once, at
 * the end. Owner: one session.
 */
public final class PeerInput {

    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes;
    private int at;
    private int end;
    private boolean ended;

    public PeerInput over(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        ended = false;
        return this;
    }

    /** Whether more was asked for than there was. */
    public boolean isShort() {
        return ended;
    }

    public int left() {
        return end - at;
    }

    public int oneByte() {
        if (at >= end) {
            ended = true;
            return 0;
        }
        return bytes[at++] & 0xff;
    }

    public int int32() {
        return oneByte() << 24 | oneByte() << 16 | oneByte() << 8 | oneByte();
    }

    public long number() {
        long value = oneByte();
        if (value < 0xf0) {
            return value;
        }
        int shift = 4;
        int next;
        int count = 1;
        do {
            next = oneByte();
            value += (long) next << shift;
            shift += 7;
            if (++count > LONGEST_NUMBER) {
                ended = true;
                return 0;
            }
        } while (next >= 0x80);
        return value;
    }

    /** A number that counts bytes of this message: more than are left make it short. */
    public int count() {
        long value = number();
        if (value < 0 || value > left()) {
            ended = true;
            return 0;
        }
        return (int) value;
    }

    /** So many bytes as an array of their own; empty when there are not so many. */
    public byte[] take(int count) {
        if (count < 0 || count > left()) {
            ended = true;
            return new byte[0];
        }
        byte[] taken = new byte[count];
        System.arraycopy(bytes, at, taken, 0, count);
        at += count;
        return taken;
    }

    /** So many bytes into an array of the caller's; nothing when there are not so many. */
    public void take(byte[] into, int count) {
        if (count > left()) {
            ended = true;
            return;
        }
        System.arraycopy(bytes, at, into, 0, count);
        at += count;
    }
}
