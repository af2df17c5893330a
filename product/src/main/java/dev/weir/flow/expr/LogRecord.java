package dev.weir.flow.expr;

import dev.weir.base.address.Address;

/**
 * What a log line can tell about one session or exchange, as configuration.txt chapters 8.2 to 8.5 define it. Timers are
 * milliseconds or -1 when that stage was not reached; texts are bytes, null when there is none.
 */
public interface LogRecord {

    /** When the connection was accepted, in microseconds since 1970. */
    long acceptMicros();

    /** The client as logged: what a PROXY header or set-src says. */
    Address source();

    /** The address that the client called, as logged. */
    Address destination();

    /** Our end of the connection to the server, {@link Address#NONE} without one. */
    Address serverSource();

    /** The server's address as connected to, {@link Address#NONE} without one. */
    Address serverDestination();

    /** The listener's number: it stands for the port of a UNIX socket. */
    int listenerId();

    /** The listener's name, or its number as text. */
    byte[] listenerName();

    byte[] frontend();

    /** Whether the listener speaks TLS: {@code ~} after the frontend's name. */
    boolean isTls();

    /** The backend's name, the frontend's when none was chosen. */
    byte[] backend();

    /** The server's name, null when none was reached ({@code <NOSRV>}). */
    byte[] server();

    /** Th, handshakes before the data. */
    long handshakeMs();

    /** Tw, in queues. */
    long queueMs();

    /** Tc, until the connection to the server stood. */
    long connectMs();

    /** Td, data. */
    long dataMs();

    /** Tt, from accept to the last close, or to now with {@code logasap}. */
    long totalMs();

    /** Tu, as the user saw it. */
    long userMs();

    /** Whether the line is written before the end, so that totals get a plus sign. */
    boolean isPartial();

    /** Bytes from server to client. */
    long bytesToClient();

    /** Bytes from client to server. */
    long bytesToServer();

    /** The first two termination letters, the first in the high byte. */
    int termination();

    long processConnections();

    long frontendConnections();

    long backendConnections();

    long serverConnections();

    int retries();

    /** Whether the last attempt went to another server. */
    boolean isRedispatched();

    long serverQueue();

    long backendQueue();

    /** %rt: number of the session in this process. */
    long requestNumber();

    /** %lc: lines that the frontend has logged before. */
    long frontendLogNumber();

    /** 0 in TCP mode. */
    int status();

    byte[] uniqueId();

    byte[] tlsVersion();

    byte[] tlsCipher();

    /** %OG: where in the session the line is written, such as {@code txn_close}. */
    byte[] origin();

    /** Why the session died before it became one, for the error format. */
    byte[] errorText();

    /** What {@code %[...]} reads; null where nothing can be evaluated. */
    ExpressionContext expressions();

    /** %tr: when the first byte of the request came, or when the connection was ready for it. */
    long requestMicros();

    /** Ti, idle before the request; -1 when nothing came. */
    long idleMs();

    /** TR, until the head of the request was complete. */
    long headMs();

    /** Tq: Th, Ti and TR together. */
    long requestMs();

    /** Tr, until the head of the answer was complete. */
    long responseMs();

    /** Ta, from the first byte of the request on. */
    long activeMs();

    /** The bytes that {@link #requestPart} points into; null when no request was understood. */
    byte[] requestLine();

    /** Where in {@link #requestLine} a part is: its start in the upper half, its length in the lower one. */
    long requestPart(RequestPart part);

    byte[] requestCookie();

    byte[] responseCookie();

    /** The third and fourth termination letters, the third in the high byte. */
    int cookieLetters();

    /** One for each header that is to be captured, null where it was not there. */
    byte[][] requestCaptures();

    byte[][] responseCaptures();
}
