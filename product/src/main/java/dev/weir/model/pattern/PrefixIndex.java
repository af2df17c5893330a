package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;
import java.util.Arrays;

/**
 * Texts that a sample must begin (or, read backwards, end) with. The patterns are sorted, and each knows the longest
 * other pattern that it begins with itself. The greatest pattern not above the sample is found by halving: if any pattern
 * is a beginning of the sample, it is that one or one of those that this one begins with. Of beginnings the longest wins,
 * of ends the first in the list, as in HAProxy. Immutable.
 */
final class PrefixIndex implements PatternIndex {

    private final byte[][] keys;
    private final int[] order;
    private final int[] parent;
    private final boolean ignoreCase;
    private final boolean backwards;

    PrefixIndex(byte[][] patterns, boolean ignoreCase, boolean backwards) {
        this.ignoreCase = ignoreCase;
        this.backwards = backwards;
        Integer[] sorted = new Integer[patterns.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = i;
        }
        Arrays.sort(sorted, (a, b) -> {
            byte[] other = patterns[b];
            int difference = compare(patterns[a], other, 0, other.length);
            return difference != 0 ? difference : Integer.compare(a, b);
        });
        keys = new byte[sorted.length][];
        order = new int[sorted.length];
        parent = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            order[i] = sorted[i];
            keys[i] = patterns[sorted[i]];
            int candidate = i - 1;
            while (candidate >= 0 && !begins(candidate, keys[i], 0, keys[i].length)) {
                candidate = parent[candidate];
            }
            parent[i] = candidate;
        }
    }

    @Override
    public int find(Sample sample) {
        byte[] text = sample.bytes();
        int at = sample.at();
        int length = sample.length();
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(keys[middle], text, at, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int found = -1;
        int longest = -1;
        for (int i = low - 1; i >= 0; i = parent[i]) {
            if (begins(i, text, at, length)) {
                // equal patterns stand in a chain: of the longest ones the first of the list counts
                if (longest < 0 || backwards || keys[i].length == longest) {
                    found = found < 0 ? order[i] : Math.min(found, order[i]);
                    longest = keys[i].length;
                } else {
                    break;
                }
            }
        }
        return found;
    }

    private boolean begins(int key, byte[] text, int at, int length) {
        byte[] pattern = keys[key];
        int from = backwards ? at + length - pattern.length : at;
        return pattern.length <= length && Texts.equal(pattern, 0, text, from, pattern.length, ignoreCase);
    }

    private int compare(byte[] a, byte[] b, int bAt, int bLength) {
        int common = Math.min(a.length, bLength);
        for (int i = 0; i < common; i++) {
            byte left = backwards ? a[a.length - 1 - i] : a[i];
            byte right = backwards ? b[bAt + bLength - 1 - i] : b[bAt + i];
            if (ignoreCase) {
                left = Texts.lower(left);
                right = Texts.lower(right);
            }
            if (left != right) {
                return (left & 0xff) - (right & 0xff);
            }
        }
        return a.length - bLength;
    }
}
