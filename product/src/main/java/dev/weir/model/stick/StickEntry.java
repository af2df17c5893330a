package dev.weir.model.stick;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import java.util.Arrays;

/** An entry as it was at one moment, for listings, conditions and peers. Filled again and again. Owner: who made it. */
public final class StickEntry {

    private static final int LONGEST_KEY = 1 << 20;

    final Sample key = new Sample();
    final Area area = new Area(LONGEST_KEY);
    private StickTable table;
    private Columns columns;
    private long number = StickTable.NONE;
    private int users;
    private long leftMs;
    private long seenMs;
    private long[] data = {};

    void clear() {
        number = StickTable.NONE;
    }

    void set(StickTable of, long entry, int usedBy, long expiresInMs, long nowMs) {
        table = of;
        number = entry;
        users = usedBy;
        leftMs = expiresInMs;
        seenMs = nowMs;
    }

    void copy(Columns layout, long[] row, int at) {
        columns = layout;
        if (data.length < layout.width()) {
            data = new long[layout.width()];
        }
        System.arraycopy(row, at, data, 0, layout.width());
    }

    public boolean isEmpty() {
        return number == StickTable.NONE;
    }

    /** What {@link StickTable#remove} and {@link StickTable#look} take; good as long as the entry lives. */
    public long number() {
        return number;
    }

    public Sample key() {
        return key;
    }

    public int users() {
        return users;
    }

    /** Milliseconds that it had left, 0 when it never expires. */
    public long leftMs() {
        return leftMs;
    }

    /** The value, or {@link StickTable#NOT_STORED}. */
    public long value(DataType type, int element) {
        int at = columns.at(type, element);
        if (at < 0) {
            return StickTable.NOT_STORED;
        }
        if (!type.isRate()) {
            return data[at];
        }
        long events = PackedRate.read(data, at, columns.periodMs(type), seenMs);
        boolean ofBytes = type == DataType.BYTES_IN_RATE || type == DataType.BYTES_OUT_RATE;
        return ofBytes ? events * table.spec().bytesPerCount() : events;
    }

    /** The parts of a rate, as peers pass them on: 0 when its period began, 1 its count, 2 the one before. */
    public long ratePart(DataType type, int element, int part) {
        int at = columns.at(type, element);
        return part == 0 ? data[at] : part == 1 ? data[at + 1] >>> 32 : data[at + 1] & 0xffff_ffffL;
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : key + " use=" + users + " exp=" + leftMs + " " + Arrays.toString(data);
    }
}
