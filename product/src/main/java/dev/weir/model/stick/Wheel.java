package dev.weir.model.stick;

import java.util.Arrays;

/**
 * The rows of a shard by the time they expire, in 64 slots that together are a little longer than the life of an entry. A
 * touch within the same slot only marks the row; one that leads to another slot moves it. So an entry is moved at most
 * once per slot however often it is used, finding the oldest is finding a bit, and no list is ever searched: what is
 * due lies in slots that are wholly past.
 *
 * <p>Approximate on purpose: within a slot the order is that of first use, and a marked row that reaches the head gets a
 * second chance. Rows in use leave the wheel when they reach the head and come back when they are let go. Without
 * expiry there is one slot. Guarded by the lock of the shard.
 */
final class Wheel {

    private static final int SLOTS = 64;
    /** After so many second chances the head goes all the same, so that nobody waits for a whole list. */
    private static final int CHANCES = 32;

    private final Slab slab;
    private final long granuleMs;
    private final int[] heads = new int[SLOTS];
    private final int[] tails = new int[SLOTS];
    private long occupied;
    /** The first granule whose slot may hold something; all filed rows are within 64 from here. */
    private long first;

    /** @param lifeMs 0 when nothing expires */
    Wheel(Slab slab, int lifeMs) {
        this.slab = slab;
        this.granuleMs = lifeMs == 0 ? 0 : lifeMs / (SLOTS - 2) + 1;
        Arrays.fill(heads, Slab.NIL);
        Arrays.fill(tails, Slab.NIL);
    }

    /** Takes a row in, or to where its new time belongs. */
    void file(int row, long nowMs) {
        if (granuleMs > 0 && occupied == 0) {
            first = nowMs / granuleMs;
        }
        int slot = slotFor(slab.get(row, RowState.EXPIRE));
        long state = slab.get(row, RowState.STATE);
        if (RowState.slot(state) == slot) {
            slab.set(row, RowState.STATE, state | RowState.TOUCHED);
            return;
        }
        unfile(row);
        append(row, slot);
    }

    private int slotFor(long expireMs) {
        if (granuleMs == 0) {
            return 0;
        }
        long granule = Math.max(first, Math.min(expireMs / granuleMs, first + SLOTS - 1));
        return (int) (granule & SLOTS - 1);
    }

    private void append(int row, int slot) {
        int last = tails[slot];
        slab.set(row, RowState.LINKS, RowState.pair(last, Slab.NIL));
        if (last == Slab.NIL) {
            heads[slot] = row;
            occupied |= 1L << slot;
        } else {
            slab.set(last, RowState.LINKS, RowState.pair(RowState.upper(slab.get(last, RowState.LINKS)), row));
        }
        tails[slot] = row;
        slab.set(row, RowState.STATE, RowState.inSlot(slab.get(row, RowState.STATE), slot));
    }

    void unfile(int row) {
        long state = slab.get(row, RowState.STATE);
        int slot = RowState.slot(state);
        if (slot < 0) {
            return;
        }
        long links = slab.get(row, RowState.LINKS);
        int before = RowState.upper(links);
        int behind = RowState.lower(links);
        if (before == Slab.NIL) {
            heads[slot] = behind;
        } else {
            slab.set(before, RowState.LINKS, RowState.pair(RowState.upper(slab.get(before, RowState.LINKS)), behind));
        }
        if (behind == Slab.NIL) {
            tails[slot] = before;
        } else {
            slab.set(behind, RowState.LINKS, RowState.pair(before, RowState.lower(slab.get(behind, RowState.LINKS))));
        }
        if (heads[slot] == Slab.NIL) {
            occupied &= ~(1L << slot);
        }
        slab.set(row, RowState.STATE, RowState.inSlot(state, -1));
    }

    /** The row that was touched longest ago and is not in use, or NIL. */
    int oldest() {
        int chances = CHANCES;
        while (occupied != 0) {
            int start = (int) (first & SLOTS - 1);
            int slot = Long.numberOfTrailingZeros(Long.rotateRight(occupied, start)) + start & SLOTS - 1;
            int row = heads[slot];
            long state = slab.get(row, RowState.STATE);
            if (RowState.users(state) > 0) {
                unfile(row);
            } else if ((state & RowState.TOUCHED) != 0 && chances-- > 0) {
                unfile(row);
                append(row, slot);
            } else {
                return row;
            }
        }
        return Slab.NIL;
    }

    /** A row that nobody uses and whose time is over, or NIL; stops after so many steps. */
    int due(long nowMs, int steps) {
        if (granuleMs == 0) {
            return Slab.NIL;
        }
        long now = nowMs / granuleMs;
        for (int step = 0; step < steps && first < now; ) {
            if (occupied == 0) {
                first = now;
                break;
            }
            int row = heads[(int) (first & SLOTS - 1)];
            if (row == Slab.NIL) {
                first++;
                continue;
            }
            if (RowState.users(slab.get(row, RowState.STATE)) > 0) {
                unfile(row);
            } else if (slab.get(row, RowState.EXPIRE) > nowMs) {
                // it had to be filed early, while slots behind were not swept yet
                unfile(row);
                append(row, slotFor(slab.get(row, RowState.EXPIRE)));
            } else {
                return row;
            }
            step++;
        }
        return Slab.NIL;
    }

    /** The row behind in the same slot, or the first of the next slot; for tests. */
    int head(int slot) {
        return heads[slot];
    }

    boolean isOccupied(int slot) {
        return (occupied >>> slot & 1) != 0;
    }

    static int slots() {
        return SLOTS;
    }
}
