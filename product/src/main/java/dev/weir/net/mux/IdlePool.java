package dev.weir.net.mux;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server connections of one worker that carry nothing, ready for the next request that they fit.
 *
 * <p>A worker whose own pool has nothing fitting claims one of another: it sends a claim to a worker whose count says
 * that it has some; the owner takes a connection out, ends what is outstanding on it, deregisters it and answers with
 * it, or with nothing. Whoever asked waits for that answer, and only then connects. Worker-owned.
 */
public final class IdlePool {

    private static final long PURGE_MS = 1000;

    /** Gets the answer of a claim, on the worker that asked. */
    public interface Claimant {

        /** @param connection one that now belongs to the worker that asked, or null when there is none */
        void answered(Connection connection);
    }

    /** The pools that know each other. Shared: one volatile. */
    private static final class Circle {
        private volatile IdlePool[] all;
        private volatile boolean shared = true;
    }

    /** The idle connections of one key, the oldest first. */
    private static final class Fitting extends ArrayDeque<Connection> {
        private static final long serialVersionUID = 1;
        /** When the last half went. */
        long purgedMs;
    }

    private final Worker worker;
    private final Circle circle;
    private final Map<PoolKey, Fitting> idle = new HashMap<>();
    private final Timer purger = new Timer() {
        @Override
        protected void fire(long nowMs) {
            purge(nowMs);
        }
    };

    /** Half of those that had nothing to do for the purge delay of their server go, the oldest first. */
    private void purge(long nowMs) {
        List<Connection> unused = new ArrayList<>();
        for (Map.Entry<PoolKey, Fitting> entry : idle.entrySet()) {
            int delay = entry.getKey().target().purgeMs();
            Fitting fitting = entry.getValue();
            if (fitting.purgedMs + delay > nowMs) {
                continue;
            }
            fitting.purgedMs = nowMs;
            int old = 0;
            for (Connection connection : entry.getValue()) {
                if (((Waiting) connection.engine()).sinceMs + delay > nowMs) {
                    break;
                }
                old++;
            }
            int going = (old + 1) / 2;
            for (Connection connection : entry.getValue()) {
                if (going-- <= 0) {
                    break;
                }
                unused.add(connection);
            }
        }
        for (int i = 0; i < unused.size(); i++) {
            ((Waiting) unused.get(i).engine()).forget();
        }
        if (!idle.isEmpty()) {
            worker.arm(purger, PURGE_MS);
        }
    }

    private IdlePool(Worker worker, Circle circle) {
        this.worker = worker;
        this.circle = circle;
    }

    /** Whether workers may ask each other ({@code tune.idle-pool.shared}); of all pools that know each other. */
    public void shared(boolean shared) {
        circle.shared = shared;
    }

    /** One pool for each worker, which know each other. */
    public static IdlePool[] forWorkers(Worker... workers) {
        IdlePool[] pools = new IdlePool[workers.length];
        Circle circle = new Circle();
        for (int i = 0; i < pools.length; i++) {
            pools[i] = new IdlePool(workers[i], circle);
        }
        circle.all = pools;
        return pools;
    }

    /** The pool of one more worker, which knows the others as they know it. By the thread that adds workers. */
    public IdlePool another(Worker added) {
        IdlePool pool = new IdlePool(added, circle);
        IdlePool[] more = Arrays.copyOf(circle.all, circle.all.length + 1);
        more[more.length - 1] = pool;
        circle.all = more;
        return pool;
    }

    /** Keeps a connection that has nothing under way. */
    public void put(PoolKey key, Connection connection) {
        if (!key.target().hasRoom()) {
            connection.become(Mux.NOBODY);
            connection.close();
            return;
        }
        if (!purger.isArmed()) {
            worker.arm(purger, PURGE_MS);
        }
        idle.computeIfAbsent(key, k -> new Fitting()).addLast(connection);
        key.target().add(worker.index(), 1);
        connection.become(new Waiting(key, connection.engine(), worker.nowMs()));
    }

    /** The youngest fitting connection of this worker, or null. The engine that it had is in charge again. */
    public Connection take(PoolKey key) {
        Fitting fitting = idle.get(key);
        if (fitting == null) {
            return null;
        }
        Connection connection = fitting.pollLast();
        if (fitting.isEmpty()) {
            idle.remove(key);
        }
        key.target().add(worker.index(), -1);
        ((Waiting) connection.engine()).restore();
        return connection;
    }

    /** Asks the worker that has most for a connection. The answer comes in a later turn, or at once if nobody has any. */
    public void claim(PoolKey key, Claimant claimant) {
        IdlePool owner = richest(key.target());
        if (owner == null) {
            claimant.answered(null);
        } else {
            owner.worker.execute(() -> owner.give(key, this, claimant));
        }
    }

    /** Closes all idle connections to a server: it is somewhere else now. From any thread. */
    public void forget(IdleShare target) {
        worker.execute(() -> {
            for (PoolKey key : idle.keySet().toArray(new PoolKey[0])) {
                while (key.target() == target && idle.containsKey(key)) {
                    Connection connection = take(key);
                    connection.become(Mux.NOBODY);
                    connection.close();
                }
            }
        });
    }

    /** Whether another worker seems to have a connection for that server. */
    public boolean canClaim(IdleShare target) {
        return circle.shared && target.mayMove() && richest(target) != null;
    }

    private IdlePool richest(IdleShare target) {
        IdlePool best = null;
        int most = 0;
        for (IdlePool pool : circle.all) {
            int count = pool == this ? 0 : target.of(pool.worker.index());
            if (count > most) {
                most = count;
                best = pool;
            }
        }
        return best;
    }

    /** On the owner's thread. */
    private void give(PoolKey key, IdlePool asking, Claimant claimant) {
        Connection connection = take(key);
        if (connection == null) {
            asking.worker.execute(() -> claimant.answered(null));
            return;
        }
        connection.moveTo(asking.worker, moved -> claimant.answered(moved ? connection : null));
    }

    /** The engine of an idle connection: whatever happens on it now makes it useless. */
    private final class Waiting implements Mux {

        private final PoolKey key;
        private final Mux former;
        private final long sinceMs;
        private Connection connection;

        Waiting(PoolKey key, Mux former, long sinceMs) {
            this.sinceMs = sinceMs;
            this.key = key;
            this.former = former;
        }

        /** Puts the engine that it had before in charge again. */
        void restore() {
            connection.giveBackTo(former);
        }

        @Override
        public void opened(Connection idleNow) {
            connection = idleNow;
        }

        @Override
        public void received(ByteBuf bytes) {
            bytes.release();
            forget();
        }

        @Override
        public void inputEnded() {
            forget();
        }

        @Override
        public void broken(Reason reason) {
            forget();
        }

        private void forget() {
            Fitting fitting = idle.get(key);
            if (fitting != null && fitting.remove(connection)) {
                key.target().add(worker.index(), -1);
                if (fitting.isEmpty()) {
                    idle.remove(key);
                }
            }
            connection.become(Mux.NOBODY);
            connection.close();
        }
    }
}
