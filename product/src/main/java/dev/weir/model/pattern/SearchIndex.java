package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;

/** Texts that are looked for inside a sample, anywhere or between delimiters; tried in turn. Immutable. */
final class SearchIndex {

    private final byte[][] patterns;
    private final boolean ignoreCase;

    SearchIndex(byte[][] patterns, boolean ignoreCase) {
        this.patterns = patterns;
        this.ignoreCase = ignoreCase;
    }

    int findAnywhere(Sample sample) {
        for (int p = 0; p < patterns.length; p++) {
            if (search(patterns[p], sample.bytes(), sample.at(), sample.end()) >= 0) {
                return p;
            }
        }
        return -1;
    }

    private int search(byte[] pattern, byte[] text, int from, int to) {
        int last = to - pattern.length;
        for (int i = from; i <= last; i++) {
            if (Texts.equal(pattern, 0, text, i, pattern.length, ignoreCase)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a match must begin and end at a delimiter or at an end of the sample; those of the pattern are left out. */
    PatternIndex delimitedBy(String delimiters) {
        byte[][] inner = new byte[patterns.length][];
        for (int p = 0; p < patterns.length; p++) {
            byte[] pattern = patterns[p];
            int from = 0;
            int to = pattern.length;
            while (from < to && isIn(delimiters, pattern[from])) {
                from++;
            }
            while (to > from && isIn(delimiters, pattern[to - 1])) {
                to--;
            }
            inner[p] = java.util.Arrays.copyOfRange(pattern, from, to);
        }
        SearchIndex index = new SearchIndex(inner, ignoreCase);
        return sample -> index.findDelimited(sample, delimiters);
    }

    private int findDelimited(Sample sample, String delimiters) {
        for (int p = 0; p < patterns.length; p++) {
            if (patterns[p].length > 0 && standsAlone(patterns[p], sample, delimiters)) {
                return p;
            }
        }
        return -1;
    }

    private boolean standsAlone(byte[] pattern, Sample sample, String delimiters) {
        byte[] text = sample.bytes();
        int end = sample.end();
        for (int at = sample.at(); (at = search(pattern, text, at, end)) >= 0; at++) {
            int after = at + pattern.length;
            if ((at == sample.at() || isIn(delimiters, text[at - 1]))
                    && (after == end || isIn(delimiters, text[after]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(String delimiters, byte c) {
        return delimiters.indexOf(c) >= 0;
    }
}
