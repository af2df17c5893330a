package dev.weir.flow.filter;

import dev.weir.base.count.Rate;
import dev.weir.model.stick.StickTable;
import java.util.ArrayList;
import java.util.List;

/** The bandwidth limits that rules have put in force for one exchange. Worker-owned. */
public final class LimitsInForce {

    /** How many bytes may go now, and how long to wait when none may. */
    interface Limit {

        /** Bytes that may go at this time. */
        long allowed(long nowMs);

        /** Bytes have gone. */
        void count(long bytes, long nowMs);

        int periodMs();
    }

    private record InForce(BandwidthLimit filter, Limit limit, long entry) {}

    private final List<InForce> all = new ArrayList<>(0);

    /** The exchange has a limit of its own. */
    public void put(BandwidthLimit filter, long bytes, int periodMs, long nowMs) {
        remove(filter, nowMs);
        all.add(new InForce(filter, new Own(bytes, periodMs), StickTable.NONE));
    }

    /** The exchange shares the limit with others of a pinned entry, which is let go at its end. */
    public void share(BandwidthLimit filter, long entry, long nowMs) {
        remove(filter, nowMs);
        all.add(new InForce(filter, new Shared(filter, entry), entry));
    }

    Limit of(BandwidthLimit filter) {
        for (InForce each : all) {
            if (each.filter == filter) {
                return each.limit;
            }
        }
        return null;
    }

    private void remove(BandwidthLimit filter, long nowMs) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).filter == filter) {
                release(all.remove(i), nowMs);
            }
        }
    }

    /** The exchange is over. */
    public void clear(long nowMs) {
        while (!all.isEmpty()) {
            release(all.removeLast(), nowMs);
        }
    }

    private static void release(InForce each, long nowMs) {
        if (each.entry != StickTable.NONE) {
            each.filter.table().unpin(each.entry, nowMs);
        }
    }

    private static final class Own implements Limit {
        private final long bytes;
        private final int periodMs;
        private final Rate rate;

        Own(long bytes, int periodMs) {
            this.bytes = bytes;
            this.periodMs = periodMs;
            this.rate = new Rate(1, periodMs);
        }

        @Override
        public long allowed(long nowMs) {
            return bytes - rate.read(nowMs);
        }

        @Override
        public void count(long count, long nowMs) {
            rate.add(0, nowMs, count);
        }

        @Override
        public int periodMs() {
            return periodMs;
        }
    }

    private record Shared(BandwidthLimit filter, long entry) implements Limit {

        @Override
        public long allowed(long nowMs) {
            StickTable table = filter.table();
            long left = filter.limit() - table.readPinned(entry, filter.rate(), 0, nowMs);
            return left <= 0 ? 0 : Math.max(1, left / Math.max(1, table.usersOfPinned(entry)));
        }

        @Override
        public void count(long bytes, long nowMs) {
            filter.table().count(entry, filter.counter(), 0, bytes, nowMs);
        }

        @Override
        public int periodMs() {
            return filter.table().periodMs(filter.rate());
        }
    }
}
