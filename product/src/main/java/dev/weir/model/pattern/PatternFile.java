package dev.weir.model.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the lines of map and ACL files (configuration.txt 7.1, 7.3.1 {@code map}). */
final class PatternFile {

    private PatternFile() {}

    /** Keys alone: all of a line after its indentation. */
    static List<PatternEntry> keys(byte[] content) {
        return read(content, false);
    }

    /** Keys and values: the first word, and what follows it without the blanks around. */
    static List<PatternEntry> pairs(byte[] content) {
        return read(content, true);
    }

    private static List<PatternEntry> read(byte[] content, boolean pairs) {
        List<PatternEntry> entries = new ArrayList<>();
        int line = 0;
        for (int start = 0; start < content.length; ) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            line++;
            PatternEntry entry = entry(content, start, end, line, pairs);
            if (entry != null) {
                entries.add(entry);
            }
            start = end + 1;
        }
        return entries;
    }

    private static PatternEntry entry(byte[] content, int start, int lineEnd, int line, boolean pairs) {
        int end = start;
        while (end < lineEnd && content[end] != '\r') {
            end++;
        }
        int from = start;
        while (from < end && isBlank(content[from])) {
            from++;
        }
        // a comment's sharp is the very first character: an indented one begins a pattern
        if (from == end || content[start] == '#') {
            return null;
        }
        if (!pairs) {
            return new PatternEntry(Arrays.copyOfRange(content, from, end), null, line, 0);
        }
        int keyEnd = from;
        while (keyEnd < end && !isBlank(content[keyEnd])) {
            keyEnd++;
        }
        int valueAt = keyEnd;
        while (valueAt < end && isBlank(content[valueAt])) {
            valueAt++;
        }
        while (end > valueAt && isBlank(content[end - 1])) {
            end--;
        }
        return new PatternEntry(Arrays.copyOfRange(content, from, keyEnd),
                Arrays.copyOfRange(content, valueAt, end), line, 0);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
