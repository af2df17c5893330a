package dev.weir.flow.drive;

import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;

/**
 * The keys of an exchange that are to be remembered with its server once that has answered: at most eight, with bytes of
 * their own, since what they were read from does not last. Memory comes with the first key and is kept for the next
 * exchange. Worker-owned.
 */
public final class StickyKeys {

    private static final int MOST = 8;
    private static final int LONGEST = 1 << 20;

    private final StickTable[] tables = new StickTable[MOST];
    private final Sample[] keys = new Sample[MOST];
    private final Area[] bytes = new Area[MOST];
    private int count;
    private int ofRequest;

    boolean isFull() {
        return count == MOST;
    }

    /** Whether a key for that table came from this side of the exchange already. */
    boolean has(StickTable table, boolean response) {
        for (int i = response ? ofRequest : 0; i < count; i++) {
            if (tables[i] == table) {
                return true;
            }
        }
        return false;
    }

    void add(StickTable table, Sample key) {
        if (keys[count] == null) {
            keys[count] = new Sample();
            bytes[count] = new Area(LONGEST);
        }
        keys[count].copyValue(key);
        if (key.type().isText()) {
            keys[count].take(key.type(), bytes[count].clear().put(key.bytes(), key.at(), key.length()));
        }
        tables[count++] = table;
    }

    /** What comes now is the response's. */
    void beginResponse() {
        ofRequest = count;
    }

    int count() {
        return count;
    }

    StickTable table(int index) {
        return tables[index];
    }

    Sample key(int index) {
        return keys[index];
    }

    /** The exchange is over, or begins anew. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            tables[i] = null;
        }
        count = 0;
        ofRequest = 0;
    }
}
