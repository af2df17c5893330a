package dev.weir.model.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes under construction, up to a limit. What goes beyond it is dropped and remembered as an overflow, so that a writer
 * may check once at its end. Keeps its memory from use to use. Worker-owned.
 */
public final class Area {

    public static final byte[] EMPTY = new byte[0];

    private static final int LEAST = 256;
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final int limit;
    private byte[] bytes = EMPTY;
    private int length;
    private boolean overflow;

    public Area(int limit) {
        this.limit = limit;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int limit() {
        return limit;
    }

    public boolean overflowed() {
        return overflow;
    }

    public Area clear() {
        length = 0;
        overflow = false;
        return this;
    }

    public void cut(int newLength) {
        length = newLength;
    }

    public Area put(int oneByte) {
        if (length == bytes.length && !grow(1)) {
            overflow = true;
            return this;
        }
        bytes[length++] = (byte) oneByte;
        return this;
    }

    public Area put(byte[] source) {
        return put(source, 0, source.length);
    }

    public Area put(byte[] source, int from, int count) {
        if (count > bytes.length - length && !grow(count)) {
            overflow = true;
            return this;
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Text whose characters are bytes. */
    public Area put(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
        return this;
    }

    public Area putNumber(long value) {
        long rest = value;
        if (value < 0) {
            put('-');
        } else {
            rest = -value;
        }
        // counted with negative numbers, for there is one more of them
        long power = 1;
        while (power < 1_000_000_000_000_000_000L && rest <= -power * 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            put((int) ('0' - rest / power));
            rest %= power;
        }
        return this;
    }

    public Area putUnsigned(long value) {
        if (value >= 0) {
            return putNumber(value);
        }
        return putNumber(Long.divideUnsigned(value, 10)).put((int) ('0' + Long.remainderUnsigned(value, 10)));
    }

    public Area putHex(byte[] source, int from, int count) {
        for (int i = from; i < from + count; i++) {
            put(UPPER[source[i] >> 4 & 15]).put(UPPER[source[i] & 15]);
        }
        return this;
    }

    /** The lowest digits of a number, in lower case. */
    public Area putHexDigits(long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            put(LOWER[(int) (value >>> shift) & 15]);
        }
        return this;
    }

    /** The lowest bytes of a number, the most significant first. */
    public Area putBigEndian(long value, int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
        return this;
    }

    /** Makes room for a writer that fills the array itself; false beyond the limit. */
    public boolean reserve(int count) {
        return count <= bytes.length - length || grow(count);
    }

    private boolean grow(int more) {
        if (more > limit - length) {
            return false;
        }
        int wanted = Math.max(LEAST, Math.max(length + more, bytes.length * 2));
        bytes = Arrays.copyOf(bytes, Math.min(limit, wanted));
        return true;
    }
}
