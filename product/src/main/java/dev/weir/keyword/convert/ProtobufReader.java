package dev.weir.keyword.convert;

import dev.weir.model.value.Sample;

/** Walks over one message; every length is checked against what is there. */
final class ProtobufReader {

    private static final int LONGEST_VARINT = 10;

    private final Sample sample;
    private final byte[] text;
    private int at;
    private int end;
    private long number;

    ProtobufReader(Sample sample) {
        this.sample = sample;
        this.text = sample.bytes();
        this.at = sample.at();
        this.end = sample.end();
    }

    /** Makes the sample the first field at that path; false when there is none of that type. */
    boolean find(int[] path, ProtobufType type) {
        int level = 0;
        while (at < end) {
            if (!varint()) {
                return false;
            }
            int wire = (int) number & 7;
            long field = number >>> 3;
            boolean wanted = field == path[level] && field > 0;
            if (wanted && level < path.length - 1) {
                if (wire != ProtobufType.LENGTH_DELIMITED || !varint() || number < 0 || number > end - at) {
                    return false;
                }
                end = at + (int) number;
                level++;
                continue;
            }
            int length = value(wire);
            if (length < 0) {
                return false;
            }
            if (wanted) {
                return give(type, wire, length);
            }
        }
        return false;
    }

    private boolean varint() {
        number = 0;
        for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
            byte b = text[at++];
            number |= (long) (b & 0x7f) << 7 * i;
            if (b >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Steps over a value; the length of its contents, which then end here, or -1. */
    private int value(int wire) {
        switch (wire) {
            case ProtobufType.VARINT -> {
                int from = at;
                return varint() ? at - from : -1;
            }
            case ProtobufType.LENGTH_DELIMITED -> {
                if (!varint() || number < 0 || number > end - at) {
                    return -1;
                }
                at += (int) number;
                return (int) number;
            }
            case 1, 5 -> {
                int size = wire == 1 ? 8 : 4;
                if (end - at < size) {
                    return -1;
                }
                number = 0;
                for (int i = size - 1; i >= 0; i--) {
                    number = number << 8 | text[at + i] & 0xff;
                }
                at += size;
                return size;
            }
            default -> {
                return -1;
            }
        }
    }

    private boolean give(ProtobufType type, int wire, int length) {
        if (type == ProtobufType.RAW) {
            sample.binary(text, at - length, length);
            return true;
        }
        if (type.wire() != wire) {
            return false;
        }
        sample.integer(type.value(number));
        return true;
    }
}
