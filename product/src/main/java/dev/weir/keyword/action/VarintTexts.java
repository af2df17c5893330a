package dev.weir.keyword.action;

/** Walks over texts that each have their length before them, as {@code req.hdrs_bin} writes them. */
final class VarintTexts {

    private static final int ONE_BYTE = 0xf0;
    private static final int MOST_SHIFT = 28;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int textAt;
    private int length;

    VarintTexts(byte[] bytes, int from, int count) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + count;
    }

    /** Goes to the next text; false at the end, or where the bytes make no sense. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long value = bytes[at++] & 0xff;
        if (value >= ONE_BYTE) {
            int shift = 4;
            int c;
            do {
                if (at >= end || shift > MOST_SHIFT) {
                    return false;
                }
                c = bytes[at++] & 0xff;
                value += (long) c << shift;
                shift += 7;
            } while (c >= 128);
        }
        if (value > end - at) {
            return false;
        }
        textAt = at;
        length = (int) value;
        at += length;
        return true;
    }

    int at() {
        return textAt;
    }

    int length() {
        return length;
    }
}
