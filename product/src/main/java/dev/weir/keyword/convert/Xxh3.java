package dev.weir.keyword.convert;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH3 with 64 bits and a seed, as its specification defines it (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
 */
final class Xxh3 {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long P32_1 = 0x9e3779b1L;
    private static final long P32_2 = 0x85ebca77L;
    private static final long P32_3 = 0xc2b2ae3dL;
    private static final long P64_1 = 0x9e3779b185ebca87L;
    private static final long P64_2 = 0xc2b2ae3d27d4eb4fL;
    private static final long P64_3 = 0x165667b19e3779f9L;
    private static final long P64_4 = 0x85ebca77c2b2ae63L;
    private static final long P64_5 = 0x27d4eb2f165667c5L;
    private static final long MIX_1 = 0x165667919e3779f9L;
    private static final long MIX_2 = 0x9fb21c651e98df25L;

    private static final int SECRET_SIZE = 192;
    private static final int STRIPE = 64;
    private static final byte[] SECRET = bytes(
            "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221"
            + "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8a8"
            + "fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb17"
            + "0ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

    private Xxh3() {}

    private static byte[] bytes(String hex) {
        byte[] result = new byte[SECRET_SIZE];
        for (int i = 0; i < hex.length() / 2; i++) {
            result[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return result;
    }

    private static long le64(byte[] data, int at) {
        return (long) LONGS.get(data, at);
    }

    private static long le32(byte[] data, int at) {
        return (int) INTS.get(data, at) & 0xffff_ffffL;
    }

    static long hash(byte[] data, int at, int length, long seed) {
        if (length <= 16) {
            return shortest(data, at, length, seed);
        }
        if (length <= 128) {
            return medium(data, at, length, seed);
        }
        return length <= 240 ? longer(data, at, length, seed) : longest(data, at, length, seed);
    }

    private static long shortest(byte[] data, int at, int length, long seed) {
        if (length > 8) {
            long flip1 = (le64(SECRET, 24) ^ le64(SECRET, 32)) + seed;
            long flip2 = (le64(SECRET, 40) ^ le64(SECRET, 48)) - seed;
            long low = le64(data, at) ^ flip1;
            long high = le64(data, at + length - 8) ^ flip2;
            return avalanche(length + Long.reverseBytes(low) + high + fold(low, high));
        }
        if (length >= 4) {
            long mixed = seed ^ (long) Integer.reverseBytes((int) seed) << 32;
            long flip = (le64(SECRET, 8) ^ le64(SECRET, 16)) - mixed;
            long h = le32(data, at + length - 4) + (le32(data, at) << 32) ^ flip;
            h ^= Long.rotateLeft(h, 49) ^ Long.rotateLeft(h, 24);
            h *= MIX_2;
            h ^= (h >>> 35) + length;
            h *= MIX_2;
            return h ^ h >>> 28;
        }
        if (length > 0) {
            long combined = (long) (data[at] & 0xff) << 16 | (long) (data[at + (length >> 1)] & 0xff) << 24
                    | data[at + length - 1] & 0xff | (long) length << 8;
            return avalanche64(combined ^ (le32(SECRET, 0) ^ le32(SECRET, 4)) + seed);
        }
        return avalanche64(seed ^ le64(SECRET, 56) ^ le64(SECRET, 64));
    }

    private static long medium(byte[] data, int at, int length, long seed) {
        long sum = length * P64_1;
        for (int i = (length - 1) / 32; i >= 0; i--) {
            sum += mix16(data, at + 16 * i, 32 * i, seed);
            sum += mix16(data, at + length - 16 * (i + 1), 32 * i + 16, seed);
        }
        return avalanche(sum);
    }

    private static long longer(byte[] data, int at, int length, long seed) {
        long sum = length * P64_1;
        int rounds = length / 16;
        for (int i = 0; i < 8; i++) {
            sum += mix16(data, at + 16 * i, 16 * i, seed);
        }
        sum = avalanche(sum);
        for (int i = 8; i < rounds; i++) {
            sum += mix16(data, at + 16 * i, 16 * (i - 8) + 3, seed);
        }
        return avalanche(sum + mix16(data, at + length - 16, 136 - 17, seed));
    }

    private static long longest(byte[] data, int at, int length, long seed) {
        byte[] secret = seed == 0 ? SECRET : secret(seed);
        long[] lanes = {P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1};
        int stripesPerBlock = (SECRET_SIZE - STRIPE) / 8;
        int block = STRIPE * stripesPerBlock;
        int blocks = (length - 1) / block;
        for (int b = 0; b < blocks; b++) {
            for (int s = 0; s < stripesPerBlock; s++) {
                accumulate(lanes, data, at + b * block + s * STRIPE, secret, s * 8);
            }
            scramble(lanes, secret);
        }
        int stripes = (length - 1 - block * blocks) / STRIPE;
        for (int s = 0; s < stripes; s++) {
            accumulate(lanes, data, at + blocks * block + s * STRIPE, secret, s * 8);
        }
        accumulate(lanes, data, at + length - STRIPE, secret, SECRET_SIZE - STRIPE - 7);
        long result = length * P64_1;
        for (int i = 0; i < 4; i++) {
            result += fold(lanes[2 * i] ^ le64(secret, 11 + 16 * i), lanes[2 * i + 1] ^ le64(secret, 19 + 16 * i));
        }
        return avalanche(result);
    }

    private static byte[] secret(long seed) {
        byte[] secret = new byte[SECRET_SIZE];
        for (int i = 0; i < SECRET_SIZE; i += 16) {
            LONGS.set(secret, i, le64(SECRET, i) + seed);
            LONGS.set(secret, i + 8, le64(SECRET, i + 8) - seed);
        }
        return secret;
    }

    private static void accumulate(long[] lanes, byte[] data, int at, byte[] secret, int secretAt) {
        for (int i = 0; i < 8; i++) {
            long value = le64(data, at + 8 * i);
            long key = value ^ le64(secret, secretAt + 8 * i);
            lanes[i ^ 1] += value;
            lanes[i] += (key & 0xffff_ffffL) * (key >>> 32);
        }
    }

    private static void scramble(long[] lanes, byte[] secret) {
        for (int i = 0; i < 8; i++) {
            lanes[i] = (lanes[i] ^ lanes[i] >>> 47 ^ le64(secret, SECRET_SIZE - STRIPE + 8 * i)) * P32_1;
        }
    }

    private static long mix16(byte[] data, int at, int secretAt, long seed) {
        return fold(le64(data, at) ^ le64(SECRET, secretAt) + seed,
                le64(data, at + 8) ^ le64(SECRET, secretAt + 8) - seed);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche(long hash) {
        long h = hash ^ hash >>> 37;
        h *= MIX_1;
        return h ^ h >>> 32;
    }

    private static long avalanche64(long hash) {
        long h = (hash ^ hash >>> 33) * P64_2;
        h = (h ^ h >>> 29) * P64_3;
        return h ^ h >>> 32;
    }
}
