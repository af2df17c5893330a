package dev.weir.model.proxy;

import dev.weir.base.collect.SpinLock;
import dev.weir.base.count.CellGroup;
import dev.weir.base.count.Gauge;
import dev.weir.model.balance.Balancer;
import dev.weir.model.balance.PeakEwma;
import dev.weir.model.server.Count;
import dev.weir.model.server.Pace;
import dev.weir.model.server.Server;
import dev.weir.model.server.Timings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A backend: its servers, how one is chosen, who waits for one, and what is counted. It knows no rules. The balancer
 * and the queue are one for the process and guarded by one spin lock; counters are cells. It lives through reloads.
 */
public final class Backend {

    private volatile BadMessage badResponse;
    private volatile boolean published;
    private volatile int id;
    private final String name;
    private final byte[] nameBytes;
    private final CellGroup counts;
    private final Gauge sessions = new Gauge();
    private final Gauge queue = new Gauge();
    private final Pace sessionPace;
    private final Timings timings;
    private final SpinLock lock = new SpinLock();

    private final Map<Integer, Integer> revisions = new HashMap<>();

    private volatile ProxySpec spec;
    private volatile List<Server> servers = List.of();
    private volatile boolean measuresLatency;
    /** What the values of persistence cookies are made with, or null; and whether they are. */
    private volatile String cookieKey;
    private volatile boolean makesCookies;
    private String givenKey;
    private boolean givenDynamic;
    private volatile int fullconn;
    private volatile long stateSinceMs;
    private volatile long downMs;

    // guarded by the lock
    private Balancer<Server> balancer;
    private final WaitQueue waiting = new WaitQueue();
    private final Map<Server, WaitQueue> waitingFor = new IdentityHashMap<>();
    private long arrivals;

    public Backend(ProxySpec spec, int workers, long nowMs) {
        this.published = spec.settings().get(ProxySpec.PUBLISHED);
        this.name = spec.name();
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.spec = spec;
        this.id = spec.id();
        this.counts = new CellGroup(workers, Count.SIZE);
        this.sessionPace = new Pace(workers);
        this.timings = new Timings(workers);
        this.stateSinceMs = nowMs;
    }

    /** Takes over servers and balancer of a configuration. */
    public void configure(ProxySpec next, List<Server> nextServers, Balancer<Server> nextBalancer) {
        lock.lock();
        if (!spec.settings().same(next.settings(), ProxySpec.PUBLISHED)) {
            published = next.settings().get(ProxySpec.PUBLISHED);
        }
        spec = next;
        id = next.id();
        servers = List.copyOf(nextServers);
        balancer = nextBalancer;
        measuresLatency = nextBalancer instanceof PeakEwma;
        for (Server server : servers) {
            waitingFor.computeIfAbsent(server, each -> new WaitQueue());
        }
        lock.unlock();
    }

    /** What a configuration says of dynamic cookies; what commands have said since stays while it says the same. */
    public void givenCookies(String key, boolean dynamic) {
        if (!Objects.equals(key, givenKey)) {
            cookieKey = key;
        }
        if (dynamic != givenDynamic) {
            makesCookies = dynamic;
        }
        givenKey = key;
        givenDynamic = dynamic;
    }

    public String cookieKey() {
        return cookieKey;
    }

    /** Another key by command. */
    public void cookieKey(String key) {
        cookieKey = key;
    }

    /** Whether servers without a cookie of their own get one made of their address. */
    public boolean makesCookies() {
        return makesCookies;
    }

    /** By command. */
    public void makesCookies(boolean on) {
        makesCookies = on;
    }

    /** Forgets servers that are gone for good; who waits for one of them chooses again. By the Conductor. */
    public void forgetOthers() {
        List<Server> gone = new ArrayList<>();
        lock.lock();
        for (Server known : waitingFor.keySet()) {
            if (!servers.contains(known)) {
                gone.add(known);
            }
        }
        lock.unlock();
        for (Server server : gone) {
            Waiter lucky;
            do {
                lock.lock();
                lucky = nextAbandoned(server);
                lock.unlock();
                if (lucky != null) {
                    lucky.granted(null);
                }
            } while (lucky != null);
            lock.lock();
            waitingFor.remove(server);
            lock.unlock();
        }
    }

    /** Makes room for more workers. By the thread that adds workers. */
    public void growTo(int workers) {
        counts.growTo(workers);
        sessionPace.growTo(workers);
        timings.growTo(workers);
        for (Server server : servers) {
            server.growTo(workers);
        }
    }

    /**
     * Chooses a server and takes a slot of it, or queues the waiter and gives null, or gives null with the waiter not
     * queued when there is no usable server.
     *
     * @param avoid a server that has failed already and is taken only when nothing else is left, or null
     */
    public Server choose(Server avoid, Waiter waiter) {
        lock.lock();
        try {
            return takeOrQueue(balancer.pick(avoid), waiter);
        } finally {
            lock.unlock();
        }
    }

    /** The same by the hash of a key. */
    public Server choose(int hash, Server avoid, Waiter waiter) {
        lock.lock();
        try {
            return takeOrQueue(balancer.pick(hash, avoid), waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is more than one server to choose from. */
    public boolean hasOthers() {
        lock.lock();
        try {
            return balancer.hasOthers();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a slot of that very server, or queues the waiter for it. */
    public Server chooseThis(Server wanted, Waiter waiter) {
        lock.lock();
        try {
            return takeOrQueue(wanted, waiter);
        } finally {
            lock.unlock();
        }
    }

    /** The server of that name, or null. */
    public Server server(byte[] name, int length) {
        List<Server> all = servers;
        for (int i = 0; i < all.size(); i++) {
            byte[] each = all.get(i).nameBytes();
            if (java.util.Arrays.equals(each, 0, each.length, name, 0, length)) {
                return all.get(i);
            }
        }
        return null;
    }

    /** A server that was picked although it is full is wanted and no other: its queue is where to wait. */
    private Server takeOrQueue(Server picked, Waiter waiter) {
        if (picked != null && !picked.full()) {
            picked.take();
            balancer.loadChanged(picked);
            return picked;
        }
        if (picked != null || balancer.hasUsable()) {
            waiter.arrival = arrivals++;
            waiter.wanted = picked;
            if (picked == null) {
                waiting.append(waiter);
                queue.increment();
            } else {
                waitingFor.get(picked).append(waiter);
                picked.queue().increment();
            }
        }
        return null;
    }

    /** Takes a slot of that very server if it has one: for another try with the same server. */
    public boolean take(Server server) {
        lock.lock();
        try {
            if (server.full()) {
                return false;
            }
            server.take();
            balancer.loadChanged(server);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a slot back; the longest waiting exchange gets it if there is one and the server may take it. */
    public void release(Server server) {
        lock.lock();
        server.giveBack();
        Waiter lucky = nextFor(server);
        balancer.loadChanged(server);
        lock.unlock();
        if (lucky != null) {
            lucky.granted(server);
        }
    }

    /** Takes the longest waiting one out of its queue and a slot for it; null when nobody waits or may be served. */
    private Waiter nextFor(Server server) {
        if (!server.usable() || server.isAtLimit()) {
            return null;
        }
        WaitQueue own = waitingFor.get(server);
        Waiter first = own == null ? null : own.first();
        Waiter any = waiting.first();
        Waiter lucky = first == null || any != null && any.isBefore(first) ? any : first;
        if (lucky != null) {
            leaveQueue(lucky, true);
            server.take();
        }
        return lucky;
    }

    private void leaveQueue(Waiter waiter, boolean withSlot) {
        waiter.queue().remove(waiter, withSlot);
        (waiter.wanted == null ? queue : waiter.wanted.queue()).decrement();
    }

    /** The waiter waits no more; false when a slot was granted in the meantime, which is on its way. */
    public boolean cancel(Waiter waiter) {
        lock.lock();
        try {
            boolean wasQueued = waiter.isQueued();
            if (wasQueued) {
                leaveQueue(waiter, false);
            }
            return wasQueued;
        } finally {
            lock.unlock();
        }
    }

    /** A server is elsewhere. Called by the Conductor. */
    public void serverMoved(Server server) {
        lock.lock();
        balancer.keyChanged(server);
        lock.unlock();
    }

    /** A server's state or weight has changed; who can now be served is served. Called by the Conductor. */
    public void serverChanged(Server server) {
        lock.lock();
        balancer.changed(server);
        lock.unlock();
        Waiter lucky;
        do {
            lock.lock();
            boolean serves = server.usable();
            lucky = serves ? nextFor(server) : nextAbandoned(server);
            lock.unlock();
            if (lucky != null) {
                lucky.granted(serves ? server : null);
            }
        } while (lucky != null);
    }

    /** Who waits for a server that is gone has to choose again. */
    private Waiter nextAbandoned(Server server) {
        WaitQueue own = waitingFor.get(server);
        Waiter first = own == null ? null : own.first();
        if (first != null) {
            leaveQueue(first, true);
        }
        return first;
    }

    public int id() {
        return id;
    }

    /** Whether rules of other proxies may choose it. */
    public boolean isPublished() {
        return published;
    }

    public void publish(boolean on) {
        published = on;
    }

    /** The last answer of a server that was none, or null. */
    public BadMessage badResponse() {
        return badResponse;
    }

    public void badResponse(BadMessage last) {
        badResponse = last;
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

    public List<Server> servers() {
        return servers;
    }

    /** From how many sessions on the servers' limits are their {@code maxconn} itself. */
    public void fullconn(int sessionsAtFullLoad) {
        fullconn = sessionsAtFullLoad;
        for (Server server : servers) {
            server.underPressureOf(sessions, sessionsAtFullLoad);
        }
    }

    public int fullconn() {
        return fullconn;
    }

    /** Whether the algorithm looks at how long requests take. */
    public boolean measuresLatency() {
        return measuresLatency;
    }

    public CellGroup counts() {
        return counts;
    }

    public Timings timings() {
        return timings;
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

    public long stateSinceMs() {
        return stateSinceMs;
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

    /** It has come up or gone down. By the Conductor. */
    public void turned(boolean up, long nowMs) {
        if (up) {
            downMs += nowMs - stateSinceMs;
        }
        stateSinceMs = nowMs;
    }

    /** All the time spent down so far. */
    public long downMs(long nowMs) {
        return isUp() ? downMs : downMs + nowMs - stateSinceMs;
    }

    /** Adds a server while traffic runs. By the Conductor. */
    public void join(Server server) {
        server.underPressureOf(sessions, fullconn);
        lock.lock();
        List<Server> more = new ArrayList<>(servers);
        more.add(server);
        servers = List.copyOf(more);
        waitingFor.put(server, new WaitQueue());
        balancer.join(server);
        lock.unlock();
    }

    /** How many servers have had that number before. By the Conductor. */
    public int revision(int id) {
        return revisions.getOrDefault(id, 0);
    }

    /** Takes a server out for good; nobody uses it or waits for it. By the Conductor. */
    public void leave(Server server) {
        revisions.merge(server.id(), 1, Integer::sum);
        lock.lock();
        List<Server> fewer = new ArrayList<>(servers);
        fewer.remove(server);
        servers = List.copyOf(fewer);
        waitingFor.remove(server);
        balancer.leave(server);
        lock.unlock();
    }

    /** Whether any server can be reached; a backend without servers is up. */
    public boolean isUp() {
        List<Server> all = servers;
        for (Server server : all) {
            if (server.usable()) {
                return true;
            }
        }
        return all.isEmpty();
    }
}
