package dev.weir.flow.expr;

/** What expressions can ask about a frontend or backend. */
public interface ProxyFacts {

    /** For numbers that do not exist. */
    long NONE = Long.MIN_VALUE;

    /** The numbers. */
    enum Number {
        ID, CONNECTIONS, SESSION_RATE, REQUEST_RATE, USABLE_SERVERS, QUEUED, AVERAGE_QUEUE, FREE_CONNECTIONS, FREE_SLOTS,
        MAX_RETRIES, CLIENT_TIMEOUT, CONNECT_TIMEOUT, QUEUE_TIMEOUT, SERVER_TIMEOUT, TARPIT_TIMEOUT, TUNNEL_TIMEOUT
    }

    byte[] name();

    long number(Number which);

    /** The name of a frontend's default backend, or null. */
    byte[] defaultBackend();
}
