package dev.weir.base.log;

import dev.weir.base.address.Address;

/**
 * A line under construction: bytes that are appended and, once sent, forgotten. Grows to what the longest line needs and
 * stays there; beyond the limit what is appended is dropped, so that no value can make a line endless. Worker-owned.
 */
public final class LogLine {

    /** The longest {@code len} a log target can have. */
    public static final int LIMIT = 65535;

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes = new byte[512];
    private int length;
    private final StringBuilder scratch = new StringBuilder(48);

    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Cuts to this length if longer. */
    public void cut(int atMost) {
        length = Math.min(length, atMost);
    }

    public LogLine put(int oneByte) {
        if (room(1) > 0) {
            bytes[length++] = (byte) oneByte;
        }
        return this;
    }

    public LogLine put(byte[] text) {
        return put(text, 0, text.length);
    }

    public LogLine put(byte[] text, int from, int count) {
        int fits = room(count);
        System.arraycopy(text, from, bytes, length, fits);
        length += fits;
        return this;
    }

    /** Text of Latin-1 characters; another one becomes a question mark. */
    public LogLine put(CharSequence text) {
        int fits = room(text.length());
        for (int i = 0; i < fits; i++) {
            char c = text.charAt(i);
            bytes[length++] = (byte) (c < 256 ? c : '?');
        }
        return this;
    }

    public LogLine putNumber(long value) {
        if (room(LONGEST_NUMBER) < LONGEST_NUMBER) {
            return this;
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        if (value < 0) {
            bytes[length++] = '-';
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            // the remainder of a negative number is negative: this way Long.MIN_VALUE needs no case of its own
            bytes[i] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** With leading zeros up to this many digits. */
    public LogLine putPadded(long value, int digits) {
        long bound = 10;
        for (int i = 1; i < digits; i++, bound *= 10) {
            if (value < bound) {
                for (; i < digits; i++) {
                    put('0');
                }
                break;
            }
        }
        return putNumber(value);
    }

    /** In upper case hexadecimal with at least this many digits. */
    public LogLine putHex(long value, int atLeast) {
        int digits = Math.max(atLeast, (67 - Long.numberOfLeadingZeros(value)) / 4);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            put(shift > 60 ? '0' : DIGITS[(int) (value >>> shift) & 0xf]);
        }
        return this;
    }

    /** An IP address as text. */
    public LogLine putHost(Address address) {
        scratch.setLength(0);
        address.appendHost(scratch);
        return put(scratch);
    }

    /** How many of that many bytes there is room for, after growing. */
    private int room(int wanted) {
        int needed = Math.min(length + wanted, LIMIT);
        if (needed > bytes.length) {
            byte[] grown = new byte[Math.min(LIMIT, Math.max(needed, bytes.length * 2))];
            System.arraycopy(bytes, 0, grown, 0, length);
            bytes = grown;
        }
        return needed - length;
    }
}
