package dev.weir.net.mux;

/** The streams of a connection by their numbers, in the order in which they came. Worker-owned. */
final class H2Streams {

    private static final int LEAST = 16;

    private H2Stream[] slots = new H2Stream[LEAST];
    private int count;

    int count() {
        return count;
    }

    private int slot(int id) {
        // numbers of one side differ by two
        return (id >>> 1) * 0x9E3779B9 >>> 7 & slots.length - 1;
    }

    H2Stream find(int id) {
        int at = slot(id);
        while (slots[at] != null && slots[at].id() != id) {
            at = at + 1 & slots.length - 1;
        }
        return slots[at];
    }

    void add(H2Stream stream) {
        if (count * 2 >= slots.length) {
            H2Stream[] before = slots;
            slots = new H2Stream[before.length * 2];
            for (H2Stream each : before) {
                if (each != null) {
                    put(each);
                }
            }
        }
        put(stream);
        count++;
    }

    private void put(H2Stream stream) {
        int at = slot(stream.id());
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = stream;
    }

    void remove(H2Stream stream) {
        int at = slot(stream.id());
        while (slots[at] != stream) {
            if (slots[at] == null) {
                return;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = null;
        count--;
        // what had to go on behind it may have to come back
        for (int i = at + 1 & slots.length - 1; slots[i] != null; i = i + 1 & slots.length - 1) {
            H2Stream moved = slots[i];
            slots[i] = null;
            put(moved);
        }
    }

    /** All of them, for what concerns each: they may go meanwhile. */
    H2Stream[] all() {
        H2Stream[] all = new H2Stream[count];
        int at = 0;
        for (H2Stream each : slots) {
            if (each != null) {
                all[at++] = each;
            }
        }
        return all;
    }
}
