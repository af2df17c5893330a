package dev.weir.model.pattern;

import java.util.Arrays;

/**
 * A binary tree of prefixes in two arrays: a node has two children and perhaps the number of a pattern. IPv4 addresses
 * stand in the upper half of the low word. Immutable once filled.
 */
final class AddressTree {

    private final int bits;
    private int[] children = new int[16];
    private int[] patterns = new int[8];
    private int nodes = 1;

    AddressTree(int bits) {
        this.bits = bits;
    }

    /** The first pattern of a prefix stays. */
    void add(long high, long low, int length, int pattern) {
        int node = 0;
        for (int i = 0; i < length; i++) {
            int side = node * 2 + bit(high, low, i);
            if (children[side] == 0) {
                if (nodes == patterns.length) {
                    patterns = Arrays.copyOf(patterns, nodes * 2);
                    children = Arrays.copyOf(children, nodes * 4);
                }
                children[side] = nodes++;
            }
            node = children[side];
        }
        if (patterns[node] == 0) {
            patterns[node] = pattern + 1;
        }
    }

    /** The pattern of the longest prefix that the address has, or -1. */
    int find(long high, long low) {
        int found = patterns[0];
        int node = 0;
        for (int i = 0; i < bits; i++) {
            node = children[node * 2 + bit(high, low, i)];
            if (node == 0) {
                break;
            }
            if (patterns[node] != 0) {
                found = patterns[node];
            }
        }
        return found - 1;
    }

    private int bit(long high, long low, int index) {
        long half = bits == 32 || index >= 64 ? low : high;
        return (int) (half >>> 63 - (index & 63)) & 1;
    }
}
