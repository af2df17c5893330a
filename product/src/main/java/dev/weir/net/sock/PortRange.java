package dev.weir.net.sock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The ports of a {@code source addr:low-high}: each is lent to one connection at a time, round and round. A word has
 * one bit for each of 64 ports, set while it is lent. Shared: atomic.
 */
public final class PortRange {

    private static final int BITS = 64;

    private final int first;
    private final int size;
    private final AtomicLongArray lent;
    private final AtomicInteger next = new AtomicInteger();

    public PortRange(int first, int last) {
        this.first = first;
        this.size = last - first + 1;
        this.lent = new AtomicLongArray((size + BITS - 1) / BITS);
    }

    public int size() {
        return size;
    }

    /** A port that nobody has, or -1 when all are lent. */
    int take() {
        int start = Math.floorMod(next.getAndIncrement(), size);
        for (int i = 0; i < size; i++) {
            int index = start + i < size ? start + i : start + i - size;
            if (flip(index, true)) {
                // one pass lends in order even where ports were skipped
                next.compareAndSet(start + 1, index + 1);
                return first + index;
            }
        }
        return -1;
    }

    void giveBack(int port) {
        flip(port - first, false);
    }

    /** Changes the bit of a port; false when it was so already. */
    private boolean flip(int index, boolean set) {
        long bit = 1L << index % BITS;
        int word = index / BITS;
        while (true) {
            long before = lent.get(word);
            if ((before & bit) != 0 == set) {
                return false;
            }
            if (lent.weakCompareAndSetVolatile(word, before, before ^ bit)) {
                return true;
            }
        }
    }
}
