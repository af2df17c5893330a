package dev.weir.model.proxy;

import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.base.count.Latencies;
import dev.weir.model.server.Count;
import dev.weir.model.server.Pace;
import dev.weir.model.server.Stage;
import dev.weir.net.mux.Listener;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A frontend: identity, limits and counters of what comes in. It knows no rules. It lives through reloads.
 * Shared: atomic.
 */
public final class Frontend {

    private volatile BadMessage badRequest;
    private volatile int id;
    private final String name;
    private final byte[] nameBytes;
    private final CellGroup counts;
    private final Gauge connections = new Gauge();
    private final Pace connectionPace;
    private final Pace sessionPace;
    private final Pace requestPace;
    private final Latencies latencies;
    private final Gauge http2Connections = new Gauge();
    private volatile ProxySpec spec;
    private volatile int maxconn;
    private int givenMaxconn = -1;
    private volatile List<Listener> listeners = List.of();

    public Frontend(ProxySpec spec, int workers) {
        this.name = spec.name();
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.counts = new CellGroup(workers, Count.SIZE);
        this.connectionPace = new Pace(workers);
        this.sessionPace = new Pace(workers);
        this.requestPace = new Pace(workers);
        this.latencies = new Latencies(workers, Stage.COUNT);
        this.spec = spec;
        this.id = spec.id();
    }

    public void configure(ProxySpec next, int nextMaxconn, List<Listener> nextListeners) {
        adopt(next, nextMaxconn);
        listeners = List.copyOf(nextListeners);
    }

    /** Takes over what a configuration says; a limit that a command has set stays until the configuration's changes. */
    public void adopt(ProxySpec next, int nextMaxconn) {
        spec = next;
        id = next.id();
        if (nextMaxconn != givenMaxconn) {
            maxconn = nextMaxconn;
        }
        givenMaxconn = nextMaxconn;
    }

    /** Those of its connections that speak HTTP/2. */
    public Gauge http2Connections() {
        return http2Connections;
    }

    /** How its exchanges' times are spread. */
    public Latencies latencies() {
        return latencies;
    }

    /** It is accepted for by these from now on. */
    public void listeners(List<Listener> next) {
        listeners = List.copyOf(next);
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        counts.growTo(workers);
        connectionPace.growTo(workers);
        sessionPace.growTo(workers);
        requestPace.growTo(workers);
        latencies.growTo(workers);
        for (Listener listener : listeners) {
            if (listener.admission() instanceof Entrance entrance) {
                entrance.growTo(workers);
            }
        }
    }

    /** A connection of this frontend has ended: listeners that stopped for want of room may go on. */
    public void wakeListeners() {
        List<Listener> all = listeners;
        for (int i = 0; i < all.size(); i++) {
            all.get(i).wake();
        }
    }

    /** Whether a command has closed it for good. */
    public boolean isStopped() {
        return has(Listener.State.CLOSED);
    }

    /** Whether none of its listeners accepts for now. */
    public boolean isPaused() {
        return has(Listener.State.PAUSED);
    }

    private boolean has(Listener.State state) {
        List<Listener> all = listeners;
        for (Listener listener : all) {
            if (listener.state() != state) {
                return false;
            }
        }
        return !all.isEmpty();
    }

    public int id() {
        return id;
    }

    /** The last request that was none, or null. */
    public BadMessage badRequest() {
        return badRequest;
    }

    public void badRequest(BadMessage last) {
        badRequest = last;
    }

    public String name() {
        return name;
    }

    /** The name as log lines take it; not to be changed. */
    public byte[] nameBytes() {
        return nameBytes;
    }

    public ProxySpec spec() {
        return spec;
    }

    public int maxconn() {
        return maxconn;
    }

    /** Another limit by command: who waits at the door may come in. */
    public void maxconn(int next) {
        maxconn = next;
        wakeListeners();
    }

    /** Counters and highest values read 0 from here. By one thread. */
    public void clear() {
        counts.clear();
        latencies.clear();
        clearMaxima();
    }

    public void clearMaxima() {
        connections.clearMax();
        connectionPace.clearMost();
        sessionPace.clearMost();
        requestPace.clearMost();
    }

    /** New sessions per second, 0 for any number. */
    public int sessionLimit() {
        return spec.settings().get(ProxySpec.RATE_LIMIT_SESSIONS);
    }

    public List<Listener> listeners() {
        return listeners;
    }

    public CellGroup counts() {
        return counts;
    }

    /** Connections now; its limit is {@link #maxconn}. */
    public Gauge connections() {
        return connections;
    }

    public Pace connectionPace() {
        return connectionPace;
    }

    public Pace sessionPace() {
        return sessionPace;
    }

    public Pace requestPace() {
        return requestPace;
    }
}
