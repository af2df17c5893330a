package dev.weir.flow.expr;

/** What expressions can ask about a server. */
public interface ServerFacts {

    /** The numbers; {@code UP} is 0 or 1. */
    enum Number {
        ID, UP, CONNECTIONS, FREE_CONNECTIONS, QUEUED, SESSION_RATE, WEIGHT, INITIAL_WEIGHT, USER_WEIGHT
    }

    byte[] name();

    long number(Number which);
}
