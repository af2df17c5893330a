package dev.weir.wire.h2;

import dev.weir.wire.http.HeaderList;

/**
 * Reads header blocks of RFC 7541, one field after the other, straight into the area of a head, where each stands as
 * {@code name: value CR LF}. A whole block is always read to its end, since the table must follow every field of it, even
 * when the message has turned out to be of no use. Worker-owned.
 */
public final class HpackDecoder {

    private static final int MOST_INTEGER = 1 << 24;
    private static final int BAD = -1;

    private final int tableLimit;
    private final HpackTable table;
    private byte[] in;
    private int at;
    private int end;
    private boolean fieldSeen;
    private boolean bad;
    private HeaderList list;
    private int nameAt;
    private int nameLength;
    private int valueAt;
    private int valueLength;

    /** @param tableLimit what our settings let the peer's table grow to */
    public HpackDecoder(int tableLimit) {
        this.tableLimit = tableLimit;
        table = new HpackTable(tableLimit);
    }

    public void begin(byte[] block, int from, int to, HeaderList into) {
        in = block;
        at = from;
        end = to;
        fieldSeen = false;
        bad = false;
        list = into;
    }

    /** Goes to the next field; false at the end of the block, or where it is wrong: see {@link #isBad}. */
    public boolean next() {
        while (at < end) {
            int first = in[at] & 0xff;
            if ((first & 0xe0) == 0x20) {
                if (fieldSeen || !resize()) {
                    return fail();
                }
                continue;
            }
            fieldSeen = true;
            boolean good = (first & 0x80) != 0 ? indexed() : literal(first);
            return good || fail();
        }
        return false;
    }

    private boolean fail() {
        bad = true;
        at = end;
        return false;
    }

    /** After this nothing more on the connection can be understood. */
    public boolean isBad() {
        return bad;
    }

    public int nameAt() {
        return nameAt;
    }

    public int nameLength() {
        return nameLength;
    }

    public int valueAt() {
        return valueAt;
    }

    public int valueLength() {
        return valueLength;
    }

    /** Section 6.3: only before the first field, and never beyond what we have allowed. */
    private boolean resize() {
        int limit = integer(5);
        if (limit == BAD || limit > tableLimit) {
            return false;
        }
        table.limit(limit);
        return true;
    }

    private boolean indexed() {
        int index = integer(7);
        if (index <= 0) {
            return false;
        }
        return name(index) && value(index);
    }

    private boolean literal(int first) {
        boolean remembered = (first & 0x40) != 0;
        int index = integer(remembered ? 6 : 4);
        if (index == BAD || !(index > 0 ? name(index) : name())) {
            return false;
        }
        if (!value()) {
            return false;
        }
        if (remembered) {
            table.add(list.area(), nameAt, nameLength, list.area(), valueAt, valueLength);
        }
        return true;
    }

    /** Takes the name of an entry. */
    private boolean name(int index) {
        if (index <= HpackStatic.COUNT) {
            nameAt = list.reserve(HpackStatic.nameLength(index));
            nameLength = HpackStatic.nameLength(index);
            System.arraycopy(HpackStatic.area(), HpackStatic.nameAt(index), list.area(), nameAt, nameLength);
        } else {
            int entry = index - HpackStatic.COUNT - 1;
            if (entry >= table.count()) {
                return false;
            }
            nameLength = table.nameLength(entry);
            nameAt = list.reserve(nameLength);
            System.arraycopy(table.area(), table.nameAt(entry), list.area(), nameAt, nameLength);
        }
        return true;
    }

    private boolean value(int index) {
        if (index <= HpackStatic.COUNT) {
            valueLength = HpackStatic.valueLength(index);
            placeValue(valueLength);
            System.arraycopy(HpackStatic.area(), HpackStatic.valueAt(index), list.area(), valueAt, valueLength);
        } else {
            int entry = index - HpackStatic.COUNT - 1;
            valueLength = table.valueLength(entry);
            placeValue(valueLength);
            System.arraycopy(table.area(), table.valueAt(entry), list.area(), valueAt, valueLength);
        }
        finish();
        return true;
    }

    private boolean name() {
        nameAt = list.reserve(0);
        nameLength = string(nameAt);
        return nameLength != BAD;
    }

    private boolean value() {
        placeValue(0);
        valueLength = string(valueAt);
        if (valueLength == BAD) {
            return false;
        }
        finish();
        return true;
    }

    /** A blank and a colon stand before the value, as in HTTP/1. */
    private void placeValue(int length) {
        valueAt = nameAt + nameLength + 2;
        list.reserve(nameLength + 4 + length);
        byte[] area = list.area();
        area[valueAt - 2] = ':';
        area[valueAt - 1] = ' ';
    }

    private void finish() {
        list.reserve(nameLength + valueLength + 4);
        byte[] area = list.area();
        area[valueAt + valueLength] = '\r';
        area[valueAt + valueLength + 1] = '\n';
    }

    /** Keeps the field that was read last; otherwise the next one takes its place. */
    public void keep() {
        list.filled(valueAt + valueLength + 2);
    }

    /** Section 5.2. */
    private int string(int to) {
        if (at >= end) {
            return BAD;
        }
        boolean huffman = (in[at] & 0x80) != 0;
        int length = integer(7);
        if (length == BAD || length > end - at) {
            return BAD;
        }
        int from = at;
        at += length;
        int room = huffman ? HpackHuffman.room(length) : length;
        list.reserve(to - list.used() + room + 2);
        if (huffman) {
            return HpackHuffman.decode(in, from, at, list.area(), to);
        }
        System.arraycopy(in, from, list.area(), to, length);
        return length;
    }

    /** Section 5.1; what is beyond all sense is wrong before it overflows. */
    private int integer(int bits) {
        int mask = (1 << bits) - 1;
        int value = in[at++] & mask;
        if (value < mask) {
            return value;
        }
        int shift = 0;
        while (at < end && shift <= 21) {
            int next = in[at++] & 0xff;
            value += (next & 0x7f) << shift;
            shift += 7;
            if (next < 0x80) {
                return value > MOST_INTEGER ? BAD : value;
            }
        }
        return BAD;
    }
}
