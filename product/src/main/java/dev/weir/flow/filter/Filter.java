package dev.weir.flow.filter;

/** What one {@code filter} line asks for: for each message it says whether it takes part, and how. Immutable. */
public interface Filter {

    /** The name that {@code filter-sequence} knows it by. */
    String name();

    /** Looks at a request whose rules are done, or at the client's side of a TCP session; null to take no part. */
    default Stage request(FilterHost host) {
        return null;
    }

    /** Looks at an answer whose rules are done, or at the server's side of a TCP session; null to take no part. */
    default Stage response(FilterHost host) {
        return null;
    }

    /** Whether this has nothing to do where that one, of the backend, works too. */
    default boolean yieldsTo(Filter ofBackend) {
        return false;
    }
}
