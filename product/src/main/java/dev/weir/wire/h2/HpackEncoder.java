package dev.weir.wire.h2;

import dev.weir.wire.http.HeaderList;
import io.netty.buffer.ByteBuf;

/**
 * Writes header blocks without a table of its own: names of the static table by index, everything else as it is, never to
 * be remembered. It costs no memory for a connection, and nothing of one message can be learnt from the size of another.
 * Immutable.
 */
final class HpackEncoder {

    private static final int LITERAL = 4;

    private HpackEncoder() {}

    static void indexed(int index, ByteBuf out) {
        integer(0x80, 7, index, out);
    }

    /** A name of the static table with another value. */
    static void named(int index, byte[] value, int from, int length, ByteBuf out) {
        integer(0, LITERAL, index, out);
        string(value, from, length, out);
    }

    static void plain(byte[] name, byte[] value, int from, int length, ByteBuf out) {
        out.writeByte(0);
        string(name, 0, name.length, out);
        string(value, from, length, out);
    }

    static void header(HeaderList list, int index, ByteBuf out) {
        int known = HpackStatic.find(list, index);
        if (known > 0) {
            integer(0, LITERAL, known, out);
        } else {
            out.writeByte(0);
            string(list.area(), list.nameAt(index), list.nameLength(index), out);
        }
        string(list.area(), list.valueAt(index), list.valueLength(index), out);
    }

    private static void string(byte[] text, int from, int length, ByteBuf out) {
        integer(0, 7, length, out);
        out.writeBytes(text, from, length);
    }

    private static void integer(int flags, int bits, int value, ByteBuf out) {
        int mask = (1 << bits) - 1;
        if (value < mask) {
            out.writeByte(flags | value);
            return;
        }
        out.writeByte(flags | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            out.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
