package dev.weir.net.mux;

/**
 * Why a message or a connection ended before its time. A closed list: each protocol maps it to its own words, and
 * Dispatch asks whether what failed may be replayed.
 */
public enum Reason {
    /** The peer reset the connection, or a write failed. */
    RESET,
    /** The peer refused the connection. */
    REFUSED,
    /** No way to the peer: unreachable, no address, no local port. */
    UNREACHABLE,
    TIMEOUT,
    /** The peer ended the connection before the first byte of what it owed. */
    EMPTY,
    /** The peer ended the connection within a message. */
    TRUNCATED,
    /** The other side of the exchange is gone. */
    ABANDONED,
    /** The peer broke the rules of its protocol. */
    PROTOCOL,
    /** We end it: an operator's command, a stop, a limit. */
    KILLED,
    /** Something of ours ran out. */
    RESOURCE
}
