package dev.weir.base.hash;

/**
 * The 32-bit hash functions of {@code hash-type} and of the converters, as facts.md defines them. All work on bytes of an
 * array and on unsigned arithmetic in an int.
 */
public final class Hash32 {

    private static final int[] CRC32 = crcTable(0xedb88320);
    private static final int[] CRC32C = crcTable(0x82f63b78);

    private static final int XX1 = 0x9e3779b1;
    private static final int XX2 = 0x85ebca77;
    private static final int XX3 = 0xc2b2ae3d;
    private static final int XX4 = 0x27d4eb2f;
    private static final int XX5 = 0x165667b1;

    private Hash32() {}

    private static int[] crcTable(int polynomial) {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ polynomial : value >>> 1;
            }
            table[i] = value;
        }
        return table;
    }

    public static int sdbm(byte[] data, int from, int count) {
        int h = 0;
        for (int i = from; i < from + count; i++) {
            h = (data[i] & 0xff) + (h << 6) + (h << 16) - h;
        }
        return h;
    }

    public static int djb2(byte[] data, int from, int count) {
        int h = 5381;
        for (int i = from; i < from + count; i++) {
            h = h * 33 + (data[i] & 0xff);
        }
        return h;
    }

    public static int wt6(byte[] data, int from, int count) {
        int h0 = 0xa53c965a;
        int h1 = 0x5ca6953a;
        int s0 = 6;
        int s1 = 18;
        for (int i = from; i < from + count; i++) {
            int c = data[i] & 0xff;
            h0 = ~(h0 ^ c);
            h1 = ~(h1 + c);
            int t = Integer.rotateLeft(h1, s0);
            h1 = Integer.rotateLeft(h0, s1);
            h0 = t;
            t = (h0 >>> 16 ^ h1) & 0xffff;
            s0 = t & 31;
            s1 = t >>> 11;
        }
        return h0 ^ h1;
    }

    public static int crc32(byte[] data, int from, int count) {
        return crc(CRC32, data, from, count);
    }

    public static int crc32c(byte[] data, int from, int count) {
        return crc(CRC32C, data, from, count);
    }

    private static int crc(int[] table, byte[] data, int from, int count) {
        int crc = -1;
        for (int i = from; i < from + count; i++) {
            crc = crc >>> 8 ^ table[(crc ^ data[i]) & 0xff];
        }
        return ~crc;
    }

    /** {@code hash-type ... none}: the decimal number that the text starts with, 0 without one. */
    public static int decimal(byte[] data, int from, int count) {
        int at = from;
        int end = from + count;
        int value = 0;
        while (at < end && data[at] >= '0' && data[at] <= '9') {
            value = value * 10 + data[at++] - '0';
        }
        return value;
    }

    /** Spreads the bits of a hash over the whole word. */
    public static int avalanche(int hash) {
        int a = hash;
        a = a + 0x7ed55d16 + (a << 12);
        a = a ^ 0xc761c23c ^ a >>> 19;
        a = a + 0x165667b1 + (a << 5);
        a = a + 0xd3a2646c ^ a << 9;
        a = a + 0xfd7046c5 + (a << 3);
        a = a ^ 0xb55a4f09 ^ a >>> 16;
        return a * (int) 3221225473L;
    }

    public static int xxh32(byte[] data, int from, int count, int seed) {
        int at = from;
        int end = from + count;
        int h;
        if (count >= 16) {
            int a = seed + XX1 + XX2;
            int b = seed + XX2;
            int c = seed;
            int d = seed - XX1;
            for (; at <= end - 16; at += 16) {
                a = xxRound(a, little(data, at));
                b = xxRound(b, little(data, at + 4));
                c = xxRound(c, little(data, at + 8));
                d = xxRound(d, little(data, at + 12));
            }
            h = Integer.rotateLeft(a, 1) + Integer.rotateLeft(b, 7) + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        } else {
            h = seed + XX5;
        }
        h += count;
        for (; at <= end - 4; at += 4) {
            h = Integer.rotateLeft(h + little(data, at) * XX3, 17) * XX4;
        }
        for (; at < end; at++) {
            h = Integer.rotateLeft(h + (data[at] & 0xff) * XX5, 11) * XX1;
        }
        h = (h ^ h >>> 15) * XX2;
        h = (h ^ h >>> 13) * XX3;
        return h ^ h >>> 16;
    }

    private static int xxRound(int accumulator, int input) {
        return Integer.rotateLeft(accumulator + input * XX2, 13) * XX1;
    }

    static int little(byte[] data, int at) {
        return data[at] & 0xff | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff) << 16 | data[at + 3] << 24;
    }
}
