package dev.weir.model.stick;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All tables by the names that rules call them, and the one timer's work for all of them. Shared: a table is put in or
 * taken out when a configuration is applied, read by anyone.
 */
public final class StickTables {

    /** Rows that one call removes at most from one shard, so that no look-up waits longer for its lock. */
    private static final int AT_ONCE = 64;

    private final Map<String, StickTable> tables = new ConcurrentHashMap<>();
    private final Map<String, StickTableSpec> specs = new HashMap<>();
    /** Null once this is the one in charge. */
    private StickTables before;
    private final KnownNames names;

    public StickTables() {
        this(null);
    }

    /** The tables of a configuration that follows another. Nothing happens to those before {@link #takeOver}. */
    public StickTables(StickTables before) {
        this.before = before;
        names = before == null ? new KnownNames() : before.names;
    }

    /** The table of that name, or null. */
    public StickTable find(String name) {
        return tables.get(name);
    }

    /**
     * The table for a new configuration: the living one when its entries stay as they are; else a new one, with the entries
     * of the old one as far as keys are the same, and without the columns that are gone. Sessions that track entries of the
     * old one end with it.
     */
    public StickTable keep(StickTableSpec spec, long nowMs) {
        StickTable living = before == null ? null : before.find(spec.name());
        if (living != null) {
            specs.put(spec.name(), spec);
            StickTable planned = living.suits(spec) ? living : new StickTable(spec, names);
            tables.put(spec.name(), planned);
            return planned;
        }
        return tables.compute(spec.name(), (name, old) -> {
            if (old != null && old.adopt(spec)) {
                return old;
            }
            StickTable next = new StickTable(spec, names);
            if (old != null && spec.hasKeysOf(old.spec())) {
                move(old, next, nowMs);
            }
            return next;
        });
    }

    /** The configuration holds from now on: kept tables take over what it says of them, others the entries that fit. */
    public void takeOver(long nowMs) {
        specs.forEach((name, spec) -> {
            StickTable old = before.find(name);
            StickTable next = tables.get(name);
            if (old == next) {
                next.adopt(spec);
            } else if (spec.hasKeysOf(old.spec())) {
                move(old, next, nowMs);
            }
        });
        before = null;
    }

    private static void move(StickTable from, StickTable to, long nowMs) {
        StickEntry entry = new StickEntry();
        for (long place = from.next(0, AT_ONCE, entry, nowMs); ; place = from.next(place, AT_ONCE, entry, nowMs)) {
            long copy = entry.isEmpty() ? StickTable.NONE : to.pin(entry.key(), nowMs);
            if (copy != StickTable.NONE) {
                for (StickTableSpec.Stored each : from.spec().stored()) {
                    move(entry, each, to, copy);
                }
                to.unpinLearned(copy, from.spec().expireMs() == 0 ? Integer.MAX_VALUE : entry.leftMs(), nowMs);
            }
            if (place == StickTable.NONE) {
                return;
            }
        }
    }

    private static void move(StickEntry entry, StickTableSpec.Stored stored, StickTable to, long copy) {
        DataType type = stored.type();
        for (int i = 0; i < stored.elements() && type != DataType.CONN_CUR; i++) {
            if (type.isRate()) {
                to.learnRate(copy, type, i, entry.ratePart(type, i, 0), entry.ratePart(type, i, 1),
                        entry.ratePart(type, i, 2));
            } else {
                to.learn(copy, type, i, entry.value(type, i));
            }
        }
    }

    public void remove(String name) {
        tables.remove(name);
    }

    public Collection<StickTable> all() {
        return tables.values();
    }

    /** In the order of their names. */
    public List<StickTable> sorted() {
        List<StickTable> all = new ArrayList<>(tables.values());
        all.sort((a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    public KnownNames names() {
        return names;
    }

    /** Visits so many shards of each table; whether something is left to remove there. To be called by a timer. */
    public boolean sweep(long nowMs, int shardsOfEach) {
        boolean more = false;
        for (StickTable table : tables.values()) {
            for (int i = Math.min(shardsOfEach, table.shardCount()); i > 0; i--) {
                more |= table.sweep(nowMs, AT_ONCE) == AT_ONCE;
            }
        }
        return more;
    }
}
