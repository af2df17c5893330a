package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;

/**
 * The way down: what takes a message piece by piece. Every protocol, side and responder speaks this one alphabet.
 * Calls come on the worker that owns the receiver, and none after {@link #end} or {@link #reset}.
 */
public interface Sink {

    /** A slice of the body, which now belongs to the receiver. It is written out at the next {@link #flush}. */
    void data(ByteBuf slice);

    /** No more comes in this turn: what was given should leave now. */
    void flush();

    /** The message is complete, or this direction of a tunnel is. */
    void end();

    /** The message will never be complete. */
    void reset(Reason reason);
}
