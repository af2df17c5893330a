package dev.weir.flow.expr;

import dev.weir.base.address.Address;

/**
 * What a log line can tell about one session or exchange, as configuration.txt chapters 8.2 to 8.5 define it. Timers are
 * milliseconds or -1 when that stage was not reached; texts are bytes, null when there is none. Whoever implements it says what
 * there is: the rest is absent.
 */
public interface LogRecord {

    /** When the connection was accepted, in microseconds since 1970. */
    long acceptMicros();

    /** The client as logged: what a PROXY header or set-src says. */
    default Address source() {
        return Address.NONE;
    }

    /** The address that the client called, as logged. */
    default Address destination() {
        return Address.NONE;
    }

    /** Our end of the connection to the server, {@link Address#NONE} without one. */
    default Address serverSource() {
        return Address.NONE;
    }

    /** The server's address as connected to, {@link Address#NONE} without one. */
    Address serverDestination();

    /** The listener's number: it stands for the port of a UNIX socket. */
    default int listenerId() {
        return 0;
    }

    /** The listener's name, or its number as text. */
    default byte[] listenerName() {
        return null;
    }

    byte[] frontend();

    /** Whether the listener speaks TLS: {@code ~} after the frontend's name. */
    default boolean isTls() {
        return false;
    }

    /** The backend's name, the frontend's when none was chosen. */
    byte[] backend();

    /** The server's name, null when none was reached ({@code <NOSRV>}). */
    byte[] server();

    /** Th, handshakes before the data. */
    default long handshakeMs() {
        return -1;
    }

    /** Tw, in queues. */
    default long queueMs() {
        return -1;
    }

    /** Tc, until the connection to the server stood. */
    default long connectMs() {
        return -1;
    }

    /** Td, data. */
    default long dataMs() {
        return -1;
    }

    /** Tt, from accept to the last close, or to now with {@code logasap}. */
    default long totalMs() {
        return -1;
    }

    /** Tu, as the user saw it. */
    default long userMs() {
        return -1;
    }

    /** Whether the line is written before the end, so that totals get a plus sign. */
    default boolean isPartial() {
        return false;
    }

    /** Bytes from server to client. */
    default long bytesToClient() {
        return 0;
    }

    /** Bytes from client to server. */
    default long bytesToServer() {
        return 0;
    }

    /** The first two termination letters, the first in the high byte. */
    default int termination() {
        return 0;
    }

    long processConnections();

    default long frontendConnections() {
        return 0;
    }

    long backendConnections();

    long serverConnections();

    default int retries() {
        return 0;
    }

    /** Whether the last attempt went to another server. */
    default boolean isRedispatched() {
        return false;
    }

    long serverQueue();

    long backendQueue();

    /** %rt: number of the session in this process. */
    default long requestNumber() {
        return 0;
    }

    /** %lc: lines that the frontend has logged before. */
    default long frontendLogNumber() {
        return 0;
    }

    /** 0 in TCP mode. */
    default int status() {
        return 0;
    }

    default byte[] uniqueId() {
        return null;
    }

    default byte[] tlsVersion() {
        return null;
    }

    default byte[] tlsCipher() {
        return null;
    }

    /** %OG: where in the session the line is written, such as {@code txn_close}. */
    default byte[] origin() {
        return null;
    }

    /** Why the session died before it became one, for the error format. */
    default byte[] errorText() {
        return null;
    }

    /** What {@code %[...]} reads; null where nothing can be evaluated. */
    ExpressionContext expressions();

    /** %tr: when the first byte of the request came, or when the connection was ready for it. */
    long requestMicros();

    /** Ti, idle before the request; -1 when nothing came. */
    default long idleMs() {
        return -1;
    }

    /** TR, until the head of the request was complete. */
    default long headMs() {
        return -1;
    }

    /** Tq: Th, Ti and TR together. */
    default long requestMs() {
        return -1;
    }

    /** Tr, until the head of the answer was complete. */
    default long responseMs() {
        return -1;
    }

    /** Ta, from the first byte of the request on. */
    default long activeMs() {
        return -1;
    }

    /** The bytes that {@link #requestPart} points into; null when no request was understood. */
    default byte[] requestLine() {
        return null;
    }

    /** Where in {@link #requestLine} a part is: its start in the upper half, its length in the lower one. */
    default long requestPart(RequestPart part) {
        return 0;
    }

    default byte[] requestCookie() {
        return null;
    }

    default byte[] responseCookie() {
        return null;
    }

    /** The third and fourth termination letters, the third in the high byte. */
    default int cookieLetters() {
        return 0;
    }

    /** One for each header that is to be captured, null where it was not there. */
    default byte[][] requestCaptures() {
        return null;
    }

    default byte[][] responseCaptures() {
        return null;
    }
}
