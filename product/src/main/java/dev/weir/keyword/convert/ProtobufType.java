package dev.weir.keyword.convert;

import java.util.Locale;

/** The types of fields, each with the wire type that carries it. */
enum ProtobufType {
    /** The bytes as they stand. */
    RAW(-1),
    INT32(0), INT64(0), UINT32(0), UINT64(0), SINT32(0), SINT64(0), BOOL(0), ENUM(0),
    FIXED64(1), SFIXED64(1), DOUBLE(1),
    FIXED32(5), SFIXED32(5), FLOAT(5);

    static final int VARINT = 0;
    static final int LENGTH_DELIMITED = 2;

    private final int wire;

    ProtobufType(int wire) {
        this.wire = wire;
    }

    int wire() {
        return wire;
    }

    /** Null for a name that is none of them. */
    static ProtobufType find(String name) {
        for (ProtobufType type : values()) {
            if (type != RAW && type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** What the bits of such a field mean as an integer. */
    long value(long bits) {
        return switch (this) {
            case SINT32, SINT64 -> bits >>> 1 ^ -(bits & 1);
            case SFIXED32 -> (int) bits;
            case DOUBLE -> (long) Double.longBitsToDouble(bits);
            case FLOAT -> (long) Float.intBitsToFloat((int) bits);
            default -> bits;
        };
    }
}
