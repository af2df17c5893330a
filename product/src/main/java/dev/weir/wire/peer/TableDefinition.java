package dev.weir.wire.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How a peer tells of a table before it tells of its entries.
 *
 * @param id what the sender calls it from now on
 * @param keyType one of 2 (integer), 4, 5 (addresses), 6 (text), 7 (bytes)
 * @param keyLength the bytes of a key; for texts one more than the longest
 * @param stored in the order of their numbers
 */
public record TableDefinition(long id, String name, int keyType, int keyLength, long expireMs, List<StoredType> stored) {

    public static final int INTEGER = 2;
    public static final int IPV4 = 4;
    public static final int IPV6 = 5;
    public static final int STRING = 6;
    public static final int BINARY = 7;

    /** The bits of the types. */
    public long types() {
        long bits = 0;
        for (StoredType each : stored) {
            bits |= 1L << each.number();
        }
        return bits;
    }

    /** How many numbers the values of an entry are. */
    public int width() {
        int width = 0;
        for (StoredType each : stored) {
            width += each.width();
        }
        return width;
    }

    public void write(PeerOutput out) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        out.putNumber(id).putNumber(text.length).put(text);
        out.putNumber(keyType).putNumber(keyLength).putNumber(types()).putNumber(expireMs);
        stored.forEach(each -> each.write(out));
    }

    /** Null when it is wrong. Bits that nobody knows stand for values behind all others, which nobody reads. */
    public static TableDefinition read(PeerInput in) {
        long id = in.number();
        String name = new String(in.take(in.count()), StandardCharsets.UTF_8);
        long keyType = in.number();
        long keyLength = in.number();
        long types = in.number();
        boolean whole = !in.isShort();
        long expireMs = in.left() > 0 ? in.number() : 0;
        List<StoredType> stored = new ArrayList<>();
        for (int number = 0; number < StoredType.TYPES && whole; number++) {
            if ((types >> number & 1) != 0) {
                StoredType each = StoredType.read(number, in);
                whole = each != null;
                stored.add(each);
            }
        }
        if (!whole || in.isShort() || name.isEmpty() || keyLength < 0 || keyLength > Integer.MAX_VALUE) {
            return null;
        }
        int type = keyType >= 0 && keyType <= BINARY ? (int) keyType : -1;
        return new TableDefinition(id, name, type, (int) keyLength, expireMs, List.copyOf(stored));
    }
}
