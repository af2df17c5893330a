package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;

/**
 * Escapes text for a JSON string, in ASCII.
 *
 * @param ascii whether every byte is a character of its own
 * @param fixesOverlong whether a character encoded in more bytes than it needs is taken for what it means
 * @param dropsErrors whether other errors are left out, instead of making the whole fail
 */
record JsonText(boolean ascii, boolean fixesOverlong, boolean dropsErrors) {

    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};

    boolean escape(Sample sample, Area out) {
        for (int i = 0; i < sample.length(); ) {
            int first = sample.byteAt(i) & 0xff;
            if (first < 0x80 || ascii) {
                put(first, out);
                i++;
                continue;
            }
            int more = first < 0xc0 ? -1 : Integer.numberOfLeadingZeros(~(first << 24)) - 1;
            int value = more < 0 || more > 5 ? 0 : first & 0x3f >> more;
            int read = 0;
            while (read < more && i + 1 + read < sample.length() && (sample.byteAt(i + 1 + read) & 0xc0) == 0x80) {
                value = value << 6 | sample.byteAt(i + 1 + read) & 0x3f;
                read++;
            }
            i += 1 + read;
            boolean complete = more >= 1 && more <= 5 && read == more;
            boolean overlong = complete && value < LEAST[more];
            boolean allowed = value <= 0xffff && (value < 0xd800 || value > 0xdfff) && value < 0xfffe;
            if (complete && allowed && (!overlong || fixesOverlong)) {
                put(value, out);
            } else if (!dropsErrors) {
                return false;
            }
        }
        return true;
    }

    private static void put(int c, Area out) {
        switch (c) {
            case '"', '\\', '/' -> out.put('\\').put(c);
            case '\b' -> out.put('\\').put('b');
            case '\f' -> out.put('\\').put('f');
            case '\n' -> out.put('\\').put('n');
            case '\r' -> out.put('\\').put('r');
            case '\t' -> out.put('\\').put('t');
            default -> {
                if (c >= 0x20 && c < 0x7f) {
                    out.put(c);
                } else {
                    out.put('\\').put('u').putHexDigits(c, 4);
                }
            }
        }
    }
}
