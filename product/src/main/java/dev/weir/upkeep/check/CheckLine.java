package dev.weir.upkeep.check;

/** The way to a server that a check has: of its own, or of the server's pool. Owned by the Conductor. */
interface CheckLine {

    void write(byte[] bytes);

    void flush();

    /** Nobody wants to hear anything more of it. */
    void end();

    /** Whether the server is there and encryption is being agreed on. */
    boolean isSecuring();
}
