package dev.weir.base.hash;

/** XXH64, for dynamic cookies, the shards of stick tables and the converter of that name. */
public final class Hash64 {

    private static final long P1 = 0x9e3779b185ebca87L;
    private static final long P2 = 0xc2b2ae3d27d4eb4fL;
    private static final long P3 = 0x165667b19e3779f9L;
    private static final long P4 = 0x85ebca77c2b2ae63L;
    private static final long P5 = 0x27d4eb2f165667c5L;

    private Hash64() {}

    public static long xxh64(byte[] data, int from, int count, long seed) {
        int at = from;
        int end = from + count;
        long h;
        if (count >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at <= end - 32; at += 32) {
                a = round(a, little(data, at));
                b = round(b, little(data, at + 8));
                c = round(c, little(data, at + 16));
                d = round(d, little(data, at + 24));
            }
            h = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            h = merge(merge(merge(merge(h, a), b), c), d);
        } else {
            h = seed + P5;
        }
        h += count;
        for (; at <= end - 8; at += 8) {
            h = Long.rotateLeft(h ^ round(0, little(data, at)), 27) * P1 + P4;
        }
        if (at <= end - 4) {
            h = Long.rotateLeft(h ^ (Hash32.little(data, at) & 0xffff_ffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            h = Long.rotateLeft(h ^ (data[at] & 0xff) * P5, 11) * P1;
        }
        h = (h ^ h >>> 33) * P2;
        h = (h ^ h >>> 29) * P3;
        return h ^ h >>> 32;
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long value) {
        return (hash ^ round(0, value)) * P1 + P4;
    }

    private static long little(byte[] data, int at) {
        return Hash32.little(data, at) & 0xffff_ffffL | (long) Hash32.little(data, at + 4) << 32;
    }
}
