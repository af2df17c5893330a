package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.IdleShare.Attached;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * The HTTP/2 connections of one worker to servers, whether they carry streams or not: a request takes the first that has
 * room for it. A connection stays with its worker, but for those that were accepted (reverse HTTP): a worker that has
 * none claims one that carries nothing. Worker-owned.
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

    /** A connection that was accepted for a server: it is kept until it breaks. */
    public void attach(PoolKey key, H2Mux mux) {
        key.target().attached().add(new Attached(this, key));
        put(key, mux);
    }

    /** Whether any worker has a connection that was accepted for that server, or gets it now. */
    public boolean canClaim(PoolKey key) {
        for (Attached each : key.target().attached()) {
            if (each.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Asks the others, one after the other, for one that carries nothing. The answer comes in a later turn. */
    public void claim(PoolKey key, IdlePool.Claimant claimant) {
        ask(key, new LinkedHashSet<>(key.target().attached()).iterator(), claimant);
    }

    private void ask(PoolKey key, Iterator<Attached> others, IdlePool.Claimant claimant) {
        while (others.hasNext()) {
            Attached next = others.next();
            H2Pool other = next.pool();
            if (other != this && next.key().equals(key)) {
                other.worker.execute(() -> other.give(key, this, moved -> {
                    if (moved == null) {
                        ask(key, others, claimant);
                    } else {
                        claimant.answered(moved);
                    }
                }));
                return;
            }
        }
        claimant.answered(null);
    }

    /** On the owner's thread. */
    private void give(PoolKey key, H2Pool asking, IdlePool.Claimant claimant) {
        ArrayDeque<Entry> fitting = all.get(key);
        if (fitting != null) {
            for (Entry entry : fitting) {
                if (entry.mux().isAttached() && entry.mux().isQuiet()) {
                    Attached there = new Attached(asking, key);
                    key.target().attached().add(there);
                    remove(key, entry.mux());
                    entry.mux().parts();
                    entry.mux().connection().moveTo(asking.worker, entry.mux(), moved -> {
                        if (moved) {
                            asking.put(key, entry.mux());
                        } else {
                            key.target().attached().remove(there);
                        }
                        claimant.answered(moved ? entry.mux().connection() : null);
                    });
                    return;
                }
            }
        }
        asking.worker.execute(() -> claimant.answered(null));
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
        if (found != null && mux.isAttached()) {
            return;
        }
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
            if (mux.isAttached()) {
                key.target().attached().remove(new Attached(this, key));
            }
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
                if (old && entry.mux().streams() == 0 && !entry.mux().isAttached()) {
                    entry.mux().leaveSoftly();
                }
            }
        }
        if (!all.isEmpty()) {
            worker.arm(purger, PURGE_MS);
        }
    }
}
