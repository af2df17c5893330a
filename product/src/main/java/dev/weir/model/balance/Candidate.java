package dev.weir.model.balance;

/** What a balancer has to know about a server. Read under the lock of the backend. */
public interface Candidate {

    /** The weight that placement counts with: weight times 16, less during slow start, 0 for none. */
    int effectiveWeight();

    /** Whether it is up, not in maintenance and not draining. */
    boolean usable();

    /** Whether it has all the connections it may have, or somebody waits in its own queue. */
    boolean full();

    /** Whether its own queue is limited and takes no more. */
    default boolean hasFullQueue() {
        return false;
    }

    /** What a request to it has cost in time, in microseconds, as seen now; 0 when nothing is known. */
    default long latencyMicros(long nowMs) {
        return 0;
    }

    boolean backup();

    /** Connections it serves and those that wait in its queue. */
    int load();

    /** Connections per second, which breaks ties of {@code balance random}. */
    default long rate() {
        return 0;
    }
}
