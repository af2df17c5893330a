package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The HTTP/2 connections of one worker to servers, whether they carry streams or not: a request takes the first that has
 * room for it. A connection stays with its worker. Worker-owned.
 */
public final class H2Pool {

    private static final long PURGE_MS = 1000;

    private record Entry(H2Mux mux, long[] idleSinceMs) {}

    private final Worker worker;
    private final Map<PoolKey, ArrayDeque<Entry>> all = new HashMap<>();
    private final Timer purger = new Timer() {
        @Override
        protected void fire(long nowMs) {
            purge(nowMs);
        }
    };

    public H2Pool(Worker worker) {
        this.worker = worker;
    }

    public void put(PoolKey key, H2Mux mux) {
        all.computeIfAbsent(key, k -> new ArrayDeque<>()).addLast(new Entry(mux, new long[] {worker.nowMs()}));
        if (!purger.isArmed()) {
            worker.arm(purger, PURGE_MS);
        }
    }

    /** One with room, or null. */
    public Connection take(PoolKey key) {
        ArrayDeque<Entry> fitting = all.isEmpty() ? null : all.get(key);
        if (fitting != null) {
            for (Entry entry : fitting) {
                if (entry.mux().hasRoom()) {
                    return entry.mux().connection();
                }
            }
        }
        return null;
    }

    /** It carries nothing now: it may wait a while, unless too many do. */
    public void idle(PoolKey key, H2Mux mux) {
        Entry found = find(key, mux);
        if (found == null || !key.target().hasRoom()) {
            mux.leaveSoftly();
        } else {
            found.idleSinceMs()[0] = worker.nowMs();
        }
    }

    private Entry find(PoolKey key, H2Mux mux) {
        ArrayDeque<Entry> fitting = all.get(key);
        if (fitting != null) {
            for (Entry entry : fitting) {
                if (entry.mux() == mux) {
                    return entry;
                }
            }
        }
        return null;
    }

    public void remove(PoolKey key, H2Mux mux) {
        Entry found = find(key, mux);
        if (found != null) {
            ArrayDeque<Entry> fitting = all.get(key);
            fitting.remove(found);
            if (fitting.isEmpty()) {
                all.remove(key);
            }
        }
    }

    /** Ends connections to a server that is somewhere else now, once they carry nothing. From any thread. */
    public void forget(IdleShare target) {
        worker.execute(() -> {
            for (PoolKey key : all.keySet().toArray(new PoolKey[0])) {
                if (key.target() == target) {
                    for (Entry entry : all.get(key).toArray(new Entry[0])) {
                        entry.mux().leaveSoftly();
                    }
                }
            }
        });
    }

    private void purge(long nowMs) {
        for (PoolKey key : all.keySet().toArray(new PoolKey[0])) {
            for (Entry entry : all.get(key).toArray(new Entry[0])) {
                boolean old = entry.idleSinceMs()[0] + key.target().purgeMs() <= nowMs;
                if (old && entry.mux().streams() == 0) {
                    entry.mux().leaveSoftly();
                }
            }
        }
        if (!all.isEmpty()) {
            worker.arm(purger, PURGE_MS);
        }
    }
}
