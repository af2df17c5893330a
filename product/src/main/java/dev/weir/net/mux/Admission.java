package dev.weir.net.mux;

/**
 * Whether another connection may come in through a listener: the limits of the bind line, of the frontend and of the
 * process in one. Shared: atomic.
 */
public interface Admission {

    /** Counts a connection, or says no and counts nothing. */
    boolean enter();

    /** Whether the next one would be let in. */
    boolean hasRoom();

    /** How many milliseconds to leave connections where they are, since enough have come lately; 0 for none. */
    default int waitMs(long nowMs) {
        return 0;
    }

    /** One that entered is being handed on. By the worker of that number. */
    default void count(int worker, long nowMs) {
        // only limits of rates want to know
    }
}
