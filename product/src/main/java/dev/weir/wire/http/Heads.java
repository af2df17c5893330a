package dev.weir.wire.http;

import java.util.ArrayDeque;

/** The heads of one worker that are not in use. Idle connections hold none. Worker-owned. */
public final class Heads {

    private static final int KEPT = 1024;

    private final ArrayDeque<Head> free = new ArrayDeque<>();
    private int inUse;

    /** A head that is clear. Give it back when its exchange is over. */
    public Head take() {
        inUse++;
        Head head = free.pollLast();
        return head == null ? new Head() : head;
    }

    /** How many have been taken and not given back. */
    public int inUse() {
        return inUse;
    }

    public void give(Head head) {
        inUse--;
        if (free.size() < KEPT) {
            head.clear();
            head.shrink();
            free.addLast(head);
        }
    }
}
