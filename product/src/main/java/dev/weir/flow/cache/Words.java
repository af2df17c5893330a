package dev.weir.flow.cache;

import dev.weir.wire.http.Head;

/** Passes over the comma-separated words of a header: {@code name}, {@code name=value}, {@code name;q=1}. */
final class Words {

    private final byte[] area;
    private final int end;
    private int at;
    private int nameAt;
    private int nameEnd;
    private int wordEnd;

    Words(Head head, int index) {
        area = head.area();
        at = head.valueAt(index);
        end = at + head.valueLength(index);
    }

    /** The next word that is not empty; false at the end. */
    boolean next() {
        while (at < end && (area[at] == ',' || isBlank(area[at]))) {
            at++;
        }
        if (at >= end) {
            return false;
        }
        nameAt = at;
        boolean quoted = false;
        while (at < end && (quoted || area[at] != ',')) {
            quoted ^= area[at] == '"';
            at++;
        }
        wordEnd = at;
        while (isBlank(area[wordEnd - 1])) {
            wordEnd--;
        }
        nameEnd = nameAt;
        while (nameEnd < wordEnd && area[nameEnd] != '=' && area[nameEnd] != ';' && !isBlank(area[nameEnd])) {
            nameEnd++;
        }
        return true;
    }

    /** Whether the word's name is this one, given in lower case. */
    boolean is(String name) {
        if (nameEnd - nameAt != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            byte octet = area[nameAt + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean hasValue() {
        return nameEnd < wordEnd && area[nameEnd] == '=';
    }

    /** Whether what stands behind the equals sign begins with this text, given in lower case. */
    boolean isValueOf(String start) {
        int from = nameEnd + 1;
        boolean same = hasValue() && wordEnd - from >= start.length();
        for (int i = 0; same && i < start.length(); i++) {
            byte octet = area[from + i];
            same = (octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) == start.charAt(i);
        }
        return same;
    }

    /** The number behind the equals sign, which may stand in quotes; -1 when there is none. */
    long number() {
        int from = nameEnd + 1;
        if (hasValue() && from < wordEnd && area[from] == '"') {
            from++;
        }
        long value = -1;
        for (int i = from; hasValue() && i < wordEnd && area[i] >= '0' && area[i] <= '9'; i++) {
            value = Math.min(Integer.MAX_VALUE, Math.max(0, value) * 10 + area[i] - '0');
        }
        return value;
    }

    /** Whether its quality is zero. */
    boolean isRefused() {
        int q = nameEnd;
        while (q + 1 < wordEnd && !((area[q] == 'q' || area[q] == 'Q') && area[q + 1] == '=')) {
            q++;
        }
        if (q + 2 >= wordEnd) {
            return false;
        }
        for (int i = q + 2; i < wordEnd; i++) {
            if (area[i] != '0' && area[i] != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
