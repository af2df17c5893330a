package dev.weir.model.proxy;

/** Waiters in order of arrival. Guarded by the lock of the backend. */
final class WaitQueue {

    private Waiter head;
    private Waiter tail;
    private int size;

    /** The one that came first, or null. */
    Waiter first() {
        return head;
    }

    int size() {
        return size;
    }

    void append(Waiter waiter) {
        waiter.enqueued(this, size++);
        waiter.previous = tail;
        waiter.next = null;
        if (tail == null) {
            head = waiter;
        } else {
            tail.next = waiter;
        }
        tail = waiter;
    }

    /** @param withSlot whether it leaves with a slot, else because it gave up */
    void remove(Waiter waiter, boolean withSlot) {
        waiter.dequeued(withSlot);
        size--;
        if (waiter.previous == null) {
            head = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            tail = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.next = null;
        waiter.previous = null;
    }
}
