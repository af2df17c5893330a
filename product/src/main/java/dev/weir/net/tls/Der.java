package dev.weir.net.tls;

/**
 * A reader of ASN.1 in its distinguished encoding: one value after the other, inside bounds. What is wrong reads as
 * nothing. Used by whoever made it.
 */
final class Der {

    static final int INTEGER = 0x02;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int tag = -1;
    private int start;
    private int at;

    Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        this.next = from;
    }

    /** Goes to the next value; false at the end and when there is none. */
    boolean next() {
        tag = -1;
        if (next + 2 > end) {
            return false;
        }
        start = next;
        int length = bytes[next + 1] & 0xff;
        int head = 2;
        if (length > 0x80) {
            int octets = length & 0x7f;
            if (octets > 3 || next + 2 + octets > end) {
                return false;
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | bytes[next + 2 + i] & 0xff;
            }
            head += octets;
        } else if (length == 0x80) {
            return false;
        }
        if (length > end - next - head) {
            return false;
        }
        tag = bytes[next] & 0xff;
        at = next + head;
        next = at + length;
        return true;
    }

    int tag() {
        return tag;
    }

    int length() {
        return next - at;
    }

    byte[] value() {
        return java.util.Arrays.copyOfRange(bytes, at, next);
    }

    /** The value with its tag and length. */
    byte[] whole() {
        return java.util.Arrays.copyOfRange(bytes, start, next);
    }

    /** What is inside the value. */
    Der inside() {
        return new Der(bytes, at, next);
    }

    /** An object identifier in figures. */
    String oid() {
        StringBuilder text = new StringBuilder();
        long number = 0;
        for (int i = at; i < next; i++) {
            number = number << 7 | bytes[i] & 0x7f;
            if (bytes[i] >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(number / 40, 2);
                    text.append(first).append('.').append(number - 40 * first);
                } else {
                    text.append('.').append(number);
                }
                number = 0;
            }
        }
        return text.toString();
    }
}
