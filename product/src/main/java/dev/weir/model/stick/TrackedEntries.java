package dev.weir.model.stick;

import dev.weir.model.value.Area;
import dev.weir.model.value.Sample;

/**
 * The entries that a session or an exchange tracks, {@code sc0} to {@code sc(n-1)}. A session has one of these, filled by
 * its connection and session rules and kept to its end; an exchange has its own, filled by content and HTTP rules, in
 * which what the exchange does not track itself is its session's. What is tracked is pinned and counts as one connection;
 * events go to whichever entry of a number is seen. Worker-owned.
 */
public final class TrackedEntries {

    /** How many there are unless {@code tune.stick-counters} says otherwise. */
    public static final int DEFAULT_COUNT = 3;
    /** The most that {@code tune.stick-counters} can ask for. */
    public static final int MOST = 100;

    private final TrackedEntries session;
    private final StickTable[] tables;
    private final long[] entries;
    private int own;
    private boolean requestSeen;

    private TrackedEntries(TrackedEntries session, int count) {
        this.session = session;
        this.tables = new StickTable[count];
        this.entries = new long[count];
    }

    /** Those of a session. */
    public static TrackedEntries ofSession(int count) {
        return new TrackedEntries(null, count);
    }

    /** Those of an exchange within this session. */
    public TrackedEntries ofExchange() {
        return new TrackedEntries(this, tables.length);
    }

    /** Those of the session, wherever we are. */
    public TrackedEntries ofItsSession() {
        return session == null ? this : session;
    }

    public int count() {
        return tables.length;
    }

    /** The table that this number is tracked in, or null. */
    public StickTable table(int number) {
        if (number < 0 || number >= tables.length) {
            return null;
        }
        StickTable table = tables[number];
        return table != null || session == null ? table : session.table(number);
    }

    /** The pinned entry, where {@link #table} is not null. */
    public long entry(int number) {
        return tables[number] != null || session == null ? entries[number] : session.entry(number);
    }

    /** Whether it is tracked here, not only in the session. */
    public boolean isOwn(int number) {
        return number >= 0 && number < tables.length && tables[number] != null;
    }

    public boolean isTracked(int number) {
        return table(number) != null;
    }

    /**
     * Begins to track a key that the table has prepared. The first one of a number stays, the session's too. False when it could not: a full
     * table that refuses.
     */
    public boolean track(int number, StickTable table, Sample key, long nowMs) {
        if (number < 0 || number >= tables.length) {
            return false;
        }
        if (isTracked(number)) {
            return true;
        }
        long entry = table.pin(key, nowMs);
        if (entry == StickTable.NONE) {
            return false;
        }
        tables[number] = table;
        entries[number] = entry;
        own++;
        table.count(entry, DataType.CONN_CUR, 0, 1, nowMs);
        table.count(entry, DataType.CONN_CNT, 0, 1, nowMs);
        if (requestSeen) {
            table.count(entry, DataType.HTTP_REQ_CNT, 0, 1, nowMs);
        }
        return true;
    }

    /** The session or exchange is over. */
    public void release(long nowMs) {
        requestSeen = false;
        for (int i = 0; own > 0 && i < tables.length; i++) {
            StickTable table = tables[i];
            if (table != null) {
                table.count(entries[i], DataType.CONN_CUR, 0, -1, nowMs);
                table.unpin(entries[i], nowMs);
                tables[i] = null;
                own--;
            }
        }
    }

    /** The connection was accepted and becomes a session: after its connection and session rules. */
    public void sessionBegun(long nowMs) {
        count(DataType.SESS_CNT, 1, nowMs);
    }

    /** A request came, whether it is a good one or not; what is tracked from here on counts it as well. */
    public void requestBegun(long nowMs) {
        count(DataType.HTTP_REQ_CNT, 1, nowMs);
        requestSeen = true;
    }

    /** The client is to blame: a bad or cut request, one that was denied. */
    public void requestError(long nowMs) {
        count(DataType.HTTP_ERR_CNT, 1, nowMs);
    }

    /** The server is to blame: a bad or cut answer. */
    public void responseFailure(long nowMs) {
        count(DataType.HTTP_FAIL_CNT, 1, nowMs);
    }

    /** A server has answered with that status. */
    public void answered(int status, StatusCodes errors, StatusCodes failures, long nowMs) {
        if (errors.has(status)) {
            requestError(nowMs);
        }
        if (failures.has(status)) {
            responseFailure(nowMs);
        }
    }

    public void bytesIn(long bytes, long nowMs) {
        count(DataType.BYTES_IN_CNT, bytes, nowMs);
    }

    public void bytesOut(long bytes, long nowMs) {
        count(DataType.BYTES_OUT_CNT, bytes, nowMs);
    }

    /** Odd but tolerated acts of the client's protocol engine. */
    public void glitches(long count, long nowMs) {
        count(DataType.GLITCH_CNT, count, nowMs);
    }

    private void count(DataType what, long events, long nowMs) {
        if (own == 0 && (session == null || session.own == 0) || events == 0) {
            return;
        }
        for (int i = 0; i < tables.length; i++) {
            StickTable table = table(i);
            if (table != null) {
                table.count(entry(i), what, 0, events, nowMs);
            }
        }
    }

    /** The key of what is tracked; the bytes of a text are those of the area. */
    public boolean key(int number, Sample out, Area area) {
        StickTable table = table(number);
        if (table == null) {
            return false;
        }
        table.keyOf(entry(number), out, area);
        return true;
    }
}
