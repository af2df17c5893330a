package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Integers and ranges. Single values are sorted and found by halving; ranges, of which there are few, are tried in turn.
 * The first pattern in their order wins. Immutable.
 */
final class IntegerIndex {

    private final long[] singles;
    private final int[] singleOrder;
    private final long[] lowest;
    private final long[] highest;
    private final int[] rangeOrder;

    IntegerIndex(byte[][] patterns, boolean versions) throws PatternError {
        long[][] bounds = new long[patterns.length][];
        int ranges = 0;
        for (int i = 0; i < patterns.length; i++) {
            String text = new String(patterns[i], StandardCharsets.ISO_8859_1);
            bounds[i] = bounds(text, versions);
            ranges += bounds[i][0] == bounds[i][1] ? 0 : 1;
        }
        singles = new long[patterns.length - ranges];
        singleOrder = new int[singles.length];
        lowest = new long[ranges];
        highest = new long[ranges];
        rangeOrder = new int[ranges];
        Integer[] order = new Integer[singles.length];
        int single = 0;
        int range = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (bounds[i][0] == bounds[i][1]) {
                order[single++] = i;
            } else {
                lowest[range] = bounds[i][0];
                highest[range] = bounds[i][1];
                rangeOrder[range++] = i;
            }
        }
        Arrays.sort(order, Comparator.comparingLong(i -> bounds[i][0]));
        for (int i = 0; i < order.length; i++) {
            singles[i] = bounds[order[i]][0];
            singleOrder[i] = order[i];
        }
    }

    int findNumber(Sample sample) {
        return find(sample.number());
    }

    int findLength(Sample sample) {
        return find(sample.length());
    }

    private int find(long value) {
        int found = Integer.MAX_VALUE;
        for (int i = 0; i < lowest.length; i++) {
            if (value >= lowest[i] && value <= highest[i]) {
                found = rangeOrder[i];
                break;
            }
        }
        int at = singles.length == 0 ? -1 : Arrays.binarySearch(singles, value);
        while (at > 0 && singles[at - 1] == value) {
            at--;
        }
        if (at >= 0) {
            found = Math.min(found, singleOrder[at]);
        }
        return found == Integer.MAX_VALUE ? -1 : found;
    }

    /** The two ends of {@code n}, {@code n:m}, {@code n:} or {@code :m}. */
    static long[] bounds(String text, boolean versions) throws PatternError {
        int colon = text.indexOf(':');
        String from = colon < 0 ? text : text.substring(0, colon);
        String to = colon < 0 ? text : text.substring(colon + 1);
        if (text.length() <= 1 && colon >= 0) {
            throw notANumber(text);
        }
        long low = from.isEmpty() ? Long.MIN_VALUE : number(from, text, versions);
        long high = to.isEmpty() ? Long.MAX_VALUE : number(to, text, versions);
        if (low > high) {
            throw new PatternError("'" + text + "' is not a valid number range");
        }
        return new long[] {low, high};
    }

    private static long number(String text, String whole, boolean version) throws PatternError {
        if (!version) {
            return integer(text, whole);
        }
        int dot = text.indexOf('.');
        long major = integer(dot < 0 ? text : text.substring(0, dot), whole);
        return (major << 16) + (dot < 0 ? 0 : integer(text.substring(dot + 1), whole));
    }

    private static long integer(String text, String whole) throws PatternError {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notANumber(whole);
        }
    }

    private static PatternError notANumber(String text) {
        return new PatternError("'" + text + "' is not a number");
    }
}
