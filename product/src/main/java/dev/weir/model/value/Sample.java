package dev.weir.model.value;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import java.nio.charset.StandardCharsets;

/**
 * One typed value, filled again and again. Bytes are borrowed from whoever has them (a head, a variable, an area of the
 * workspace) as array, place and length, and hold until that owner changes them. Worker-owned.
 */
public final class Sample {

    /** More data may make another value of it. */
    public static final int MAY_CHANGE = 1;
    /** The fetch has further values; it is to be called again with this same sample. */
    public static final int NOT_LAST = 2;

    private SampleType type = SampleType.ANY;
    private long number;
    private long high;
    private byte[] bytes = Area.EMPTY;
    private int at;
    private int length;
    private int flags;

    /** Where an iterating fetch goes on: an index, and a place in a text. Only the fetch reads them. */
    public int cursor;
    public int cursorAt;

    public SampleType type() {
        return type;
    }

    /** The value of a boolean (0 or 1) or an integer, the bits of an IPv4 address, the number of a method. */
    public long number() {
        return number;
    }

    /** The upper half of an IPv6 address. */
    public long high() {
        return high;
    }

    /** The lower half of an IPv6 address, or the bits of an IPv4 one. */
    public long low() {
        return number;
    }

    public boolean isTrue() {
        return number != 0;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int at() {
        return at;
    }

    public int length() {
        return length;
    }

    public int end() {
        return at + length;
    }

    public byte byteAt(int index) {
        return bytes[at + index];
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public void mark(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
    }

    /** Before a fetch is asked for its first value. */
    public void clear() {
        type = SampleType.ANY;
        flags = 0;
        cursor = 0;
        cursorAt = 0;
    }

    public void bool(boolean value) {
        type = SampleType.BOOL;
        number = value ? 1 : 0;
    }

    public void integer(long value) {
        type = SampleType.INTEGER;
        number = value;
    }

    /** From the four bytes read big-endian. */
    public void ipv4(int bits) {
        type = SampleType.IPV4;
        high = 0;
        number = bits & 0xffff_ffffL;
    }

    public void ipv6(long upper, long lower) {
        type = SampleType.IPV6;
        high = upper;
        number = lower;
    }

    /** False, and nothing changed, when it is no IP address. */
    public boolean address(Address address) {
        if (address == null || !address.family().isIp()) {
            return false;
        }
        if (address.family() == Family.IPV4) {
            ipv4((int) address.low());
        } else {
            ipv6(address.high(), address.low());
        }
        return true;
    }

    public void string(byte[] source, int from, int count) {
        text(SampleType.STRING, source, from, count);
    }

    public void string(byte[] source) {
        text(SampleType.STRING, source, 0, source.length);
    }

    public void binary(byte[] source, int from, int count) {
        text(SampleType.BINARY, source, from, count);
    }

    /** What was written into an area. */
    public void take(SampleType as, Area area) {
        text(as, area.bytes(), 0, area.length());
    }

    /** A method; its bytes are those of its name. */
    public void method(int known, byte[] source, int from, int count) {
        text(SampleType.METHOD, source, from, count);
        number = known;
    }

    public void text(SampleType as, byte[] source, int from, int count) {
        type = as;
        bytes = source;
        at = from;
        length = count;
    }

    /** Keeps only a part of the bytes. */
    public void slice(int from, int count) {
        at += from;
        length = count;
    }

    /** The same value under another type, for casts that change nothing. */
    public void retype(SampleType next) {
        type = next;
    }

    /** Becomes the same value; bytes stay shared, flags and cursors stay ours. */
    public void copyValue(Sample other) {
        type = other.type;
        number = other.number;
        high = other.high;
        bytes = other.bytes;
        at = other.at;
        length = other.length;
    }

    /** For messages and tests, not for traffic. */
    @Override
    public String toString() {
        Area out = new Area(1 << 20);
        return Casts.append(this, out) ? new String(out.bytes(), 0, out.length(), StandardCharsets.ISO_8859_1) : "";
    }
}
