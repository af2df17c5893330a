package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;

/**
 * The protocol engine of a connection. A connection has one at a time and may change it at a message boundary, handing
 * on the bytes that it has read. Neither side nor role is a type: the same engine serves who dialled and who was
 * dialled. Worker-owned.
 */
public interface Mux {

    /** For a connection that nobody wants any more: what still comes is thrown away. */
    Mux NOBODY = new Mux() {
        @Override
        public void opened(Connection connection) {
            // it is on its way out
        }

        @Override
        public void received(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void broken(Reason reason) {
            // nobody is left to be told
        }
    };

    /** The connection is established and this engine is in charge from now on. */
    void opened(Connection connection);

    /** Bytes from the peer, which now belong to the engine. */
    void received(ByteBuf bytes);

    /** All that was there for this turn has been received. */
    default void receivedAll() {
        // an engine that has nothing under way has nothing to do
    }

    /** The peer sends no more. */
    default void inputEnded() {
        // an engine that has nothing under way has nothing to do
    }

    /** What had filled the way out has left: more may be written. */
    default void writable() {
        // an engine that has nothing under way has nothing to do
    }

    /** Our direction has ended: everything that was written is with the kernel, and the end behind it. */
    default void outputEnded() {
        // an engine that has nothing under way has nothing to do
    }

    /** The connection is gone, for that reason; nothing can be read or written any more. */
    void broken(Reason reason);
}
