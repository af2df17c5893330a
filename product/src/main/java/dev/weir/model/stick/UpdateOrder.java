package dev.weir.model.stick;

/**
 * Which rows of a shard changed here, in order, for those who pass changes on. A ring of row numbers at positions that
 * only grow; a row keeps its last position, so that an older mention of it is recognised as stale. A row that waits to be
 * read is not mentioned again. When the ring is full, what is stale or was read by all is dropped, and only if that is not
 * half of it the ring grows. Guarded by the lock of the shard.
 */
final class UpdateOrder {

    private int[] ring = new int[16];
    private long first = 1;
    private long end = 1;
    /** What the fastest reader has seen. */
    private long read = 1;
    /** What every reader has seen. */
    private long released = 1;
    private long found;

    /** The position to keep in the row, whose last one is given (0 for never). */
    long mention(int row, long last, Slab slab, int positionWord) {
        if (last >= Math.max(read, first)) {
            return last;
        }
        if (end - first == ring.length) {
            compact(slab, positionWord);
        }
        ring[(int) (end % ring.length)] = row;
        return end++;
    }

    private void compact(Slab slab, int positionWord) {
        int[] alive = new int[ring.length];
        int count = 0;
        for (long position = Math.max(first, released); position < end; position++) {
            int row = ring[(int) (position % ring.length)];
            if (slab.get(row, positionWord) == position) {
                alive[count++] = row;
            }
        }
        int[] next = count > ring.length / 2 ? new int[ring.length * 2] : ring;
        first = end;
        for (int i = 0; i < count; i++) {
            next[(int) (end % next.length)] = alive[i];
            slab.set(alive[i], positionWord, end++);
        }
        ring = next;
        read = first;
        released = Math.max(released, first);
    }

    /** All readers are beyond this position; what was mentioned before it may be dropped. */
    void release(long position) {
        released = Math.max(released, Math.min(position, end));
    }

    /** The next row from a reader's position on, or NIL; {@link #found} is its position. */
    int next(long from, Slab slab, int positionWord) {
        for (long position = Math.max(from, first); position < end; position++) {
            int row = ring[(int) (position % ring.length)];
            if (slab.get(row, positionWord) == position) {
                found = position;
                read = Math.max(read, position + 1);
                return row;
            }
        }
        found = end;
        return Slab.NIL;
    }

    long found() {
        return found;
    }

    long end() {
        return end;
    }
}
