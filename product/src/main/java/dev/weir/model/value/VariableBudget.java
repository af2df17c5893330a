package dev.weir.model.value;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the variables of a scope may take ({@code tune.vars.*-max-size}), counted in the wider scopes too: a
 * request counts for its transaction, that for its session, that for the process. Shared: atomic.
 */
public final class VariableBudget {

    /** What a variable costs beside its bytes. */
    static final int PER_VARIABLE = 48;

    private final VariableBudget wider;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * Makes the budget of one scope.
     *
     * @param wider what is charged as well, or null
     * @param limit 0 for none
     */
    public VariableBudget(VariableBudget wider, long limit) {
        this.wider = wider;
        this.limit = limit;
    }

    /** Takes or gives back; false, and nothing taken, when it would be too much here or further out. */
    boolean charge(int delta) {
        if (limit > 0) {
            long after = used.addAndGet(delta);
            if (delta > 0 && after > limit) {
                used.addAndGet(-delta);
                return false;
            }
        }
        if (wider != null && !wider.charge(delta)) {
            if (limit > 0) {
                used.addAndGet(-delta);
            }
            return false;
        }
        return true;
    }
}
