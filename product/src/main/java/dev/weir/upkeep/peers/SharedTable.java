package dev.weir.upkeep.peers;

import dev.weir.base.hash.Hash64;
import dev.weir.model.stick.ChangeSignal;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.KeyType;
import dev.weir.model.stick.StickEntry;
import dev.weir.model.stick.StickTable;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.value.Sample;
import dev.weir.wire.peer.EntryUpdate;
import dev.weir.wire.peer.StoredType;
import dev.weir.wire.peer.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stick table as a section shares it: its name and number among peers, entries to and from messages. Conductor-owned. */
final class SharedTable {

    private static final DataType[] TYPES = DataType.values();
    private static final long OLDEST_PERIOD_MS = Integer.MAX_VALUE;

    private final StickTable table;
    private final StickTable writeTo;
    private final TableDefinition definition;
    private final ChangeSignal signal;
    private final long shardSeed;
    private final Sample key = new Sample();
    private long learned;

    /**
     * @param id from 1, what the section calls it
     * @param writeTo where what is learned is written to as well, or null
     * @param changed hears of changes, or null
     */
    SharedTable(int id, StickTable table, StickTable writeTo, Runnable changed) {
        this.table = table;
        this.writeTo = writeTo;
        definition = define(id, table.spec());
        signal = changed == null ? null : table.watch(changed);
        byte[] name = table.name().getBytes(StandardCharsets.UTF_8);
        shardSeed = Hash64.xxh64(name, 0, name.length, 0);
    }

    private static TableDefinition define(int id, StickTableSpec spec) {
        int slash = spec.name().indexOf('/');
        String name = slash < 0 ? spec.name() : spec.name().substring(slash);
        List<StoredType> stored = new ArrayList<>();
        for (DataType type : TYPES) {
            for (StickTableSpec.Stored each : spec.stored()) {
                if (each.type() == type) {
                    stored.add(new StoredType(type.ordinal(), each.elements(), each.periodMs()));
                }
            }
        }
        KeyType keys = spec.keyType();
        int length = keys == KeyType.STRING ? spec.keyLength() + 1 : spec.keyLength();
        return new TableDefinition(id, name, keys.wireNumber(), length, spec.expireMs(), List.copyOf(stored));
    }

    /** Whether the table is what peers were told that it is. */
    boolean isAsDefined() {
        return define((int) definition.id(), table.spec()).equals(definition);
    }

    StickTable table() {
        return table;
    }

    TableDefinition definition() {
        return definition;
    }

    ChangeSignal signal() {
        return signal;
    }

    /** How many entries were learned. */
    long learned() {
        return learned;
    }

    /** Whether a peer's table of our name is the same kind of table. */
    boolean matches(TableDefinition remote) {
        return remote.keyType() == definition.keyType() && remote.keyLength() == definition.keyLength();
    }

    /** Puts an entry into a message. */
    void tell(StickEntry entry, EntryUpdate out, int id, boolean timed, long nowMs) {
        out.begin(id, timed ? entry.leftMs() : EntryUpdate.UNTIMED, definition.width());
        writeKey(entry.key(), out);
        int at = 0;
        for (StoredType each : definition.stored()) {
            DataType type = TYPES[each.number()];
            for (int i = 0; i < each.elements(); i++) {
                if (type.isRate()) {
                    out.value(at++, Math.clamp(nowMs - entry.ratePart(type, i, 0), 0, OLDEST_PERIOD_MS));
                    out.value(at++, entry.ratePart(type, i, 1));
                    out.value(at++, entry.ratePart(type, i, 2));
                } else if (type == DataType.SERVER_KEY) {
                    out.serverKey(table.names().name(entry.value(type, i)));
                    at++;
                } else {
                    out.value(at++, entry.value(type, i));
                }
            }
        }
    }

    private void writeKey(Sample from, EntryUpdate out) {
        switch (table.spec().keyType()) {
            case INTEGER, IPV4 -> bigEndian(out.keyOf(4), 0, from.number() << 32);
            case IPV6 -> {
                byte[] bytes = out.keyOf(16);
                bigEndian(bytes, 0, from.high());
                for (int i = 0; i < 8; i++) {
                    bytes[8 + i] = (byte) (from.low() >>> 56 - 8 * i);
                }
            }
            default -> System.arraycopy(from.bytes(), from.at(), out.keyOf(from.length()), 0, from.length());
        }
    }

    private static void bigEndian(byte[] into, int at, long bits) {
        for (int i = 0; i < 8 && at + i < into.length; i++) {
            into[at + i] = (byte) (bits >>> 56 - 8 * i);
        }
    }

    private static long bits(byte[] from, int at, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = bits << 8 | from[at + i] & 0xff;
        }
        return bits;
    }

    private void readKey(EntryUpdate from) {
        byte[] bytes = from.key();
        switch (table.spec().keyType()) {
            case INTEGER -> key.integer(bits(bytes, 0, 4));
            case IPV4 -> key.ipv4((int) bits(bytes, 0, 4));
            case IPV6 -> key.ipv6(bits(bytes, 0, 8), bits(bytes, 8, 8));
            case STRING -> key.string(bytes, 0, Math.min(from.keyLength(), table.spec().keyLength()));
            default -> key.binary(bytes, 0, Math.min(from.keyLength(), table.spec().keyLength()));
        }
    }

    /** Which part of the keys an entry belongs to, from 1. */
    int shardOf(EntryUpdate entry, int shards) {
        return (int) Long.remainderUnsigned(Hash64.xxh64(entry.key(), 0, entry.keyLength(), shardSeed), shards) + 1;
    }

    /**
     * Takes over what a peer says of an entry; its values win, as far as we store them.
     *
     * @param isOlder whether what has changed here is newer than what is said
     */
    void learn(EntryUpdate update, TableDefinition remote, long nowMs, boolean isOlder) {
        readKey(update);
        long entry = table.pin(key, nowMs);
        if (entry == StickTable.NONE) {
            return;
        }
        if (isOlder && table.hasChangedHere(entry)) {
            table.unpinUnchanged(entry, nowMs);
            return;
        }
        learned++;
        int at = 0;
        for (StoredType each : remote.stored()) {
            DataType type = TYPES[each.number()];
            boolean stored = table.spec().stores(type) && (type != DataType.CONN_CUR || table.spec().receiveOnly());
            for (int i = 0; i < each.elements(); i++, at += type.isRate() ? 3 : 1) {
                if (stored) {
                    learn(entry, type, i, update, at, nowMs);
                }
            }
        }
        table.unpinLearned(entry, update.leftMs() == EntryUpdate.UNTIMED ? Integer.MAX_VALUE : update.leftMs(), nowMs);
        if (writeTo != null) {
            writeOn(update, remote, nowMs);
        }
    }

    private void learn(long entry, DataType type, int element, EntryUpdate update, int at, long nowMs) {
        if (type.isRate()) {
            // 32 bits on the wire: what another thread has just counted may be a little younger than its message
            long age = Math.max(0, (int) update.value(at));
            table.learnRate(entry, type, element, nowMs - age, update.value(at + 1), update.value(at + 2));
        } else if (type == DataType.SERVER_KEY) {
            byte[] name = update.serverKey();
            table.learn(entry, type, element, name == null || name.length == 0 ? 0 : table.names().number(name));
        } else {
            table.learn(entry, type, element, update.value(at));
        }
    }

    /** What is no count goes to the other table, where it is a change of its own. */
    private void writeOn(EntryUpdate update, TableDefinition remote, long nowMs) {
        long entry = writeTo.pin(key, nowMs);
        if (entry == StickTable.NONE) {
            return;
        }
        int at = 0;
        for (StoredType each : remote.stored()) {
            DataType type = TYPES[each.number()];
            boolean goes = writeTo.spec().stores(type) && (type == DataType.SERVER_ID || type == DataType.SERVER_KEY
                    || type == DataType.GPT0 || type == DataType.GPT);
            for (int i = 0; i < each.elements(); i++, at += type.isRate() ? 3 : 1) {
                if (goes) {
                    byte[] name = type == DataType.SERVER_KEY ? update.serverKey() : null;
                    long value = type != DataType.SERVER_KEY ? update.value(at)
                            : name == null ? 0 : writeTo.names().number(name);
                    writeTo.set(entry, type, i, value, nowMs);
                }
            }
        }
        writeTo.unpin(entry, nowMs);
    }
}
