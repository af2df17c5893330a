package dev.weir.flow.cache;

import dev.weir.base.text.Place;

/**
 * A {@code cache} section as written. Immutable.
 *
 * @param blocks the room there is, in blocks of {@link #BLOCK} bytes
 * @param largest the most that one object may take, head and body
 * @param maxAgeSeconds how long an object is given at most
 * @param variants how many objects may differ in what {@code Vary} names only
 * @param patienceMs how long a request waits for the answer to another that asks for the same; 0 for not at all
 * @param hints what is remembered of {@code Link} headers
 * @param hintShare how many percent of the blocks may hold entries of which only those are left
 */
public record CacheSpec(String name, int blocks, long largest, int maxAgeSeconds, boolean varies, int variants,
        int patienceMs, Hints hints, int hintShare, Place place) {

    public static final int BLOCK = 1024;

    /** {@code early-hints}. */
    public enum Hints { OFF, ON, ONLY }

    static int blocks(int size) {
        return (size + BLOCK - 1) / BLOCK;
    }

    /** The most blocks that hints alone may take. */
    int hintBlocks() {
        return hints == Hints.ONLY ? blocks : (int) ((long) blocks * hintShare / 100);
    }

    /** Whether what is kept under one goes on under the other. */
    boolean keepsAs(CacheSpec other) {
        return blocks == other.blocks && largest == other.largest && maxAgeSeconds == other.maxAgeSeconds
                && varies == other.varies && variants == other.variants && hints == other.hints
                && hintShare == other.hintShare && patienceMs == other.patienceMs;
    }
}
