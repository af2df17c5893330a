package dev.weir.model.stick;

/**
 * The words that every row begins with: hash and chain, neighbours in its slot of the wheel, when it expires, and who uses
 * it. Guarded by the lock of the shard.
 */
final class RowState {

    /** The hash above the next row of the same bucket. */
    static final int CHAIN = 0;
    /** The row before above the row behind, within a slot of the wheel. */
    static final int LINKS = 1;
    static final int EXPIRE = 2;
    /** Users above a generation above flags. */
    static final int STATE = 3;
    static final int WORDS = 4;

    static final long TOUCHED = 0x100;
    static final long LIVE = 0x200;
    private static final long SLOT = 0xff;
    private static final long ONE_USER = 1L << 32;

    private RowState() {}

    static int users(long state) {
        return (int) (state >>> 32);
    }

    static boolean isLive(long state) {
        return (state & LIVE) != 0;
    }

    static int generation(long state) {
        return (int) (state >>> 16) & 0x7fff;
    }

    /** A new entry in a row: what named the old one names it no longer. */
    static long next(long state) {
        return (long) (generation(state) + 1 & 0x7fff) << 16 | LIVE;
    }

    /** The slot of the wheel, or -1 when it is in none. */
    static int slot(long state) {
        return (int) (state & SLOT) - 1;
    }

    static long inSlot(long state, int slot) {
        return state & ~(SLOT | TOUCHED) | slot + 1;
    }

    static long plusUser(long state) {
        return state + ONE_USER;
    }

    static long minusUser(long state) {
        return state - ONE_USER;
    }

    static long pair(int upper, int lower) {
        return (long) upper << 32 | lower & 0xffff_ffffL;
    }

    static int upper(long pair) {
        return (int) (pair >> 32);
    }

    static int lower(long pair) {
        return (int) pair;
    }
}
