package dev.weir.model.balance;

/**
 * How a backend chooses among its servers: one sequence for the process, under the lock of the backend. A call is one
 * bounded pick and allocates nothing.
 */
public interface Balancer<C extends Candidate> {

    /**
     * The next one that is usable and not full, or null.
     *
     * @param avoid taken only when nothing else is left, or null
     */
    C next(C avoid);

    /** Whether anyone could be chosen if it were not full. */
    boolean hasUsable();

    /** State or weight of that one may have changed. */
    void changed(C candidate);
}
