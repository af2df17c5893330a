package dev.weir.upkeep.check;

import dev.weir.flow.expr.Contents;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What a server has answered so far, up to a limit. Owned by the Conductor. */
final class GrowingBytes implements Contents {

    private static final int FIRST = 256;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int length;
    private long announced = -1;
    private boolean complete;

    GrowingBytes(int limit) {
        this.limit = limit;
    }

    /** Takes what fits; the rest is left in the buffer. */
    void append(ByteBuf from, int count) {
        int taken = Math.min(count, limit - length);
        if (bytes.length - length < taken) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(FIRST, 2 * (length + taken))));
        }
        from.readBytes(bytes, length, taken);
        length += taken;
    }

    void clear() {
        length = 0;
    }

    boolean isFull() {
        return length == limit;
    }

    void announce(long whole) {
        announced = whole;
    }

    /** Nothing more will come. */
    void complete() {
        complete = true;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int at() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public boolean isComplete() {
        return complete || isFull();
    }

    @Override
    public long announcedLength() {
        return announced >= 0 ? announced : length;
    }
}
