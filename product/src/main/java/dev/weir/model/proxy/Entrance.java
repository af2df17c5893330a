package dev.weir.model.proxy;

import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Admission;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A listener as its frontend sees it: the three limits that a connection must pass, innermost first, and the counters
 * of the listener. Shared: atomic.
 */
public final class Entrance implements Admission {

    private volatile boolean encrypted;
    private volatile int idlePingMs;
    private volatile int id;
    private volatile byte[] nameBytes;
    private volatile boolean named;
    private volatile String guid;
    private final Totals totals;
    private final Frontend frontend;
    private final Gauge connections = new Gauge();
    private final CellGroup counts;
    private volatile int maxconn;
    private volatile List<RateGate> gates = List.of();

    /**
     * @param id the listener's number inside its proxy
     * @param name what the bind line calls it, or null
     * @param maxconn the limit of the bind line, 0 for none
     */
    public Entrance(int id, String name, Totals totals, Frontend frontend, int maxconn, int workers) {
        this.totals = totals;
        this.frontend = frontend;
        this.counts = new CellGroup(workers, Count.SIZE);
        configure(id, name, maxconn);
    }

    /** Takes over what the bind line of a configuration says. */
    public void configure(int number, String name, int limit) {
        id = number;
        named = name != null;
        nameBytes = (name == null ? Integer.toString(number) : name).getBytes(StandardCharsets.UTF_8);
        maxconn = limit;
    }

    /** What tells it from all others, or null. */
    public String guid() {
        return guid;
    }

    public void guid(String given) {
        guid = given;
    }

    /** Makes room for more workers. By the thread that adds workers. */
    void growTo(int workers) {
        counts.growTo(workers);
        for (RateGate gate : gates) {
            gate.growTo(workers);
        }
    }

    @Override
    public boolean enter() {
        if (connections.incrementIfBelow(limit(maxconn)) == 0) {
            return false;
        }
        if (frontend.connections().incrementIfBelow(limit(frontend.maxconn())) == 0) {
            connections.decrement();
            return false;
        }
        if (totals.connections().incrementIfBelow(limit(totals.maxconn())) == 0) {
            totals.timesFull().incrementAndGet();
            frontend.connections().decrement();
            connections.decrement();
            return false;
        }
        return true;
    }

    /** Whether those who come in are to speak TLS. */
    public boolean isEncrypted() {
        return encrypted;
    }

    /** How often idle connections of HTTP/2 are asked whether they live, 0 for never. */
    public int idlePingMs() {
        return idlePingMs;
    }

    public void idlePingMs(int every) {
        idlePingMs = every;
    }

    public void encrypted(boolean now) {
        encrypted = now;
    }

    /** From now on these limits of rates hold too. */
    public void pacedBy(List<RateGate> limits) {
        gates = limits;
    }

    @Override
    public int waitMs(long nowMs) {
        List<RateGate> all = gates;
        int longest = 0;
        for (int i = 0; i < all.size(); i++) {
            longest = Math.max(longest, all.get(i).waitMs(nowMs));
        }
        return longest;
    }

    @Override
    public void count(int worker, long nowMs) {
        List<RateGate> all = gates;
        for (int i = 0; i < all.size(); i++) {
            all.get(i).count(worker, nowMs);
        }
    }

    @Override
    public boolean hasRoom() {
        return connections.value() < limit(maxconn) && frontend.connections().value() < limit(frontend.maxconn())
                && totals.connections().value() < limit(totals.maxconn());
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

    /** Whether the bind line gives it a name. */
    public boolean isNamed() {
        return named;
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
