package dev.weir.net.mux;

/** Who has an engine, and is told when it carries nothing. */
public interface MuxOwner {

    /** The exchange is over and the connection is good for another one. */
    void idle();

    /** The connection is closed, or closes, and no exchange is under way. Told once. */
    void gone();
}
