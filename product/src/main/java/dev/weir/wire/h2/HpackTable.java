package dev.weir.wire.h2;

/**
 * The dynamic table of RFC 7541 section 2.3.2: the last header fields that the peer wanted remembered, the latest first.
 * Their bytes stand in one area in the order in which they came; when its end is reached they move to its front.
 * Nothing is held before the first entry. Worker-owned.
 */
final class HpackTable {

    /** What the RFC adds to the size of each entry. */
    static final int PER_ENTRY = 32;
    private static final int LEAST = 512;

    private byte[] area = {};
    private int used;
    private int[] starts = {};
    private int[] names = {};
    private int[] ends = {};
    private int head;
    private int count;
    private int size;
    private int limit;

    HpackTable(int limit) {
        this.limit = limit;
    }

    int count() {
        return count;
    }

    int size() {
        return size;
    }

    /** A smaller limit lets the oldest go. */
    void limit(int bytes) {
        limit = bytes;
        evict(0);
    }

    /** Remembers a field; one that is bigger than the table empties it. */
    void add(byte[] name, int nameAt, int nameLength, byte[] value, int valueAt, int valueLength) {
        int length = nameLength + valueLength;
        evict(length + PER_ENTRY);
        if (length + PER_ENTRY > limit) {
            return;
        }
        reserve(length);
        int slot = head;
        head = head + 1 == starts.length ? 0 : head + 1;
        count++;
        size += length + PER_ENTRY;
        starts[slot] = used;
        System.arraycopy(name, nameAt, area, used, nameLength);
        used += nameLength;
        names[slot] = used;
        System.arraycopy(value, valueAt, area, used, valueLength);
        used += valueLength;
        ends[slot] = used;
    }

    private void evict(int room) {
        while (count > 0 && size + room > limit) {
            int slot = slot(count - 1);
            size -= ends[slot] - starts[slot] + PER_ENTRY;
            count--;
        }
        if (count == 0) {
            used = 0;
        }
    }

    private void reserve(int length) {
        if (count == starts.length) {
            grow(Math.max(16, count * 2));
        }
        if (used + length > area.length) {
            int kept = size - count * PER_ENTRY;
            int from = count == 0 ? 0 : starts[slot(count - 1)];
            // moving must be worth it, or each entry would move all others
            byte[] next = (kept + length) * 2 > area.length
                    ? new byte[Math.max(LEAST, (kept + length) * 2)] : area;
            System.arraycopy(area, from, next, 0, used - from);
            area = next;
            for (int i = 0; i < count; i++) {
                int slot = slot(i);
                starts[slot] -= from;
                names[slot] -= from;
                ends[slot] -= from;
            }
            used -= from;
        }
    }

    private void grow(int slots) {
        int[] nextStarts = straighten(starts, slots);
        int[] nextNames = straighten(names, slots);
        ends = straighten(ends, slots);
        starts = nextStarts;
        names = nextNames;
        head = count;
    }

    /** The same in a longer array, the oldest first. */
    private int[] straighten(int[] ring, int slots) {
        int[] next = new int[slots];
        for (int i = 0; i < count; i++) {
            next[i] = ring[slot(count - 1 - i)];
        }
        return next;
    }

    private int slot(int index) {
        int slot = head - 1 - index;
        return slot < 0 ? slot + starts.length : slot;
    }

    byte[] area() {
        return area;
    }

    /** Of the entry with that index; 0 is the latest. */
    int nameAt(int index) {
        return starts[slot(index)];
    }

    int nameLength(int index) {
        return names[slot(index)] - starts[slot(index)];
    }

    int valueAt(int index) {
        return names[slot(index)];
    }

    int valueLength(int index) {
        return ends[slot(index)] - names[slot(index)];
    }
}
