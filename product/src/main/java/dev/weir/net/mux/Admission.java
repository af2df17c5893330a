package dev.weir.net.mux;

/**
 * Whether another connection may come in through a listener: the limits of the bind line, of the frontend and of the
 * process in one. Shared: atomic.
 */
public interface Admission {

    /** Counts a connection, or says no and counts nothing. */
    boolean enter();

    /** How long to wait before the next one may come although there is room, 0 for no time: limits per second. */
    default long pauseMs() {
        return 0;
    }

    /** Whether the next one would be let in. */
    boolean hasRoom();
}
