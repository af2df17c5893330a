package dev.weir.model.stick;

import dev.weir.base.collect.SpinLock;
import dev.weir.model.value.Sample;
import java.util.Arrays;

/**
 * A part of a table: its rows, found by key in chains, filed by time in a wheel. All methods but the lock's are called with
 * the lock held and do a bounded number of steps; only a growing of the buckets goes over all rows of this one shard.
 * Shared: behind its lock.
 */
final class Shard {

    static final int NIL = Slab.NIL;
    private static final int FIRST_BUCKETS = 16;
    /** What an insertion removes of what is due, so that a table in use needs nobody else to sweep it. */
    private static final int SWEEP = 2;

    final SpinLock lock = new SpinLock();
    final Slab slab;
    final Wheel wheel;
    final UpdateOrder updates;
    private final KeyWords keys;
    private final Layout layout;
    private int[] buckets;
    private int live;

    /** Where in a row what stands; the same for all shards of a table. */
    record Layout(int lengthWord, int positionWord, int keyWord, int dataWord, int width) {

        static Layout of(KeyWords keys, Columns columns, boolean ordersUpdates) {
            int at = RowState.WORDS;
            int length = keys.needsLength() ? at++ : -1;
            int position = ordersUpdates ? at++ : -1;
            int data = at + keys.words();
            return new Layout(length, position, at, data, data + columns.width());
        }
    }

    private final int index;

    Shard(int index, KeyWords keys, Layout layout, long most, int lifeMs) {
        this.index = index;
        this.keys = keys;
        this.layout = layout;
        slab = new Slab(layout.width(), most);
        wheel = new Wheel(slab, lifeMs);
        updates = layout.positionWord() < 0 ? null : new UpdateOrder();
        buckets = new int[FIRST_BUCKETS];
        Arrays.fill(buckets, NIL);
    }

    int live() {
        return live;
    }

    long bytes() {
        return slab.bytes() + (long) buckets.length * Integer.BYTES;
    }

    /** The row of a key, or NIL; one whose time is over counts as gone. */
    int find(Sample key, int hash, long nowMs) {
        int row = buckets[bucket(hash)];
        while (row != NIL) {
            long chain = slab.get(row, RowState.CHAIN);
            if (RowState.upper(chain) == hash && isKey(row, key)) {
                return isOver(row, nowMs) ? NIL : row;
            }
            row = RowState.lower(chain);
        }
        return NIL;
    }

    private int bucket(int hash) {
        return hash & buckets.length - 1;
    }

    private boolean isKey(int row, Sample key) {
        long[] chunk = slab.chunk(row);
        int base = slab.base(row);
        if (layout.lengthWord() >= 0 && chunk[base + layout.lengthWord()] != keys.length(key)) {
            return false;
        }
        for (int i = 0; i < keys.words(); i++) {
            if (chunk[base + layout.keyWord() + i] != keys.word(key, i)) {
                return false;
            }
        }
        return true;
    }

    boolean isOver(int row, long nowMs) {
        return slab.get(row, RowState.EXPIRE) <= nowMs && RowState.users(slab.get(row, RowState.STATE)) == 0;
    }

    /** A row for a key that has none, or whose row is over. */
    int insert(Sample key, int hash) {
        if (live >= buckets.length) {
            grow();
        }
        int row = slab.take();
        long state = RowState.next(slab.get(row, RowState.STATE));
        long[] chunk = slab.chunk(row);
        int base = slab.base(row);
        Arrays.fill(chunk, base, base + layout.width(), 0);
        chunk[base + RowState.STATE] = state;
        chunk[base + RowState.CHAIN] = RowState.pair(hash, buckets[bucket(hash)]);
        buckets[bucket(hash)] = row;
        if (layout.lengthWord() >= 0) {
            chunk[base + layout.lengthWord()] = keys.length(key);
        }
        for (int i = 0; i < keys.words(); i++) {
            chunk[base + layout.keyWord() + i] = keys.word(key, i);
        }
        live++;
        return row;
    }

    private void grow() {
        int[] next = new int[buckets.length * 2];
        Arrays.fill(next, NIL);
        for (int head : buckets) {
            for (int row = head; row != NIL; ) {
                long chain = slab.get(row, RowState.CHAIN);
                int behind = RowState.lower(chain);
                int bucket = RowState.upper(chain) & next.length - 1;
                slab.set(row, RowState.CHAIN, RowState.pair(RowState.upper(chain), next[bucket]));
                next[bucket] = row;
                row = behind;
            }
        }
        buckets = next;
    }

    void remove(int row) {
        wheel.unfile(row);
        long chain = slab.get(row, RowState.CHAIN);
        int bucket = bucket(RowState.upper(chain));
        int behind = RowState.lower(chain);
        int before = NIL;
        for (int at = buckets[bucket]; at != row; at = RowState.lower(slab.get(at, RowState.CHAIN))) {
            before = at;
        }
        if (before == NIL) {
            buckets[bucket] = behind;
        } else {
            slab.set(before, RowState.CHAIN,
                    RowState.pair(RowState.upper(slab.get(before, RowState.CHAIN)), behind));
        }
        slab.set(row, RowState.STATE, slab.get(row, RowState.STATE) & ~RowState.LIVE);
        if (updates != null) {
            slab.set(row, layout.positionWord(), 0);
        }
        slab.release(row);
        live--;
    }

    /** Removes what is due, at most so much; how many went. */
    int sweep(long nowMs, int most) {
        int removed = 0;
        int row;
        while (removed < most && (row = wheel.due(nowMs, most)) != NIL) {
            remove(row);
            removed++;
        }
        return removed;
    }

    int sweepForInsert(long nowMs) {
        return sweep(nowMs, SWEEP);
    }

    /** Removes the oldest that nobody uses; false when there is none. */
    boolean purge() {
        int row = wheel.oldest();
        if (row == NIL) {
            return false;
        }
        remove(row);
        return true;
    }

    void setExpiry(int row, long expireMs) {
        slab.set(row, RowState.EXPIRE, expireMs);
    }

    /** It lives until then from now on. */
    void touch(int row, long expireMs, long nowMs) {
        setExpiry(row, expireMs);
        long state = slab.get(row, RowState.STATE);
        // what is in use stays out of the wheel once it is out
        if (RowState.slot(state) >= 0 || RowState.users(state) == 0) {
            wheel.file(row, nowMs);
        }
    }

    /** It changed here, and whoever passes changes on is to know. */
    void changed(int row, ChangeSignal signal) {
        if (updates != null) {
            int word = layout.positionWord();
            slab.set(row, word, updates.mention(row, slab.get(row, word), slab, word));
            if (signal != null) {
                signal.shardChanged(index);
            }
        }
    }

    void use(int row) {
        slab.set(row, RowState.STATE, RowState.plusUser(slab.get(row, RowState.STATE)));
    }

    void letGo(int row) {
        slab.set(row, RowState.STATE, RowState.minusUser(slab.get(row, RowState.STATE)));
    }

    /** The row that a name means, or NIL when that entry is gone. */
    int rowOf(int number, int generation) {
        if (number >= slab.extent()) {
            return NIL;
        }
        long state = slab.get(number, RowState.STATE);
        return RowState.isLive(state) && RowState.generation(state) == generation ? number : NIL;
    }

    int bucketCount() {
        return buckets.length;
    }

    int bucketHead(int index) {
        return buckets[index];
    }
}
