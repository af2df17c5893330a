package dev.weir.wire.peer;

import java.util.Arrays;

/**
 * An entry of a table as it travels: its key, how long it has left, and the values of the types of a definition in their
 * order, three numbers for each rate: the age of its period, its events, those of the period before. Filled again and
 * again. Owner: one session.
 */
public final class EntryUpdate {

    /** In place of the life: the message does not say. */
    public static final long UNTIMED = -1;

    private int id;
    private long leftMs = UNTIMED;
    private byte[] key = new byte[64];
    private int keyLength;
    private long[] values = {};
    private byte[] serverKey;

    /** Begins anew. */
    public EntryUpdate begin(int number, long livesMs, int width) {
        id = number;
        leftMs = livesMs;
        keyLength = 0;
        serverKey = null;
        if (values.length < width) {
            values = new long[width];
        }
        return this;
    }

    public int id() {
        return id;
    }

    /** Gives it its number last. */
    public void number(int next) {
        id = next;
    }

    public long leftMs() {
        return leftMs;
    }

    public byte[] key() {
        return key;
    }

    public int keyLength() {
        return keyLength;
    }

    /** Room for a key of that length. */
    public byte[] keyOf(int length) {
        if (key.length < length) {
            key = new byte[length];
        }
        keyLength = length;
        return key;
    }

    public long value(int at) {
        return values[at];
    }

    public void value(int at, long value) {
        values[at] = value;
    }

    /** The name or address of the server, or null. */
    public byte[] serverKey() {
        return serverKey;
    }

    public void serverKey(byte[] name) {
        serverKey = name;
    }

    /** Writes the message for it; {@code body} is room to work in. */
    public void write(PeerOutput out, PeerOutput body, TableDefinition table, SentNames names) {
        body.clear();
        body.putInt(id);
        boolean timed = leftMs != UNTIMED;
        if (timed) {
            body.putInt((int) leftMs);
        }
        if (table.keyType() == TableDefinition.STRING) {
            body.putNumber(keyLength);
        }
        body.put(key, 0, keyLength);
        int at = 0;
        for (StoredType each : table.stored()) {
            if (each.number() == StoredType.SERVER_KEY) {
                names.write(serverKey, body);
                at++;
                continue;
            }
            for (int i = 0; i < each.width(); i++) {
                body.putNumber(values[at++]);
            }
        }
        out.putMessage(timed ? PeerMessage.TIMED_UPDATE : PeerMessage.UPDATE, body);
    }

    /**
     * Reads the body of a message of that type; false when it ends early.
     *
     * @param before the number of the update before this one
     */
    public boolean read(PeerInput in, int type, int before, TableDefinition table, LearnedNames names) {
        int number = PeerMessage.isIncremental(type) ? before + 1 : in.int32();
        long lives = PeerMessage.isTimed(type) ? in.int32() & 0xffff_ffffL : UNTIMED;
        begin(number, lives, table.width());
        int length = switch (table.keyType()) {
            case TableDefinition.STRING -> in.count();
            case TableDefinition.INTEGER -> 4;
            default -> table.keyLength();
        };
        if (length > in.left()) {
            return false;
        }
        in.take(keyOf(length), length);
        int at = 0;
        for (StoredType each : table.stored()) {
            if (each.number() == StoredType.SERVER_KEY) {
                serverKey = names.read(in);
                at++;
                continue;
            }
            for (int i = 0; i < each.width(); i++) {
                values[at++] = in.number();
            }
        }
        return !in.isShort();
    }

    @Override
    public String toString() {
        return id + " " + leftMs + " " + Arrays.toString(Arrays.copyOf(key, keyLength)) + " " + Arrays.toString(values);
    }
}
