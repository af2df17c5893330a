package dev.weir.model.balance;

/** A server as a balancer sees it. Asked under the lock of its backend. */
public interface Candidate {

    /** Its share of the traffic; 0 for none. */
    int effectiveWeight();

    boolean usable();

    /** Whether it can take no more right now. */
    boolean full();

    boolean backup();
}
