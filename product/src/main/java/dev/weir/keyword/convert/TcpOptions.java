package dev.weir.keyword.convert;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;

/** The options of a TCP header that starts at some place of a sample. */
final class TcpOptions {

    static final int SEGMENT_SIZE = 2;
    static final int WINDOW_SCALE = 3;
    static final int SACK_PERMITTED = 4;
    static final int TIMESTAMP = 8;

    private final Sample sample;
    private final int from;
    private final int end;

    TcpOptions(Sample sample, int header) {
        this.sample = sample;
        int length = sample.length() - header < 20 ? -1 : (sample.byteAt(header + 12) >> 4 & 15) * 4;
        this.from = header + 20;
        this.end = length < 20 || header + length > sample.length() ? -1 : header + length;
    }

    /** Whether the whole header is there. */
    boolean isComplete() {
        return end >= 0;
    }

    /** The place of the next option, at this one or behind padding; -1 at the end or when one is broken. */
    private int option(int at) {
        int place = at;
        while (place < end && sample.byteAt(place) == 1) {
            place++;
        }
        if (place >= end || sample.byteAt(place) == 0) {
            return -1;
        }
        boolean whole = place + 1 < end && length(place) >= 2 && place + length(place) <= end;
        return whole ? place : -1;
    }

    private int length(int at) {
        return sample.byteAt(at + 1) & 0xff;
    }

    private int find(int kind) {
        for (int at = option(from); at >= 0; at = option(at + length(at))) {
            if ((sample.byteAt(at) & 0xff) == kind) {
                return at;
            }
        }
        return -1;
    }

    boolean has(int kind) {
        return find(kind) >= 0;
    }

    /** The first bytes of an option that is there, as a number; -1 when it is shorter. */
    int value(int kind, int size) {
        int at = find(kind);
        if (at < 0 || length(at) < 2 + size) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | sample.byteAt(at + 2 + i) & 0xff;
        }
        return value;
    }

    /** The kinds in their order, padding included. */
    void list(Area out) {
        for (int at = from; at < end && sample.byteAt(at) != 0; ) {
            out.put(sample.byteAt(at));
            if (sample.byteAt(at) == 1) {
                at++;
            } else if (option(at) == at) {
                at += length(at);
            } else {
                break;
            }
        }
    }

    /** A bit for each of the kinds 2 to 8, the highest for any later one. */
    int presence() {
        int bits = 0;
        for (int at = option(from); at >= 0; at = option(at + length(at))) {
            int kind = sample.byteAt(at) & 0xff;
            bits |= kind >= 9 ? 0x80 : kind >= 2 ? 1 << kind - 2 : 0;
        }
        return bits;
    }
}
