package dev.weir.model.proxy;

/** Waiters in the order of their rank, those of one rank in order of arrival. Guarded by the lock of the backend. */
final class WaitQueue {

    private Waiter head;
    private Waiter tail;
    private int size;

    /** The one whose turn is next, or null. */
    Waiter first() {
        return head;
    }

    int size() {
        return size;
    }

    void append(Waiter waiter) {
        waiter.enqueued(this, size++);
        Waiter before = tail;
        while (before != null && waiter.isBefore(before)) {
            before = before.previous;
        }
        waiter.previous = before;
        waiter.next = before == null ? head : before.next;
        if (before == null) {
            head = waiter;
        } else {
            before.next = waiter;
        }
        if (waiter.next == null) {
            tail = waiter;
        } else {
            waiter.next.previous = waiter;
        }
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
