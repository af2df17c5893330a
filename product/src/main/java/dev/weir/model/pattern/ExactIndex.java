package dev.weir.model.pattern;

import dev.weir.model.value.Sample;
import dev.weir.model.value.Texts;

/** Texts that must be equal: a hash table with open addressing. The first of equal patterns wins. Immutable. */
final class ExactIndex implements PatternIndex {

    private final byte[][] keys;
    private final int[] slots;
    private final int mask;
    private final boolean ignoreCase;

    ExactIndex(byte[][] keys, boolean ignoreCase) {
        this.keys = keys;
        this.ignoreCase = ignoreCase;
        int size = Integer.highestOneBit(Math.max(4, keys.length)) * 4;
        slots = new int[size];
        mask = size - 1;
        for (int i = 0; i < keys.length; i++) {
            byte[] key = keys[i];
            if (find(key, 0, key.length) < 0) {
                int slot = hash(key, 0, key.length) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = i + 1;
            }
        }
    }

    @Override
    public int find(Sample sample) {
        return find(sample.bytes(), sample.at(), sample.length());
    }

    private int find(byte[] text, int at, int length) {
        int slot = hash(text, at, length) & mask;
        while (slots[slot] != 0) {
            byte[] key = keys[slots[slot] - 1];
            if (key.length == length && Texts.equal(key, 0, text, at, length, ignoreCase)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    private int hash(byte[] text, int at, int length) {
        int h = length;
        if (ignoreCase) {
            for (int i = at; i < at + length; i++) {
                h = h * 31 + Texts.lower(text[i]);
            }
        } else {
            for (int i = at; i < at + length; i++) {
                h = h * 31 + text[i];
            }
        }
        return h * 0x9e3779b1 ^ h >>> 15;
    }
}
