package dev.weir.net.mux;

/**
 * One request slot of an engine: a message goes out to the peer, another comes in from it. Good until the exchange is
 * over: both directions have ended, or one of them was reset or aborted; afterwards no call is made on it, nor by it. When a
 * connection breaks, both the receiver and the sender are told.
 */
public interface Stream {

    /** Says who gets what comes in, and who is steered by what can go out. Before anything else. */
    void wire(Sink receiver, Source sender);

    /** Takes what goes out to the peer. */
    Sink sink();

    /** Steers what comes in from the peer. */
    Source source();

    /** The receiver keeps the head that it is being told of beyond the exchange, and gives it back to the worker's heads. */
    void keepHead();

    /** This shall be the last exchange on its connection. Before the head that goes out. */
    void closeAfter();
}
