package dev.weir.model.stick;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Workspace;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stick table: entries of one type of key with the same columns. It lives as long as its name stays in the
 * configuration.
 *
 * <p>Keys are spread over shards by their hash, each behind a spin lock that is held for one look-up, change or insertion.
 * An entry that somebody uses is pinned by a count: it neither expires nor is purged, and its number stays good until it
 * is let go. Look-ups that only read do not pin and do not prolong an entry's life. A full table forgets the oldest entry
 * of the shard that the new key belongs to, or of any other when that one has none to give, unless it is told to refuse.
 * No operation but a new entry allocates. Time is an argument. Shared: a lock per shard.
 */
public final class StickTable {

    /** In place of an entry: there is none. */
    public static final long NONE = -1;
    /** In place of a value: no entry with that key. */
    public static final long NO_ENTRY = -1;
    /** In place of a value: this table does not store it. */
    public static final long NOT_STORED = -2;

    private static final int ENTRIES_PER_SHARD = 1024;
    private static final int MOST_SHARDS = 512;
    private static final long NEVER = Long.MAX_VALUE;

    private volatile StickTableSpec spec;
    private final KnownNames names;
    private final KeyWords keys;
    private final Columns columns;
    private final Shard.Layout layout;
    private final Shard[] shards;
    private final int shardShift;
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicLong sweptShards = new AtomicLong();
    /** Tells of changes to who passes them on; null when nobody does. */
    private volatile ChangeSignal signal;

    public StickTable(StickTableSpec spec, KnownNames names) {
        this.spec = spec;
        this.names = names;
        this.keys = new KeyWords(spec.keyType(), spec.keyLength());
        this.columns = new Columns(spec.stored());
        this.layout = Shard.Layout.of(keys, columns, spec.peers() != null);
        int count = (int) Long.highestOneBit(Math.clamp(spec.size() / ENTRIES_PER_SHARD, 1, MOST_SHARDS));
        shardShift = 32 - Integer.numberOfTrailingZeros(count);
        shards = new Shard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = new Shard(i, keys, layout, spec.size(), spec.expireMs());
        }
    }

    public StickTableSpec spec() {
        return spec;
    }

    /** Whether rows stay as they are under that configuration. */
    boolean suits(StickTableSpec next) {
        return next.hasLayoutOf(spec);
    }

    /** Takes over what a new configuration says; false, and nothing done, when rows would have another layout. */
    boolean adopt(StickTableSpec next) {
        if (!next.hasLayoutOf(spec)) {
            return false;
        }
        spec = next;
        return true;
    }

    public String name() {
        return spec.name();
    }

    public KnownNames names() {
        return names;
    }

    /** Entries now, those that are over and not swept yet included. */
    public int used() {
        return used.get();
    }

    public long size() {
        return spec.size();
    }

    /** Memory taken by entries, in bytes. */
    public long bytes() {
        long sum = 0;
        for (Shard shard : shards) {
            sum += shard.bytes();
        }
        return sum;
    }

    public boolean stores(DataType type) {
        return columns.at(type, 0) >= 0;
    }

    public int periodMs(DataType type) {
        return columns.periodMs(type);
    }

    /** Turns a value into a key of this table, in place; false when it cannot be one. */
    public boolean prepareKey(Sample value, Workspace workspace) {
        return keys.prepare(value, workspace);
    }

    /** Whether an entry has that key, which {@link #prepareKey} made. */
    public boolean has(Sample key, long nowMs) {
        return read(key, null, 0, nowMs) != NO_ENTRY;
    }

    /** The value of an entry by its key, {@link #NO_ENTRY} or {@link #NOT_STORED}. */
    public long read(Sample key, DataType type, int element, long nowMs) {
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        shard.lock.lock();
        try {
            int row = shard.find(key, hash, nowMs);
            return row == Shard.NIL ? NO_ENTRY : type == null ? 0 : value(shard, row, type, element, nowMs);
        } finally {
            shard.lock.unlock();
        }
    }

    /** Milliseconds until the entry expires, or {@link #NO_ENTRY}. */
    public long expiresInMs(Sample key, long nowMs) {
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        shard.lock.lock();
        try {
            int row = shard.find(key, hash, nowMs);
            return row == Shard.NIL ? NO_ENTRY : leftMs(shard, row, nowMs);
        } finally {
            shard.lock.unlock();
        }
    }

    /** How many use the entry, or {@link #NO_ENTRY}. */
    public long users(Sample key, long nowMs) {
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        shard.lock.lock();
        try {
            int row = shard.find(key, hash, nowMs);
            return row == Shard.NIL ? NO_ENTRY : RowState.users(shard.slab.get(row, RowState.STATE));
        } finally {
            shard.lock.unlock();
        }
    }

    /** The entry of that key, made if need be, pinned; {@link #NONE} when there is no room. */
    public long pin(Sample key, long nowMs) {
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        for (int attempt = 0; ; attempt++) {
            shard.lock.lock();
            try {
                int row = shard.find(key, hash, nowMs);
                if (row == Shard.NIL && reserve(shard, nowMs)) {
                    // it is filed when it is let go, so that its first use does not count as a second one
                    row = shard.insert(key, hash);
                    shard.setExpiry(row, expiry(nowMs));
                }
                if (row != Shard.NIL) {
                    shard.use(row);
                    return entry(hash, shard, row);
                }
            } finally {
                shard.lock.unlock();
            }
            if (spec.noPurge() || attempt > 0 || !purgeElsewhere(shard)) {
                return NONE;
            }
        }
    }

    /** The entry of that key, pinned, or {@link #NONE}. */
    public long pinIfPresent(Sample key, long nowMs) {
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        shard.lock.lock();
        try {
            int row = shard.find(key, hash, nowMs);
            if (row == Shard.NIL) {
                return NONE;
            }
            shard.use(row);
            return entry(hash, shard, row);
        } finally {
            shard.lock.unlock();
        }
    }

    /** A place among the entries; the shard is locked. */
    private boolean reserve(Shard shard, long nowMs) {
        used.addAndGet(-shard.sweepForInsert(nowMs));
        if (take()) {
            return true;
        }
        if (spec.noPurge() || !shard.purge()) {
            return false;
        }
        used.decrementAndGet();
        return take();
    }

    private boolean take() {
        if (used.incrementAndGet() <= spec.size()) {
            return true;
        }
        used.decrementAndGet();
        return false;
    }

    private boolean purgeElsewhere(Shard full) {
        for (Shard shard : shards) {
            if (shard == full) {
                continue;
            }
            shard.lock.lock();
            try {
                if (shard.purge()) {
                    used.decrementAndGet();
                    return true;
                }
            } finally {
                shard.lock.unlock();
            }
        }
        return false;
    }

    /** Whether a pinned entry has ever been changed by this process itself. Only for tables with peers. */
    public boolean hasChangedHere(long entry) {
        Shard shard = shard(entry);
        shard.lock.lock();
        try {
            return shard.slab.get(row(entry), layout.positionWord()) != 0;
        } finally {
            shard.lock.unlock();
        }
    }

    /** Lets a pinned entry go; its life begins anew and the change is passed on. */
    public void unpin(long entry, long nowMs) {
        release(entry, expiry(nowMs), true, nowMs);
    }

    /** Lets an entry go that was only read: nothing about it changes. */
    public void unpinUnchanged(long entry, long nowMs) {
        release(entry, 0, false, nowMs);
    }

    /** Lets an entry go that a peer told of: it lives as long as there, at most as long as here. */
    public void unpinLearned(long entry, long leftMs, long nowMs) {
        long most = expiry(nowMs);
        release(entry, most == NEVER ? most : Math.min(most, nowMs + Math.max(0, leftMs)), false, nowMs);
    }

    private void release(long entry, long expireMs, boolean changed, long nowMs) {
        Shard shard = shard(entry);
        int row = row(entry);
        shard.lock.lock();
        try {
            shard.letGo(row);
            shard.touch(row, expireMs == 0 ? shard.slab.get(row, RowState.EXPIRE) : expireMs, nowMs);
            if (changed) {
                shard.changed(row, signal);
            }
        } finally {
            shard.lock.unlock();
        }
        if (changed) {
            tell();
        }
    }

    private void tell() {
        ChangeSignal now = signal;
        if (now != null) {
            now.tell();
        }
    }

    /** Has changes told from now on. Only for tables with peers; one looker for the life of the table. */
    public ChangeSignal watch(Runnable wake) {
        ChangeSignal made = new ChangeSignal(shards.length, wake);
        signal = made;
        return made;
    }

    /** The place behind the last change of a shard so far. */
    public long changesEnd(int shardIndex) {
        Shard shard = shards[shardIndex];
        shard.lock.lock();
        try {
            return shard.updates.end();
        } finally {
            shard.lock.unlock();
        }
    }

    /** The value of a pinned entry, or {@link #NOT_STORED}. */
    public long readPinned(long entry, DataType type, int element, long nowMs) {
        Shard shard = shard(entry);
        shard.lock.lock();
        try {
            return value(shard, row(entry), type, element, nowMs);
        } finally {
            shard.lock.unlock();
        }
    }

    public long usersOfPinned(long entry) {
        Shard shard = shard(entry);
        shard.lock.lock();
        try {
            return RowState.users(shard.slab.get(row(entry), RowState.STATE));
        } finally {
            shard.lock.unlock();
        }
    }

    /**
     * Adds events to a counter of a pinned entry and to the rate that goes with it, whichever are stored, and prolongs its
     * life. The answer is the new count, that of the period under way if only the rate is stored, else 0.
     */
    public long count(long entry, DataType counter, int element, long events, long nowMs) {
        Shard shard = shard(entry);
        int row = row(entry);
        DataType rate = counter.rate();
        shard.lock.lock();
        try {
            long result = 0;
            int at = rate == null ? -1 : columns.at(rate, element);
            if (at >= 0) {
                long counted = rate == DataType.BYTES_IN_RATE || rate == DataType.BYTES_OUT_RATE
                        ? events / spec.bytesPerCount() : events;
                result = PackedRate.add(shard.slab.chunk(row), data(shard, row) + at, columns.periodMs(rate), nowMs,
                        counted);
            }
            int count = columns.at(counter, element);
            if (count >= 0) {
                long sum = shard.slab.get(row, layout.dataWord() + count) + events;
                // a command may have set the number of connections to less than there are
                result = store(shard, row, counter, count, Math.max(0, sum));
            }
            if (count >= 0 || at >= 0) {
                refresh(shard, row, nowMs);
            }
            return result;
        } finally {
            shard.lock.unlock();
            tell();
        }
    }

    /**
     * Sets a value of a pinned entry and prolongs its life; a rate becomes that many events up to now.
     *
     * @return what it was, or {@link #NOT_STORED}
     */
    public long set(long entry, DataType type, int element, long value, long nowMs) {
        Shard shard = shard(entry);
        int row = row(entry);
        shard.lock.lock();
        try {
            int at = columns.at(type, element);
            if (at < 0) {
                return NOT_STORED;
            }
            long before = value(shard, row, type, element, nowMs);
            if (type.isRate()) {
                PackedRate.set(shard.slab.chunk(row), data(shard, row) + at, nowMs, value);
            } else {
                store(shard, row, type, at, value);
            }
            refresh(shard, row, nowMs);
            return before;
        } finally {
            shard.lock.unlock();
            tell();
        }
    }

    /** Sets a value as a peer has it, which is no change of ours. */
    public void learn(long entry, DataType type, int element, long value) {
        Shard shard = shard(entry);
        shard.lock.lock();
        try {
            int at = columns.at(type, element);
            if (at >= 0 && !type.isRate()) {
                store(shard, row(entry), type, at, value);
            }
        } finally {
            shard.lock.unlock();
        }
    }

    /** Sets a rate as a peer has it. */
    public void learnRate(long entry, DataType type, int element, long startMs, long current, long previous) {
        Shard shard = shard(entry);
        int row = row(entry);
        shard.lock.lock();
        try {
            int at = columns.at(type, element);
            if (at >= 0 && type.isRate()) {
                PackedRate.store(shard.slab.chunk(row), data(shard, row) + at, startMs, current, previous);
            }
        } finally {
            shard.lock.unlock();
        }
    }

    private void refresh(Shard shard, int row, long nowMs) {
        shard.touch(row, expiry(nowMs), nowMs);
        shard.changed(row, signal);
    }

    private int data(Shard shard, int row) {
        return shard.slab.base(row) + layout.dataWord();
    }

    private long store(Shard shard, int row, DataType type, int at, long value) {
        long kept = type.kind() == DataType.Kind.NUMBER ? value & 0xffff_ffffL : value;
        shard.slab.set(row, layout.dataWord() + at, kept);
        return kept;
    }

    private long value(Shard shard, int row, DataType type, int element, long nowMs) {
        int at = columns.at(type, element);
        if (at < 0) {
            return NOT_STORED;
        }
        if (!type.isRate()) {
            return shard.slab.get(row, layout.dataWord() + at);
        }
        long events = PackedRate.read(shard.slab.chunk(row), data(shard, row) + at, columns.periodMs(type), nowMs);
        boolean ofBytes = type == DataType.BYTES_IN_RATE || type == DataType.BYTES_OUT_RATE;
        return ofBytes ? events * spec.bytesPerCount() : events;
    }

    /** The key of a pinned entry; the bytes of a text are those of the area. */
    public void keyOf(long entry, Sample out, Area area) {
        Shard shard = shard(entry);
        shard.lock.lock();
        try {
            readKey(shard, row(entry), out, area);
        } finally {
            shard.lock.unlock();
        }
    }

    private void readKey(Shard shard, int row, Sample out, Area area) {
        long[] chunk = shard.slab.chunk(row);
        int base = shard.slab.base(row);
        int length = layout.lengthWord() < 0 ? 0 : (int) chunk[base + layout.lengthWord()];
        keys.read(chunk, base + layout.keyWord(), length, out, area);
    }

    /** Removes an entry that nobody uses; false when it is gone already or in use. */
    public boolean remove(long entry) {
        int index = (int) (entry >>> 32) & 0xffff;
        if (entry < 0 || index >= shards.length) {
            return false;
        }
        Shard shard = shards[index];
        shard.lock.lock();
        try {
            int row = shard.rowOf((int) entry, (int) (entry >>> 48));
            if (row == Shard.NIL || RowState.users(shard.slab.get(row, RowState.STATE)) > 0) {
                return false;
            }
            shard.remove(row);
            used.decrementAndGet();
            return true;
        } finally {
            shard.lock.unlock();
        }
    }

    /** Looks at the next shard and removes what is due there, at most so much; how many went. */
    public int sweep(long nowMs, int most) {
        Shard shard = shards[(int) (sweptShards.getAndIncrement() & shards.length - 1)];
        shard.lock.lock();
        try {
            int removed = shard.sweep(nowMs, most);
            used.addAndGet(-removed);
            return removed;
        } finally {
            shard.lock.unlock();
        }
    }

    public int shardCount() {
        return shards.length;
    }

    /**
     * Gives the next entry from a place on, and the place behind it; {@link #NONE} behind the last. Looks at no more than
     * so many rows, so that the answer may be an empty entry.
     */
    public long next(long place, int rows, StickEntry out, long nowMs) {
        out.clear();
        int index = (int) (place >>> 32);
        if (index >= shards.length) {
            return NONE;
        }
        Shard shard = shards[index];
        shard.lock.lock();
        try {
            int extent = shard.slab.extent();
            int end = (int) Math.min(extent, (place & 0xffff_ffffL) + rows);
            for (int row = (int) place; row < end; row++) {
                if (RowState.isLive(shard.slab.get(row, RowState.STATE)) && !shard.isOver(row, nowMs)) {
                    fill(out, index, shard, row, nowMs);
                    return (long) index << 32 | row + 1;
                }
            }
            return end < extent ? (long) index << 32 | end : index + 1 < shards.length ? (long) index + 1 << 32 : NONE;
        } finally {
            shard.lock.unlock();
        }
    }

    /** Gives the entry of a key as it is now; false when there is none. */
    public boolean look(Sample key, StickEntry out, long nowMs) {
        out.clear();
        int hash = keys.hash(key);
        Shard shard = shardOf(hash);
        shard.lock.lock();
        try {
            int row = shard.find(key, hash, nowMs);
            if (row == Shard.NIL) {
                return false;
            }
            fill(out, shardIndex(hash), shard, row, nowMs);
            return true;
        } finally {
            shard.lock.unlock();
        }
    }

    /** Gives the entry of that number as it is now; false when it is gone. */
    public boolean look(long entry, StickEntry out, long nowMs) {
        out.clear();
        int index = (int) (entry >>> 32) & 0xffff;
        if (entry < 0 || index >= shards.length) {
            return false;
        }
        Shard shard = shards[index];
        shard.lock.lock();
        try {
            int row = shard.rowOf((int) entry, (int) (entry >>> 48));
            if (row == Shard.NIL || shard.isOver(row, nowMs)) {
                return false;
            }
            fill(out, index, shard, row, nowMs);
            return true;
        } finally {
            shard.lock.unlock();
        }
    }

    /**
     * Gives the next entry of a shard that changed here, from a reader's place on, and the place behind it; the entry is
     * empty when there is none. Only for tables with peers.
     */
    public long nextChange(int shardIndex, long from, StickEntry out, long nowMs) {
        out.clear();
        Shard shard = shards[shardIndex];
        shard.lock.lock();
        try {
            int row = shard.updates.next(from, shard.slab, layout.positionWord());
            if (row == Shard.NIL) {
                return shard.updates.found();
            }
            fill(out, shardIndex, shard, row, nowMs);
            return shard.updates.found() + 1;
        } finally {
            shard.lock.unlock();
        }
    }

    /** All readers of changes are beyond that place of the shard. */
    public void releaseChanges(int shardIndex, long place) {
        Shard shard = shards[shardIndex];
        shard.lock.lock();
        try {
            shard.updates.release(place);
        } finally {
            shard.lock.unlock();
        }
    }

    private void fill(StickEntry out, int index, Shard shard, int row, long nowMs) {
        long state = shard.slab.get(row, RowState.STATE);
        readKey(shard, row, out.key, out.area);
        out.set(this, entry(index, state, row), RowState.users(state), leftMs(shard, row, nowMs), nowMs);
        out.copy(columns, shard.slab.chunk(row), data(shard, row));
    }

    private long leftMs(Shard shard, int row, long nowMs) {
        long expire = shard.slab.get(row, RowState.EXPIRE);
        return expire == NEVER ? 0 : Math.max(0, expire - nowMs);
    }

    private long expiry(long nowMs) {
        return spec.expireMs() == 0 ? NEVER : nowMs + spec.expireMs();
    }

    private int shardIndex(int hash) {
        return shardShift == 32 ? 0 : hash >>> shardShift;
    }

    private Shard shardOf(int hash) {
        return shards[shardIndex(hash)];
    }

    private long entry(int hash, Shard shard, int row) {
        return entry(shardIndex(hash), shard.slab.get(row, RowState.STATE), row);
    }

    /** The generation, of 15 bits so that no number is negative, above the shard above the row. */
    private static long entry(int index, long state, int row) {
        return (long) RowState.generation(state) << 48 | (long) index << 32 | row;
    }

    private Shard shard(long entry) {
        return shards[(int) (entry >>> 32) & 0xffff];
    }

    private static int row(long entry) {
        return (int) entry;
    }

    Shard[] shards() {
        return shards;
    }

    Columns columns() {
        return columns;
    }
}
