package dev.weir.net.mux;

import io.netty.buffer.ByteBuf;

/**
 * The protocol engine of a connection. A connection has one at a time and may change it at a message boundary, handing
 * on the bytes that it has read. Neither side nor role is a type: the same engine serves who dialled and who was
 * dialled. Worker-owned.
 */
public interface Mux {

    /** The connection is established and this engine is in charge from now on. */
    void opened(Connection connection);

    /** Bytes from the peer, which now belong to the engine. */
    void received(ByteBuf bytes);

    /** All that was there for this turn has been received. */
    void receivedAll();

    /** The peer sends no more. */
    void inputEnded();

    /** What had filled the way out has left: more may be written. */
    void writable();

    /** The connection is gone, for that reason; nothing can be read or written any more. */
    void broken(Reason reason);
}
