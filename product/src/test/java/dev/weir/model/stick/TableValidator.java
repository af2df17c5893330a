package dev.weir.model.stick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

/** Looks at everything a quiet table consists of and says what does not fit together. */
public final class TableValidator {

    private TableValidator() {}

    /** With no entry pinned by anybody. */
    public static void check(StickTable table) {
        check(table, 0);
    }

    public static void check(StickTable table, long pins) {
        int live = 0;
        long users = 0;
        for (Shard shard : table.shards()) {
            Set<Integer> chained = chained(shard);
            assertEquals(shard.live(), chained.size(), "rows in chains");
            int flagged = 0;
            for (int row = 0; row < shard.slab.extent(); row++) {
                long state = shard.slab.get(row, RowState.STATE);
                if (RowState.isLive(state)) {
                    flagged++;
                    users += RowState.users(state);
                    assertTrue(chained.contains(row), "a live row is in a chain");
                }
            }
            assertEquals(shard.live(), flagged, "live rows");
            wheel(shard, chained);
            live += shard.live();
        }
        assertEquals(live, table.used(), "entries counted");
        assertTrue(live <= table.size(), "no more than the size");
        assertEquals(pins, users, "pins");
    }

    private static Set<Integer> chained(Shard shard) {
        Set<Integer> seen = new HashSet<>();
        for (int bucket = 0; bucket < shard.bucketCount(); bucket++) {
            for (int row = shard.bucketHead(bucket); row != Slab.NIL; ) {
                assertTrue(seen.add(row), "a row is in one chain once");
                long chain = shard.slab.get(row, RowState.CHAIN);
                assertEquals(bucket, RowState.upper(chain) & shard.bucketCount() - 1, "the bucket of its hash");
                row = RowState.lower(chain);
            }
        }
        return seen;
    }

    private static void wheel(Shard shard, Set<Integer> live) {
        Set<Integer> filed = new HashSet<>();
        for (int slot = 0; slot < Wheel.slots(); slot++) {
            int before = Slab.NIL;
            int row = shard.wheel.head(slot);
            assertEquals(row != Slab.NIL, shard.wheel.isOccupied(slot), "the bit of a slot");
            while (row != Slab.NIL) {
                assertTrue(filed.add(row), "a row is filed once");
                assertTrue(live.contains(row), "a filed row is live");
                long state = shard.slab.get(row, RowState.STATE);
                assertEquals(slot, RowState.slot(state), "a row knows its slot");
                long links = shard.slab.get(row, RowState.LINKS);
                assertEquals(before, RowState.upper(links), "links go both ways");
                before = row;
                row = RowState.lower(links);
            }
        }
        for (int row : live) {
            long state = shard.slab.get(row, RowState.STATE);
            assertFalse(RowState.users(state) == 0 && !filed.contains(row), "what nobody uses is filed");
        }
    }
}
