package dev.weir.model.stick;

import dev.weir.model.value.Area;
import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Workspace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Keys as longs: numbers and addresses as they are, texts eight bytes at a time, the last ones padded with zeros. The hash
 * starts from a number of the process, so that nobody outside can aim at one bucket. Immutable.
 */
final class KeyWords {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = new java.security.SecureRandom().nextLong();
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final KeyType type;
    private final int longest;
    private final int words;

    KeyWords(KeyType type, int longest) {
        this.type = type;
        this.longest = longest;
        this.words = type.isText() ? (longest + 7) / 8 : type == KeyType.IPV6 ? 2 : 1;
    }

    int words() {
        return words;
    }

    /** Whether the length of a key must be kept beside its bytes. */
    boolean needsLength() {
        return type == KeyType.STRING;
    }

    /** Turns a value into a key of this table: cast, cut; false when it cannot be one. */
    boolean prepare(Sample value, Workspace workspace) {
        if (!Casts.cast(value, type.sampleType(), workspace)) {
            return false;
        }
        if (type.isText()) {
            value.slice(0, Math.min(value.length(), longest));
        } else if (type == KeyType.INTEGER) {
            value.integer(value.number() & 0xffff_ffffL);
        }
        return true;
    }

    int length(Sample key) {
        return type == KeyType.STRING ? key.length() : 0;
    }

    long word(Sample key, int index) {
        if (!type.isText()) {
            return type == KeyType.IPV6 && index == 0 ? key.high() : key.number();
        }
        int from = index * 8;
        int left = key.length() - from;
        if (left >= 8) {
            return (long) LONGS.get(key.bytes(), key.at() + from);
        }
        long word = 0;
        for (int i = left - 1; i >= 0; i--) {
            word = word << 8 | key.byteAt(from + i) & 0xff;
        }
        return word;
    }

    int hash(Sample key) {
        long hash = SEED + length(key);
        int used = type.isText() ? (key.length() + 7) / 8 : words;
        for (int i = 0; i < used; i++) {
            long word = word(key, i);
            if (word == 0 && type == KeyType.BINARY) {
                // padding that was given must count as little as padding that is ours
                continue;
            }
            hash = (hash ^ word + i) * MIX;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ hash >>> 32) * MIX;
        return (int) (hash >>> 32);
    }

    /** Gives a stored key back; the bytes of a text go into the area. */
    void read(long[] row, int at, int length, Sample out, Area area) {
        switch (type) {
            case INTEGER -> out.integer(row[at]);
            case IPV4 -> out.ipv4((int) row[at]);
            case IPV6 -> out.ipv6(row[at], row[at + 1]);
            default -> {
                int count = type == KeyType.STRING ? length : longest;
                area.clear();
                for (int i = 0; i < count; i++) {
                    area.put((int) (row[at + (i >>> 3)] >>> ((i & 7) << 3)) & 0xff);
                }
                out.take(type.sampleType(), area);
            }
        }
    }
}
