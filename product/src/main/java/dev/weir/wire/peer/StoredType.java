package dev.weir.wire.peer;

/**
 * One type of data as a table definition tells of it.
 *
 * @param number of the type, which is its bit
 * @param elements 1 for what is no array
 * @param periodMs of rates
 */
public record StoredType(int number, int elements, long periodMs) {

    /** How many types there are. */
    public static final int TYPES = 27;
    public static final int SERVER_KEY = 19;
    private static final int LONGEST_ARRAY = 100;
    private static final long RATES = 1 << 3 | 1 << 5 | 1 << 8 | 1 << 10 | 1 << 12 | 1 << 14 | 1 << 16 | 1 << 18 | 1 << 21
            | 1 << 24 | 1 << 26;
    private static final long ARRAYS = 1 << 22 | 1 << 23 | 1 << 24;

    public boolean isRate() {
        return (RATES >> number & 1) != 0;
    }

    public boolean isArray() {
        return (ARRAYS >> number & 1) != 0;
    }

    /** How many numbers its value is. */
    int width() {
        return elements * (isRate() ? 3 : 1);
    }

    void write(PeerOutput out) {
        if (isArray()) {
            out.putNumber(number).putNumber(elements);
        } else if (isRate()) {
            out.putNumber(number);
        }
        if (isRate()) {
            out.putNumber(periodMs);
        }
    }

    /** Reads what stands behind the bits about a type; null when it is wrong. A definition may end before it. */
    static StoredType read(int number, PeerInput in) {
        StoredType plain = new StoredType(number, 1, 0);
        if (!plain.isArray() && (!plain.isRate() || in.left() == 0)) {
            return plain;
        }
        if (in.number() != number) {
            return null;
        }
        long elements = plain.isArray() ? in.number() : 1;
        long periodMs = plain.isRate() ? in.number() : 0;
        boolean wrong = in.isShort() || elements < 1 || elements > LONGEST_ARRAY;
        return wrong ? null : new StoredType(number, (int) elements, periodMs);
    }
}
