package dev.weir.flow.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Deflate (RFC 1951) for proxies: matches within the piece at hand, codes that are fixed, so that a body in the making
 * costs a few words of memory and a piece is done in one pass. Worker-owned; each body has a {@link State}.
 */
final class QuickDeflate {

    /** The most that is taken at once; matches reach no further back than a piece. */
    static final int PIECE = 32 * 1024;
    /** What a piece may become, block heads and the bits from before included. */
    static final int MOST = PIECE + PIECE / 8 + 64;

    private static final int HASH_BITS = 13;
    private static final int LEAST_MATCH = 4;
    private static final int LONGEST_MATCH = 258;
    /** The last bytes of a piece stay literals, so that reads of eight bytes stay inside. */
    private static final int MARGIN = 8;
    private static final int GIVE_UP_SHIFT = 6;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIXED_BLOCK = 0b010;
    private static final int FIXED_BITS = 3;
    private static final int END_OF_BLOCK_BITS = 7;

    /** A code in the low 24 bits, its length above: of each literal, and of each length with its extra bits. */
    private static final int[] LITERALS = new int[256];
    private static final int[] LENGTHS = new int[LONGEST_MATCH + 1];
    /** For distances up to 256 by distance - 1, for longer ones by (distance - 1 >> 7) + 256: the number of the code. */
    private static final byte[] DISTANCES = new byte[512];
    private static final int[] DISTANCE_BASE = new int[30];
    private static final int WIDTH_SHIFT = 24;
    private static final int CODE_MASK = 0xffffff;

    static {
        fillLiterals();
        fillLengths();
        fillDistances();
    }

    private final byte[] in = new byte[PIECE + MARGIN];
    private final byte[] out = new byte[MOST + MARGIN];
    private final int[] seen = new int[1 << HASH_BITS];
    /** Added to positions in the table, so that those of earlier pieces are too small to be meant. */
    private int base = 1;

    private long bits;
    private int count;
    private int at;
    private int openedAt;
    private int openedBit;

    /** What one body has between two pieces. */
    static final class State {
        private long bits;
        private int count;
        private boolean within;
    }

    /** Where a piece is put before {@link #piece}. */
    byte[] in() {
        return in;
    }

    /** What the last call has written. */
    byte[] out() {
        return out;
    }

    /** Compresses the first bytes of {@link #in} and returns how many bytes of {@link #out} came of it. */
    int piece(State state, int length) {
        enter(state);
        if (!state.within) {
            openedAt = at;
            openedBit = count;
            put(FIXED_BLOCK, FIXED_BITS);
        }
        compress(length);
        if (at > length + MARGIN) {
            // nothing was gained: as it is
            enter(state);
            endBlock(state);
            store(length);
            openedAt = -1;
        } else {
            state.within = true;
        }
        return leave(state);
    }

    /** Brings all that was put in out, up to a whole byte. */
    int pause(State state) {
        enter(state);
        endBlock(state);
        store(0);
        return leave(state);
    }

    /** Ends the body; one whose open block has been told that it is the last needs no other. */
    int finish(State state, boolean told) {
        enter(state);
        endBlock(state);
        if (!told) {
            put(FIXED_BLOCK | 1, FIXED_BITS);
            put(0, END_OF_BLOCK_BITS);
        }
        align();
        return leave(state);
    }

    /** Where in {@link #out} the last call has begun a block that is still open; -1 if it has not. */
    int openedAt() {
        return openedAt;
    }

    /** The bit of that byte which says that the block is the last. */
    int openedBit() {
        return openedBit;
    }

    private void enter(State state) {
        bits = state.bits;
        count = state.count;
        at = 0;
        openedAt = -1;
    }

    private int leave(State state) {
        state.bits = bits;
        state.count = count;
        return at;
    }

    private void endBlock(State state) {
        if (state.within) {
            put(0, END_OF_BLOCK_BITS);
            state.within = false;
        }
    }

    private void align() {
        count = count + 7 & ~7;
        put(0, 0);
    }

    /** A block of bytes as they are; none makes the mark at which readers have all. */
    private void store(int length) {
        put(0, FIXED_BITS);
        align();
        put(length, 16);
        put(~length & 0xffff, 16);
        System.arraycopy(in, 0, out, at, length);
        at += length;
    }

    /** Writes the lowest bits of a value; at most seven bits stay behind. */
    private void put(long value, int width) {
        bits |= value << count;
        count += width;
        LONG.set(out, at, bits);
        at += count >>> 3;
        bits >>>= count & ~7;
        count &= 7;
    }

    private void compress(int length) {
        int last = length - MARGIN;
        int from = 0;
        int misses = 0;
        for (int i = 0; i < last;) {
            int word = (int) INT.get(in, i);
            int slot = word * -1640531535 >>> 32 - HASH_BITS;
            int before = seen[slot] - base;
            seen[slot] = base + i;
            if (before >= 0 && (int) INT.get(in, before) == word) {
                literals(from, i);
                int same = match(before, i, Math.min(length - i, LONGEST_MATCH));
                pair(same, i - before);
                i += same;
                from = i;
                misses = 0;
            } else {
                // the longer nothing is found, the less is looked for
                i += 1 + (misses++ >> GIVE_UP_SHIFT);
            }
        }
        literals(from, length);
        forget(length);
    }

    private void forget(int length) {
        base += length;
        if (base > Integer.MAX_VALUE - 2 * PIECE) {
            Arrays.fill(seen, 0);
            base = 1;
        }
    }

    /** How many bytes are the same at both places, at least four. */
    private int match(int before, int i, int most) {
        int same = LEAST_MATCH;
        while (same + Long.BYTES <= most) {
            long differs = (long) LONG.get(in, before + same) ^ (long) LONG.get(in, i + same);
            if (differs != 0) {
                return same + (Long.numberOfTrailingZeros(differs) >>> 3);
            }
            same += Long.BYTES;
        }
        while (same < most && in[before + same] == in[i + same]) {
            same++;
        }
        return same;
    }

    private void literals(int from, int to) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            int first = LITERALS[in[i] & 0xff];
            int second = LITERALS[in[i + 1] & 0xff];
            int third = LITERALS[in[i + 2] & 0xff];
            int fourth = LITERALS[in[i + 3] & 0xff];
            int two = (first >>> WIDTH_SHIFT) + (second >>> WIDTH_SHIFT);
            int three = two + (third >>> WIDTH_SHIFT);
            put(first & CODE_MASK | (long) (second & CODE_MASK) << (first >>> WIDTH_SHIFT) | (long) (third & CODE_MASK) << two
                    | (long) (fourth & CODE_MASK) << three, three + (fourth >>> WIDTH_SHIFT));
        }
        for (; i < to; i++) {
            int code = LITERALS[in[i] & 0xff];
            put(code & CODE_MASK, code >>> WIDTH_SHIFT);
        }
    }

    private void pair(int length, int distance) {
        int code = LENGTHS[length];
        int width = code >>> WIDTH_SHIFT;
        int far = distance - 1;
        int number = DISTANCES[far < 256 ? far : 256 + (far >>> 7)];
        long value = code & CODE_MASK | (long) reversed(number, 5) << width;
        width += 5;
        value |= (long) (far - DISTANCE_BASE[number]) << width;
        put(value, width + extra(number));
    }

    private static int extra(int number) {
        return number < 4 ? 0 : (number >>> 1) - 1;
    }

    private static int reversed(int code, int width) {
        return Integer.reverse(code) >>> 32 - width;
    }

    private static void fillLiterals() {
        for (int i = 0; i < 256; i++) {
            LITERALS[i] = i < 144 ? reversed(0x30 + i, 8) | 8 << WIDTH_SHIFT : reversed(0x190 + i - 144, 9) | 9 << WIDTH_SHIFT;
        }
    }

    private static void fillLengths() {
        int length = 3;
        for (int number = 257; length < LONGEST_MATCH; number++) {
            int extra = number < 265 ? 0 : (number - 261) / 4;
            int width = number < 280 ? 7 : 8;
            int code = number < 280 ? reversed(number - 256, 7) : reversed(0xc0 + number - 280, 8);
            for (int i = 0; i < 1 << extra && length < LONGEST_MATCH; i++) {
                LENGTHS[length++] = code | i << width | width + extra << WIDTH_SHIFT;
            }
        }
        LENGTHS[LONGEST_MATCH] = reversed(0xc0 + 285 - 280, 8) | 8 << WIDTH_SHIFT;
    }

    private static void fillDistances() {
        int far = 0;
        for (int number = 0; number < 30; number++) {
            DISTANCE_BASE[number] = far;
            for (int end = far + (1 << extra(number)); far < end; far++) {
                DISTANCES[far < 256 ? far : 256 + (far >>> 7)] = (byte) number;
            }
        }
    }
}
