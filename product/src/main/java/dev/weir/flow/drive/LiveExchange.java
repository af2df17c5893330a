package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;

/** An exchange under way, as the list of its worker holds it. Worker-owned. */
public abstract class LiveExchange {

    LiveExchange before;
    LiveExchange after;
    private long number;

    /** What is recorded of it. */
    public abstract Exchange exchange();

    /** Ends it because somebody says so. */
    public abstract void kill();

    /** By which commands name it: unique in the process. */
    public final long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }
}
