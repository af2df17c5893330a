package dev.weir.model.balance;

/** A server's place in a balancer. Guarded by the lock of the backend. */
final class Node<C extends Candidate> {

    final C server;
    final int position;
    final boolean backup;
    boolean up;
    /** The weight it was last counted with. */
    int weight;

    /** Where it stands in a {@link Ranking}, else -1. */
    int index = -1;
    Ranking<C> ranking;
    long key;
    long order;

    /** Next, last and remaining position of the round robin (facts.md). */
    long npos;
    long lpos;
    long rest;
    /** Position that a map of slots gives it. */
    long score;
    Node<C> nextAside;

    Node(C server, int position) {
        this.server = server;
        this.position = position;
        this.backup = server.backup();
    }
}
