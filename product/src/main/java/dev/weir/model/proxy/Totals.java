package dev.weir.model.proxy;

import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.model.server.Pace;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted for the process as a whole, and its limit of connections. Shared: atomic. */
public final class Totals {

    /** The process's own cells. */
    public enum Total {
        CONNECTIONS, SESSIONS,
        /** Clients of the runtime sockets. */
        COMMAND_CLIENTS,
        /** Messages that log-forward sections have taken. */
        RECEIVED_LOGS
    }

    private final Gauge connections = new Gauge();
    private final CellGroup counts;
    private final AtomicLong bugs = new AtomicLong();
    private final AtomicLong badMessages = new AtomicLong();
    private final AtomicLong timesFull = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final Pace connectionPace;
    private final Pace sessionPace;
    private volatile int maxconn;
    private final RateGate connectionGate;
    private final RateGate sessionGate;
    private final RateGate tlsGate;
    private volatile boolean stopping;
    private volatile List<Frontend> frontends = List.of();

    public Totals(int workers) {
        counts = new CellGroup(workers, Total.values().length);
        connectionPace = new Pace(workers);
        sessionPace = new Pace(workers);
        connectionGate = new RateGate(workers, 0);
        sessionGate = new RateGate(workers, 0);
        tlsGate = new RateGate(workers, 0);
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        counts.growTo(workers);
        connectionPace.growTo(workers);
        sessionPace.growTo(workers);
        connectionGate.growTo(workers);
        sessionGate.growTo(workers);
        tlsGate.growTo(workers);
    }

    /** The frontends whose listeners wait when the process is full. */
    public void frontends(List<Frontend> all) {
        frontends = List.copyOf(all);
    }

    void wakeAll() {
        List<Frontend> all = frontends;
        for (int i = 0; i < all.size(); i++) {
            all.get(i).wakeListeners();
        }
    }

    /** Whether no new connections are taken any more. */
    public boolean isStopping() {
        return stopping;
    }

    public void stopping() {
        stopping = true;
    }

    public int maxconn() {
        return maxconn;
    }

    public void maxconn(int limit) {
        maxconn = limit;
    }

    /** Another limit by command. */
    public void changeMaxconn(int limit) {
        maxconn = limit;
        wakeAll();
    }

    public void clearMaxima() {
        connectionPace.clearMost();
        sessionPace.clearMost();
    }

    /** How many connections may come per second. */
    public RateGate connectionGate() {
        return connectionGate;
    }

    /** How many sessions may begin per second; a connection is one here. */
    public RateGate sessionGate() {
        return sessionGate;
    }

    /** How many encrypted sessions may begin per second. */
    public RateGate tlsGate() {
        return tlsGate;
    }

    public Gauge connections() {
        return connections;
    }

    /** The number of the next session or request, from 0. */
    public long nextNumber() {
        return numbers.getAndIncrement();
    }

    /** How often a connection had to wait since the process had as many as it may. */
    public AtomicLong timesFull() {
        return timesFull;
    }

    /** How many messages broke the protocol. */
    public AtomicLong badMessages() {
        return badMessages;
    }

    /** Exceptions that nothing expected. */
    public AtomicLong bugs() {
        return bugs;
    }

    public CellGroup counts() {
        return counts;
    }

    public Pace connectionPace() {
        return connectionPace;
    }

    public Pace sessionPace() {
        return sessionPace;
    }
}
