package dev.weir.model.proxy;

import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.base.time.Clock;
import dev.weir.model.server.Count;
import dev.weir.model.server.Pace;
import dev.weir.net.mux.Admission;
import java.nio.charset.StandardCharsets;

/**
 * A listener as its frontend sees it: the three limits that a connection must pass, innermost first, and the counters
 * of the listener. Shared: atomic.
 */
public final class Entrance implements Admission {

    private final int id;
    private final byte[] nameBytes;
    private final Totals totals;
    private final Frontend frontend;
    private final Gauge connections = new Gauge();
    private final CellGroup counts;
    private volatile int maxconn;

    /**
     * @param id the listener's number inside its proxy
     * @param name what the bind line calls it, or null
     * @param maxconn the limit of the bind line, 0 for none
     */
    public Entrance(int id, String name, Totals totals, Frontend frontend, int maxconn, int workers) {
        this.id = id;
        this.nameBytes = (name == null ? Integer.toString(id) : name).getBytes(StandardCharsets.UTF_8);
        this.totals = totals;
        this.frontend = frontend;
        this.maxconn = maxconn;
        this.counts = new CellGroup(workers, Count.SIZE);
    }

    /** The limits of sessions per second, of the frontend and of the process. A connection is a session here. */
    @Override
    public long pauseMs() {
        int ofFrontend = frontend.sessionLimit();
        int ofProcess = totals.rateLimit();
        if (ofFrontend == 0 && ofProcess == 0) {
            return 0;
        }
        long nowMs = Clock.SYSTEM.monotonicNanos() / 1_000_000;
        return Math.max(pause(frontend.connectionPace(), ofFrontend, nowMs),
                pause(totals.connectionPace(), ofProcess, nowMs));
    }

    private static long pause(Pace pace, int limit, long nowMs) {
        return limit == 0 || pace.perSecond(nowMs) < limit ? 0 : Math.max(1, 1000 / limit);
    }

    @Override
    public boolean enter() {
        if (pauseMs() > 0) {
            return false;
        }
        if (connections.incrementIfBelow(limit(maxconn)) == 0) {
            return false;
        }
        if (frontend.connections().incrementIfBelow(limit(frontend.maxconn())) == 0) {
            connections.decrement();
            return false;
        }
        if (totals.connections().incrementIfBelow(limit(totals.maxconn())) == 0) {
            frontend.connections().decrement();
            connections.decrement();
            return false;
        }
        return true;
    }

    @Override
    public boolean hasRoom() {
        return connections.value() < limit(maxconn) && frontend.connections().value() < limit(frontend.maxconn())
                && totals.connections().value() < limit(totals.maxconn()) && pauseMs() == 0;
    }

    /** A connection that had entered is over. From any thread. */
    public void leave() {
        connections.decrement();
        boolean processWasFull = totals.connections().decrement() + 1 >= limit(totals.maxconn());
        frontend.connections().decrement();
        if (processWasFull) {
            totals.wakeAll();
        } else {
            frontend.wakeListeners();
        }
    }

    private static int limit(int configured) {
        return configured > 0 ? configured : Integer.MAX_VALUE;
    }

    public int id() {
        return id;
    }

    /** The listener's name, its number where it has none; not to be changed. */
    public byte[] nameBytes() {
        return nameBytes;
    }

    public Frontend frontend() {
        return frontend;
    }

    public Totals totals() {
        return totals;
    }

    public CellGroup counts() {
        return counts;
    }

    public Gauge connections() {
        return connections;
    }

    public int maxconn() {
        return maxconn;
    }
}
