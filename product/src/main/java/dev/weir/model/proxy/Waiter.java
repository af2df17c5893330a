package dev.weir.model.proxy;

import dev.weir.model.server.Server;

/**
 * Someone who waits in a backend's queue for a slot. Embedded in the exchange, one per exchange; the links and the grant
 * are guarded by the backend's lock.
 */
public abstract class Waiter {

    Waiter next;
    Waiter previous;
    private volatile boolean queued;
    private volatile boolean granted;
    /** Where it stood in the queue when it came, for the log. */
    int position;

    final void enqueued() {
        granted = false;
        queued = true;
    }

    /** Out of the queue: with a slot, or because it gave up. */
    final void dequeued(boolean withSlot) {
        granted = withSlot;
        queued = false;
    }

    public final boolean isQueued() {
        return queued;
    }

    /** Before a new choice: what an earlier wait brought means nothing any more. */
    public final void forget() {
        granted = false;
    }

    /** Whether the last wait ended with a slot. */
    public final boolean wasGranted() {
        return granted;
    }

    /**
     * A slot of that server is now the waiter's. Called outside the lock on the thread that gave the slot back: the
     * waiter sees to it that it goes on on its own worker.
     */
    protected abstract void granted(Server server);
}
