package dev.weir.model.server;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.model.balance.Candidate;
import dev.weir.model.balance.PeakLatency;
import dev.weir.net.mux.IdleShare;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsServerEnd;
import java.nio.charset.StandardCharsets;

/**
 * A server: identity, settings, state, limits and counters. It lives as long as its name stays in the configuration,
 * through any number of reloads. State and address are written by the Conductor and read by workers as snapshots;
 * {@code served} and {@code queued} are guarded by the lock of the backend; the rest is atomic.
 */
public final class Server implements Candidate {

    /** Weights are multiplied by this, so that slow start can raise them in steps. */
    public static final int WEIGHT_SCALE = 16;

    private volatile int id;
    private volatile String name;
    private volatile byte[] nameBytes;
    private final String backendName;
    private volatile boolean backup;
    private final CellGroup counts;
    private final Gauge sessions = new Gauge();
    private final Gauge queue = new Gauge();
    private final Pace sessionPace;
    private final Timings timings;
    private final IdleShare idleShare;
    private final PeakLatency latency = new PeakLatency();

    private volatile ServerSpec spec;
    private volatile String host;
    private volatile int rank;
    private volatile boolean standby;
    private volatile ServerState state;
    private volatile Address address;
    private volatile Address givenAddress;
    private volatile Dialer dialer;
    private volatile TlsServerEnd tls;
    private volatile int maxconn;
    private volatile int minconn;
    private volatile int fullconn;
    private volatile Gauge pressure;
    private volatile ServerSpec.PortMapping portMapping;
    private volatile ServerSpec.SendProxy sendProxy;
    private volatile Address socks4;
    private volatile byte[] cookie;
    private volatile int maxReuse = -1;
    private volatile boolean speaksHttp2;
    private volatile boolean reversed;
    private volatile Boolean websocketsOverHttp2;
    private volatile int revision;
    private volatile long stateSinceMs;
    private volatile long downMs;
    private volatile CheckView check;
    private volatile CheckView agent;
    private volatile Observation observation;

    /** Slots in use. Guarded by the backend's lock. */
    private int served;

    /** @param first the address to begin with, the Spec's own or what its name was resolved to */
    public Server(ServerSpec spec, Address first, String backendName, Dialer dialer, int workers, long nowMs) {
        this.name = spec.name();
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.backendName = backendName;
        this.counts = new CellGroup(workers, Count.SIZE);
        this.sessionPace = new Pace(workers);
        this.timings = new Timings(workers);
        this.idleShare = new IdleShare(workers);
        this.address = first;
        this.givenAddress = first;
        this.stateSinceMs = nowMs;
        ServerState begin = new ServerState(firstAdmin(spec, first), ServerState.Operation.RUNNING, spec.weight(), 100);
        this.state = begin.inMaintenance() ? begin.withOperation(ServerState.Operation.STOPPED) : begin;
        configure(spec, dialer);
    }

    private static int firstAdmin(ServerSpec spec, Address first) {
        int bits = spec.settings().get(ServerSpec.DISABLED) ? ServerState.Admin.CONFIGURED_MAINTENANCE
                | ServerState.Admin.FORCED_MAINTENANCE : 0;
        boolean unresolved = spec.host() != null && first.family() == Family.NONE;
        return unresolved ? bits | ServerState.Admin.RESOLUTION_MAINTENANCE : bits;
    }

    /** Takes over the settings of a configuration. */
    public void configure(ServerSpec next, Dialer nextDialer) {
        host = next.isService() ? null : next.host();
        maxconn = next.settings().get(ServerSpec.MAXCONN);
        minconn = next.settings().get(ServerSpec.MINCONN);
        portMapping = next.settings().get(ServerSpec.PORT_MAPPING);
        adopt(next, nextDialer);
    }

    /** Takes over what only a configuration can say; what commands can change too is left alone, but for its name. */
    public void adopt(ServerSpec next, Dialer nextDialer) {
        if (!next.name().equals(name)) {
            rename(next.name());
        }
        spec = next;
        id = next.id();
        backup = next.settings().get(ServerSpec.BACKUP);
        dialer = nextDialer;
        tls = next.settings().get(ServerSpec.SSL) ? next.settings().get(ServerSpec.TLS) : null;
        sendProxy = next.settings().get(ServerSpec.SEND_PROXY);
        socks4 = next.settings().get(ServerSpec.SOCKS4);
        String observe = next.settings().get(ServerSpec.OBSERVE);
        observation = observe.equals("none") ? null
                : new Observation(observe.equals("layer7"), next.settings().get(ServerSpec.ERROR_LIMIT));
        idleShare.keep(next.settings().get(ServerSpec.POOL_MAX_CONN), next.settings().get(ServerSpec.POOL_PURGE_MS),
                next.settings().get(ServerSpec.POOL_LOW_CONN));
        maxReuse = next.settings().get(ServerSpec.MAX_REUSE);
        String websockets = next.settings().get(ServerSpec.WS);
        websocketsOverHttp2 = websockets == null || websockets.equals("auto") ? null
                : websockets.equals("h2") ? Boolean.TRUE : Boolean.FALSE;
        reversed = next.address().family() == Family.RHTTP;
        speaksHttp2 = reversed || "h2".equals(next.settings().get(ServerSpec.PROTO));
        String named = next.settings().get(ServerSpec.COOKIE);
        cookie = named == null ? null : named.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        counts.growTo(workers);
        sessionPace.growTo(workers);
        timings.growTo(workers);
        idleShare.growTo(workers);
    }

    /** What it was given as its address, in the file or by the name that stands there, when that was read last. */
    public Address givenAddress() {
        return givenAddress;
    }

    /** A configuration gives it this address. */
    public void givenAddress(Address given) {
        givenAddress = given;
    }

    /** The limits that a configuration gives it. */
    public void limits(int most, int least) {
        maxconn = most;
        minconn = least;
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** A command calls it something else, as long as its line does not call it so again. */
    public void rename(String next) {
        nameBytes = next.getBytes(StandardCharsets.UTF_8);
        name = next;
    }

    /** The name as log lines take it; not to be changed. */
    public byte[] nameBytes() {
        return nameBytes;
    }

    public String backendName() {
        return backendName;
    }

    public ServerSpec spec() {
        return spec;
    }

    /** The name whose addresses it follows, or null. */
    public String host() {
        return host;
    }

    /** The service (SRV) that says where it is, or null. */
    public String service() {
        ServerSpec now = spec;
        return now.isService() ? now.host() : null;
    }

    /** How many priorities of its service come before its own. */
    public int rank() {
        return rank;
    }

    public void rank(int next) {
        rank = next;
    }

    /** Whether it waits for servers of a better rank to fail. */
    public boolean isStandby() {
        return standby;
    }

    public void standby(boolean waits) {
        standby = waits;
    }

    /** A command, or its service, has given it another one. */
    public void host(String name) {
        host = name;
    }

    public ServerState state() {
        return state;
    }

    /** The Conductor's way to publish a new state; the balancer is told by the backend. */
    public void publish(ServerState next, long nowMs) {
        boolean wasDown = state.operation() == ServerState.Operation.STOPPED;
        if (wasDown && next.operation() != ServerState.Operation.STOPPED) {
            downMs += nowMs - stateSinceMs;
        }
        boolean changed = next.operation() != state.operation() || next.admin() != state.admin();
        state = next;
        if (changed) {
            stateSinceMs = nowMs;
        }
    }

    /** When the state changed last, in milliseconds of the workers' clock. */
    public long stateSinceMs() {
        return stateSinceMs;
    }

    /** All the time spent down so far. */
    public long downMs(long nowMs) {
        return state.operation() == ServerState.Operation.STOPPED ? downMs + nowMs - stateSinceMs : downMs;
    }

    /** The last check, or null for a server that is not checked. */
    public CheckView check() {
        return check;
    }

    public void check(CheckView seen) {
        check = seen;
    }

    /** The last answer of its agent, or null for a server without one. */
    public CheckView agent() {
        return agent;
    }

    public void agent(CheckView seen) {
        agent = seen;
    }

    /** Who wants to know what traffic sees of it, or null. */
    public Observation observation() {
        return observation;
    }

    /** Traffic has seen something of it. On any worker. */
    public void saw(Observation.Sight sight) {
        Observation watching = observation;
        if (watching != null) {
            watching.saw(sight);
        }
    }

    public Address address() {
        return address;
    }

    public void address(Address next) {
        address = next;
    }

    /** How connections to it are encrypted, or null. */
    public TlsServerEnd tls() {
        return tls;
    }

    public Dialer dialer() {
        return dialer;
    }

    public ServerSpec.PortMapping portMapping() {
        return portMapping;
    }

    public ServerSpec.SendProxy sendProxy() {
        return sendProxy;
    }

    /** The SOCKS4 proxy that the server is reached through, or null. */
    public Address socks4() {
        return socks4;
    }

    public int maxconn() {
        return maxconn;
    }

    /** Whether its connections come by themselves: reverse HTTP. */
    public boolean isReversed() {
        return reversed;
    }

    /** Whether it is spoken with in HTTP/2 from the first byte on. */
    public boolean speaksHttp2() {
        return speaksHttp2;
    }

    /** Whether a connection to it speaks HTTP/2 or not as both sides agree when it is encrypted. */
    public boolean mayAgreeOnHttp2() {
        return tls != null && tls.offersHttp2() && !speaksHttp2;
    }

    /** Whether websockets go over HTTP/2, whatever other requests do; null where they are no exception. */
    public Boolean websocketsOverHttp2() {
        return websocketsOverHttp2;
    }

    /** How often a connection may be used again, -1 for any number. */
    public int maxReuse() {
        return maxReuse;
    }

    /** The value of persistence cookies that lead to it, or null. Not to be changed. */
    public byte[] cookie() {
        return cookie;
    }

    /** How many may wait for it, 0 for any number. */
    public int maxqueue() {
        return spec.settings().get(ServerSpec.MAXQUEUE);
    }

    /** Other words for what it was made of, when a command has made it. */
    public void spec(ServerSpec next) {
        spec = next;
    }

    /** How many servers have had its number before it. */
    public int revision() {
        return revision;
    }

    public void revision(int before) {
        revision = before;
    }

    /** Another limit by command; where the least was the most it moves along. */
    public void maxconn(int next) {
        if (minconn == maxconn) {
            minconn = next;
        }
        maxconn = next;
    }

    public void portMapping(ServerSpec.PortMapping next) {
        portMapping = next;
    }

    /** Counters, times and highest values read 0 from here. By one thread. */
    public void clear() {
        counts.clear();
        timings.clear();
        clearMaxima();
    }

    public void clearMaxima() {
        sessions.clearMax();
        queue.clearMax();
        sessionPace.clearMost();
        timings.clearLongest();
    }

    public CellGroup counts() {
        return counts;
    }

    public Timings timings() {
        return timings;
    }

    /** Its idle connections, as the workers see each other's. */
    public IdleShare idleShare() {
        return idleShare;
    }

    public Gauge sessions() {
        return sessions;
    }

    public Gauge queue() {
        return queue;
    }

    public Pace sessionPace() {
        return sessionPace;
    }

    @Override
    public int effectiveWeight() {
        ServerState now = state;
        return now.isUsable() && !standby ? Math.max(1, now.weight() * WEIGHT_SCALE * now.slowstartPercent() / 100) : 0;
    }

    /** The weight in force as users see it, in the unit of the configuration, whether the server is usable or not. */
    public int shownWeight() {
        ServerState now = state;
        int scaled = now.weight() * WEIGHT_SCALE * now.slowstartPercent() / 100;
        return (scaled + WEIGHT_SCALE - 1) / WEIGHT_SCALE;
    }

    @Override
    public boolean usable() {
        return state.isUsable();
    }

    @Override
    public boolean backup() {
        return backup;
    }

    /** Whether it can take no more now, since slots are taken or somebody waits for one. Under the backend's lock. */
    @Override
    public boolean full() {
        return isAtLimit() || queue.value() > 0;
    }

    /** Whether every slot is taken. Under the backend's lock. */
    public boolean isAtLimit() {
        int limit = limit();
        return limit > 0 && served >= limit;
    }

    /** The limit of the moment, 0 for none: a starting server has but a part of it. */
    public int limit() {
        int whole = wholeLimit();
        int percent = state.slowstartPercent();
        return percent == 100 || whole == 0 ? whole : Math.max(1, (int) ((long) whole * percent / 100));
    }

    /** With {@code minconn} it grows with the load of the backend. */
    private int wholeLimit() {
        int most = maxconn;
        int least = minconn;
        if (least == 0 || most == 0 || pressure == null) {
            return most;
        }
        int sessions = pressure.value();
        return sessions >= fullconn ? most : (int) Math.max(least, (long) sessions * most / fullconn);
    }

    /** Tells how loaded the backend is and from which load on the limit is {@code maxconn} itself. */
    public void underPressureOf(Gauge backendSessions, int full) {
        fullconn = Math.max(1, full);
        pressure = backendSessions;
    }

    @Override
    public boolean hasFullQueue() {
        int most = maxqueue();
        return maxconn > 0 && most > 0 && queue.value() >= most;
    }

    /** What traffic has seen of its times. */
    public PeakLatency latency() {
        return latency;
    }

    @Override
    public long latencyMicros(long nowMs) {
        return latency.micros(nowMs);
    }

    @Override
    public int load() {
        return served + queue.value();
    }

    /** Takes a slot. Under the backend's lock. */
    public void take() {
        served++;
    }

    /** Gives a slot back. Under the backend's lock. */
    public void giveBack() {
        served--;
    }

    public int served() {
        return served;
    }

    /** {@code backend/server}, as messages name it. */
    @Override
    public String toString() {
        return backendName + "/" + name;
    }
}
