package dev.weir.model.proxy;

import dev.weir.model.server.Server;

/**
 * Someone who waits for a slot, in the queue of a backend or of one server. Embedded in the exchange, one per exchange;
 * the links and the grant are guarded by the backend's lock.
 */
public abstract class Waiter {

    private static final int CLASS_SHIFT = 48;

    Waiter next;
    Waiter previous;
    /** When it came, counted per backend: decides between waiters of the same rank. */
    long arrival;
    /** Its priority class, and behind that the time that counts for it. */
    private long rank;
    /** The server that it waits for, null when any will do. */
    Server wanted;

    private WaitQueue queue;
    private int position;
    private volatile boolean queued;
    private volatile boolean granted;

    /**
     * Says how urgent it is, before it waits.
     *
     * @param priorityClass the lower class goes first
     * @param atMs when it came, or counts as having come
     */
    public final void ranks(int priorityClass, long atMs) {
        rank = (long) priorityClass << CLASS_SHIFT | atMs & (1L << CLASS_SHIFT) - 1;
    }

    /** Whether it gets a slot before the other one. */
    final boolean isBefore(Waiter other) {
        return rank != other.rank ? rank < other.rank : arrival < other.arrival;
    }

    final void enqueued(WaitQueue in, int before) {
        queue = in;
        position = before;
        granted = false;
        queued = true;
    }

    /** Out of the queue: with a slot, or because it gave up. */
    final void dequeued(boolean withSlot) {
        granted = withSlot;
        queued = false;
    }

    final WaitQueue queue() {
        return queue;
    }

    /** Before a new choice: what an earlier wait brought means nothing any more. */
    public final void forget() {
        granted = false;
    }

    public final boolean isQueued() {
        return queued;
    }

    /** Whether the last wait ended with a slot, or with the word to choose again. */
    public final boolean wasGranted() {
        return granted;
    }

    /** How many stood before it when it came. */
    public final int position() {
        return position;
    }

    /** Whether it waits or waited for one server, and not for any. */
    public final boolean waitedForServer() {
        return wanted != null;
    }

    /**
     * A slot of that server is now the waiter's; null when the server that it waited for is gone and it must choose
     * again. Called outside the lock on another thread: the waiter sees to it that it goes on on its own worker.
     */
    protected abstract void granted(Server server);
}
