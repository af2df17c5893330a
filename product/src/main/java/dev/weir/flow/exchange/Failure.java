package dev.weir.flow.exchange;

import dev.weir.model.server.Count;

/**
 * What can go wrong with an exchange, as rows: the status a client of HTTP gets, the two termination letters where
 * they do not depend on the moment, the counter that moves, and whether another try may help. Immutable.
 */
public enum Failure {
    NO_SERVER(503, 'S', 'C', null, false),
    CONNECT_REFUSED(503, 'S', 'C', Count.FAILED_CONNECTS, true),
    CONNECT_TIMEOUT(503, 's', 'C', Count.FAILED_CONNECTS, true),
    /** No port, no descriptor, no memory of ours. */
    CONNECT_RESOURCE(503, 'R', 'C', Count.FAILED_CONNECTS, true),
    QUEUE_TIMEOUT(503, 's', 'Q', null, false),
    CLIENT_GONE(0, 'C', '-', null, false),
    CLIENT_TIMEOUT(408, 'c', '-', null, false),
    SERVER_GONE(502, 'S', '-', null, false),
    SERVER_TIMEOUT(504, 's', '-', null, false),
    KILLED(503, 'K', '-', null, false);

    private final int status;
    private final char cause;
    private final char moment;
    private final Count counter;
    private final boolean retriable;

    Failure(int status, char cause, char moment, Count counter, boolean retriable) {
        this.status = status;
        this.cause = cause;
        this.moment = moment;
        this.counter = counter;
        this.retriable = retriable;
    }

    public int status() {
        return status;
    }

    /** The first termination letter. */
    public char cause() {
        return cause;
    }

    /** The second termination letter, {@code -} when the moment of the exchange says it. */
    public char moment() {
        return moment;
    }

    /** The counter of the server and backend that moves, or null. */
    public Count counter() {
        return counter;
    }

    public boolean isRetriable() {
        return retriable;
    }
}
