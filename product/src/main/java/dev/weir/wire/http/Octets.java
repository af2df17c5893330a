package dev.weir.wire.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Classes of the bytes of RFC 9110, and searches and comparisons of byte ranges. Immutable. */
public final class Octets {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** The lower case of each byte of a token, 0 for what is none. */
    private static final byte[] TOKEN = new byte[256];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            if (c <= '9' || c >= 'a' || c >= 'A' && c <= 'Z') {
                TOKEN[c] = lower((byte) c);
            }
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = (byte) c;
        }
    }

    private Octets() {}

    /** The lower case of a byte that may stand in a token, else 0. */
    public static byte token(byte c) {
        return TOKEN[c & 0xff];
    }

    public static boolean isToken(byte c) {
        return TOKEN[c & 0xff] != 0;
    }

    public static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    public static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isLetter(byte c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    public static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }

    /** One step of the hash of header names, over lower case bytes. */
    public static int hash(int soFar, byte c) {
        return soFar * 31 + c;
    }

    /** Where the byte stands first, or -1. Eight at a time, without looking behind the end. */
    public static int indexOf(byte[] area, int from, int to, byte wanted) {
        long pattern = (wanted & 0xff) * ONES;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long difference = (long) LONGS.get(area, at) ^ pattern;
            long zeroes = difference - ONES & ~difference & HIGHS;
            if (zeroes != 0) {
                return at + (Long.numberOfTrailingZeros(zeroes) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (area[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    public static boolean same(byte[] area, int at, int length, byte[] other) {
        return length == other.length && Arrays.equals(area, at, at + length, other, 0, length);
    }

    public static boolean sameIgnoringCase(byte[] area, int at, int length, byte[] other, int otherAt, int otherLength) {
        if (length != otherLength) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(area[at + i]) != lower(other[otherAt + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether that word, given in lower case, stands there in any case. */
    public static boolean isWord(byte[] area, int at, int length, byte[] lowerCase) {
        if (length != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(area[at + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }
}
