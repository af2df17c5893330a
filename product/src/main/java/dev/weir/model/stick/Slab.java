package dev.weir.model.stick;

import java.util.Arrays;

/**
 * Memory for rows of longs: chunks that never move, so that a row keeps its place for life. A number names a row; freed
 * rows are taken again first. Guarded by the lock of the shard.
 */
final class Slab {

    static final int NIL = -1;
    private static final int CHUNK_LONGS = 2048;

    private final int width;
    private final int shift;
    private final int mask;
    private long[][] chunks = new long[0][];
    private int taken;
    private int free = NIL;

    /** @param most how many rows there can ever be, so that a small table stays small */
    Slab(int width, long most) {
        this.width = width;
        long rows = Math.max(1, Math.min(CHUNK_LONGS / width, most));
        this.shift = 63 - Long.numberOfLeadingZeros(rows);
        this.mask = (1 << shift) - 1;
    }

    /** A row, with whatever its last user left in it but for its first word. */
    int take() {
        int row = free;
        if (row != NIL) {
            free = (int) get(row, 0);
            return row;
        }
        row = taken++;
        if (row >>> shift == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[row >>> shift] = new long[width << shift];
        }
        return row;
    }

    void release(int row) {
        set(row, 0, free);
        free = row;
    }

    /** Rows that were ever taken: all numbers are below. */
    int extent() {
        return taken;
    }

    int width() {
        return width;
    }

    long[] chunk(int row) {
        return chunks[row >>> shift];
    }

    int base(int row) {
        return (row & mask) * width;
    }

    long get(int row, int word) {
        return chunk(row)[base(row) + word];
    }

    void set(int row, int word, long value) {
        chunk(row)[base(row) + word] = value;
    }

    long bytes() {
        return (long) chunks.length * ((long) width << shift) * Long.BYTES;
    }
}
