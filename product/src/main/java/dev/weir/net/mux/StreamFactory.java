package dev.weir.net.mux;

import dev.weir.wire.h1.H1Error;

/**
 * Takes the requests of a connection. It is called in this order: a request began, then it was requested or refused; when
 * its exchange is over the engine is idle, or begins with the next request at once.
 */
public interface StreamFactory extends MuxOwner {

    /** Bytes of a request have come; its head is not whole yet. */
    void began();

    /** A head is whole. The stream is to be wired now; its receiver then gets the head. */
    void requested(Stream stream);

    /** What came is no request. It may be answered with a final head; the connection closes behind it. */
    void refused(Stream stream, H1Error error);

    /** The answer has left while its request still comes, which is thrown away. Nothing bounds the time but the owner. */
    void draining();

    /** The peer will send no more while its request is being answered; it may still read, or be gone. */
    default void peerEnded() {
        // most peers that end their direction still want the answer
    }
}
