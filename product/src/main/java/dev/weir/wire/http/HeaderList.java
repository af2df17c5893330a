package dev.weir.wire.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Headers in their order as places in one area of bytes: those of a head, or the trailers behind a body.
 *
 * <p>What was read stands in the area as it came, names in lower case; what is added is appended behind it in the form
 * {@code name: value CR LF}. Edits move no byte: a deleted header is a marked row, a replaced value points elsewhere. So
 * an index stays good until {@link #clear}, and neighbours that were not touched can be written in one piece. Ranges that
 * were handed out stay good too when the area grows, since they name the array they are in. Worker-owned.
 */
public class HeaderList {

    private static final int ROW = 5;
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH = 1;
    private static final int HASH = 2;
    private static final int VALUE_AT = 3;
    private static final int VALUE_LENGTH = 4;
    /** The colon, the blank and the line end of a header as it is written. */
    private static final int AROUND = 4;
    private static final int MAX_DIGITS = 19;

    private byte[] area;
    private int used;
    private int[] rows;
    private int count;
    private int live;
    private int size;
    private int limit = Integer.MAX_VALUE;
    private final byte[] digits = new byte[MAX_DIGITS];

    HeaderList(int areaBytes, int headers) {
        area = new byte[areaBytes];
        rows = new int[headers * ROW];
    }

    void clear() {
        used = 0;
        count = 0;
        live = 0;
        size = 0;
    }

    /** Gives up an area that one big message has grown beyond this. */
    void shrink(int areaBytes, int headers) {
        if (area.length > areaBytes) {
            area = new byte[areaBytes];
        }
        if (rows.length > headers * ROW) {
            rows = new int[headers * ROW];
        }
    }

    /** The bytes that all places count in. Ask again after an edit. */
    public final byte[] area() {
        return area;
    }

    public final int used() {
        return used;
    }

    /** What edits may let the headers grow to, as written. */
    public final void limit(int bytes) {
        limit = bytes;
    }

    final int limit() {
        return limit;
    }

    /** Bytes of the headers as they would be written. */
    public final int size() {
        return size;
    }

    /** Takes bytes of a message into the area at a place, whatever stood there. Nothing behind them is kept. */
    public final void fill(int at, ByteBuf in, int from, int length) {
        reserve(at, length);
        in.getBytes(from, area, at, length);
    }

    /** Makes room for bytes that are to be put behind what is used, and tells where that is. */
    public final int reserve(int length) {
        reserve(used, length);
        return used;
    }

    /** Says that everything before this place is the message as it came; edits go behind it. */
    public final void filled(int upTo) {
        used = upTo;
    }

    /** Files a header that stands in the area, and tells its index. */
    public final int file(int nameAt, int nameLength, int hash, int valueAt, int valueLength) {
        int at = count * ROW;
        if (at == rows.length) {
            rows = Arrays.copyOf(rows, at * 2);
        }
        rows[at + NAME_AT] = nameAt;
        rows[at + NAME_LENGTH] = nameLength;
        rows[at + HASH] = hash;
        rows[at + VALUE_AT] = valueAt;
        rows[at + VALUE_LENGTH] = valueLength;
        live++;
        size += nameLength + valueLength + AROUND;
        return count++;
    }

    /** How many headers there are. */
    public final int headers() {
        return live;
    }

    /** The first header, or -1: {@code for (int i = first(); i >= 0; i = after(i))}. */
    public final int first() {
        return after(-1);
    }

    /** The next header, or -1. */
    public final int after(int index) {
        for (int i = index + 1; i < count; i++) {
            if (rows[i * ROW + NAME_LENGTH] >= 0) {
                return i;
            }
        }
        return -1;
    }

    public final int nameAt(int index) {
        return rows[index * ROW + NAME_AT];
    }

    /** Negative when the header has been deleted. */
    public final int nameLength(int index) {
        return rows[index * ROW + NAME_LENGTH];
    }

    public final int hash(int index) {
        return rows[index * ROW + HASH];
    }

    public final int valueAt(int index) {
        return rows[index * ROW + VALUE_AT];
    }

    public final int valueLength(int index) {
        return rows[index * ROW + VALUE_LENGTH];
    }

    /** The first header of that name, or -1. */
    public final int find(HeaderName name) {
        return find(name, 0);
    }

    /** The first header of that name from this index on, or -1. */
    public final int find(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (is(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /** The last header of that name, or -1. */
    public final int findLast(HeaderName name) {
        int i = count - 1;
        while (i >= 0 && !is(i, name)) {
            i--;
        }
        return i;
    }

    public final boolean is(int index, HeaderName name) {
        int at = index * ROW;
        return rows[at + HASH] == name.hash && rows[at + NAME_LENGTH] == name.bytes.length
                && Octets.same(area, rows[at + NAME_AT], name.bytes.length, name.bytes);
    }

    /** Adds a header at the end. False when there is no room for it; then nothing has changed. */
    public final boolean add(HeaderName name, byte[] value, int from, int length) {
        int nameLength = name.bytes.length;
        if (!fits(nameLength + length + AROUND)) {
            return false;
        }
        int at = used;
        int valueAt = put(name.bytes, 0, nameLength, value, from, length);
        file(at, nameLength, name.hash, valueAt, length);
        return true;
    }

    public final boolean add(HeaderName name, byte[] value) {
        return add(name, value, 0, value.length);
    }

    /** Adds a header whose name stands somewhere, in any case. */
    public final boolean add(byte[] name, int nameFrom, int nameLength, byte[] value, int from, int length) {
        if (!fits(nameLength + length + AROUND)) {
            return false;
        }
        int at = used;
        int valueAt = put(name, nameFrom, nameLength, value, from, length);
        int hash = 0;
        for (int i = at; i < at + nameLength; i++) {
            area[i] = Octets.lower(area[i]);
            hash = Octets.hash(hash, area[i]);
        }
        file(at, nameLength, hash, valueAt, length);
        return true;
    }

    /** Adds what another list holds. */
    public final void addAll(HeaderList other) {
        for (int i = other.first(); i >= 0; i = other.after(i)) {
            add(other.area, other.nameAt(i), other.nameLength(i), other.area, other.valueAt(i), other.valueLength(i));
        }
    }

    public final boolean addNumber(HeaderName name, long value) {
        int at = MAX_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return add(name, digits, at, MAX_DIGITS - at);
    }

    /** Deletes all headers of that name and adds one at the end. */
    public final boolean set(HeaderName name, byte[] value, int from, int length) {
        // the new one first: the value may come from one of the old ones
        int before = count;
        if (!add(name, value, from, length)) {
            return false;
        }
        for (int i = find(name, 0); i >= 0 && i < before; i = find(name, i + 1)) {
            delete(i);
        }
        return true;
    }

    /** Replaces a value where it stands. False when there is no room for it. */
    public final boolean replaceValue(int index, byte[] value, int from, int length) {
        if (!fits(length - valueLength(index))) {
            return false;
        }
        reserve(used, length);
        System.arraycopy(value, from, area, used, length);
        pointValue(index, used, length);
        used += length;
        return true;
    }

    /** Has a value be some other place of the area: a part of what it was. */
    public final void pointValue(int index, int valueAt, int valueLength) {
        int at = index * ROW;
        size += valueLength - rows[at + VALUE_LENGTH];
        rows[at + VALUE_AT] = valueAt;
        rows[at + VALUE_LENGTH] = valueLength;
    }

    /** Marks a header as gone. */
    public final void delete(int index) {
        int at = index * ROW;
        if (rows[at + NAME_LENGTH] >= 0) {
            size -= rows[at + NAME_LENGTH] + rows[at + VALUE_LENGTH] + AROUND;
            rows[at + NAME_LENGTH] = ~rows[at + NAME_LENGTH];
            live--;
        }
    }

    /** Deletes all headers of that name and tells how many there were. */
    public final int deleteAll(HeaderName name) {
        int deleted = 0;
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
            delete(i);
            deleted++;
        }
        return deleted;
    }

    private boolean fits(int more) {
        return more <= limit - size;
    }

    /** Appends bytes that no header owns and tells where; for the parts of a start line. */
    final int append(byte[] bytes, int from, int length) {
        reserve(used, length);
        System.arraycopy(bytes, from, area, used, length);
        used += length;
        return used - length;
    }

    private int put(byte[] name, int nameFrom, int nameLength, byte[] value, int from, int length) {
        int at = used;
        reserve(at, nameLength + length + AROUND);
        System.arraycopy(name, nameFrom, area, at, nameLength);
        at += nameLength;
        area[at++] = ':';
        area[at++] = ' ';
        System.arraycopy(value, from, area, at, length);
        area[at + length] = '\r';
        area[at + length + 1] = '\n';
        used = at + length + 2;
        return at;
    }

    private void reserve(int at, int length) {
        if (at + length > area.length) {
            area = Arrays.copyOf(area, Math.max(at + length, area.length * 2));
        }
    }
}
