package dev.weir.net.mux;

import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;

/**
 * The way down: what takes a message piece by piece. Every protocol, side and responder speaks this one alphabet.
 * Calls come on the worker that owns the receiver, and none after {@link #end} or {@link #reset}.
 */
public interface Sink {

    /**
     * A message begins, or another answer before the real one. The head is lent until the exchange is over, an
     * informational one until the call returns; the receiver may edit it.
     */
    default void head(Kind kind, Head head) {
        throw new IllegalStateException("a receiver of raw bytes was given a head");
    }

    /** A slice of the body, which now belongs to the receiver. It is written out at the next {@link #flush}. */
    void data(ByteBuf slice);

    /** No more comes in this turn: what was given should leave now. */
    void flush();

    /** The message is complete, or this direction of a tunnel is. A flush follows. */
    void end();

    /** The message is complete with headers behind its body, which are lent until the call returns. */
    default void end(Head trailers) {
        end();
    }

    /** The message will never be complete. */
    void reset(Reason reason);

    /**
     * The connection to which the kernel may move what comes next of the body, past us; null where it must be seen.
     *
     * @param lately how many bytes the sender has just read at once
     */
    default Connection bypass(int lately) {
        return null;
    }

    /** So many bytes of the body come next, be it as data or past us. For who has a {@link #bypass}. */
    default void announce(long bytes) {
        // most say nothing before a body's bytes
    }

    /** The kernel has taken bytes of the body from the sender, and so many of them have reached the connection. */
    default void bypassed(int received, int sent) {
        throw new IllegalStateException("bytes went past a receiver that must see them");
    }
}
