package dev.weir.admin.stats;

/** A view that is written piece by piece, so that thousands of servers need no buffer of their size. */
public interface StatsView {

    /**
     * Appends until about so many characters are there, a row being the smallest step; false when that was the last
     * piece.
     */
    boolean write(StringBuilder out, int atLeast);
}
