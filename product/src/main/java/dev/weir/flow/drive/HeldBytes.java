package dev.weir.flow.drive;

import dev.weir.flow.expr.Contents;
import dev.weir.model.value.Area;

/** What a pipe holds back, as expressions read it: copied into one piece when it has grown. Worker-owned. */
final class HeldBytes implements Contents {

    private final Pipe pipe;
    private byte[] bytes = Area.EMPTY;
    private int length;
    private long announced = -1;

    HeldBytes(Pipe pipe) {
        this.pipe = pipe;
    }

    /** With what the head says of the length, -1 where it says nothing. */
    HeldBytes now(long saidLength) {
        announced = saidLength;
        int held = pipe.heldBytes();
        if (held != length) {
            if (bytes.length < held) {
                bytes = new byte[Math.max(held, 256)];
            }
            if (held > 0) {
                pipe.copyHeld(bytes);
            }
            length = held;
        }
        return this;
    }

    /** Another message begins. */
    void forget() {
        length = 0;
        announced = -1;
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
        return pipe.hasEnded() || pipe.isFull();
    }

    @Override
    public long announcedLength() {
        return announced >= 0 ? announced : length;
    }
}
