package dev.weir.model.value;

import java.util.Arrays;

/** Comparisons of byte texts as ranges of arrays; letters are those of ASCII. */
public final class Texts {

    private Texts() {}

    public static boolean equal(byte[] a, int aAt, byte[] b, int bAt, int length) {
        return Arrays.equals(a, aAt, aAt + length, b, bAt, bAt + length);
    }

    public static boolean equalIgnoringCase(byte[] a, int aAt, byte[] b, int bAt, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(a[aAt + i]) != lower(b[bAt + i])) {
                return false;
            }
        }
        return true;
    }

    public static boolean equal(byte[] a, int aAt, byte[] b, int bAt, int length, boolean ignoreCase) {
        return ignoreCase ? equalIgnoringCase(a, aAt, b, bAt, length) : equal(a, aAt, b, bAt, length);
    }

    public static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }

    public static byte upper(byte c) {
        return c >= 'a' && c <= 'z' ? (byte) (c - 32) : c;
    }

    public static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** The first such byte in [from, to), or -1. */
    public static int indexOf(byte[] text, int from, int to, int c) {
        for (int i = from; i < to; i++) {
            if (text[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** The value of a hex digit, or -1. */
    public static int hexDigit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** As {@code strcmp}: the difference of the first bytes that differ, else of the lengths' order. */
    public static int compare(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
        return Arrays.compareUnsigned(a, aAt, aAt + aLength, b, bAt, bAt + bLength);
    }
}
