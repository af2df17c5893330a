package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;

/** An exchange under way, as the list of its worker holds it. Worker-owned. */
public abstract class LiveExchange {

    LiveExchange before;
    LiveExchange after;
    private long number;

    /** What is recorded of it. */
    public abstract Exchange exchange();

    /**
     * Ends it because somebody says so.
     *
     * @param cause the first of the termination letters: {@code K} for an operator, {@code D} and {@code U} for a
     *         server that went down or came up
     */
    public abstract void kill(char cause);

    /** The number of the generation whose program serves it. */
    public abstract int generation();

    /** By which commands name it: unique in the process. */
    public final long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }
}
