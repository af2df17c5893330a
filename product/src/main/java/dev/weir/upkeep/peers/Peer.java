package dev.weir.upkeep.peers;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerSpec.SendProxy;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.TlsServerEnd;
import dev.weir.wire.peer.PeerHello;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Another process, or the next one of our own name: whether there is a session with it, and when to try again. Conductor-owned. */
public final class Peer {

    static final int RECONNECT_MS = 5000;
    private static final int COLLISION_LEAST_MS = 50;
    private static final int COLLISION_SPREAD_MS = 2000;

    private final PeerSection section;
    private final String name;
    private final Address address;
    private final Dialer dialer;
    private final TlsServerEnd tls;
    private final SendProxy sendProxy;
    private final Address socks4;
    private final int shard;
    private final boolean local;
    private final List<TableProgress> progress = new ArrayList<>();
    final PeerCounts counts = new PeerCounts();
    private final Timer again = new Timer() {
        @Override
        protected void fire(long nowMs) {
            connect();
        }
    };
    private PeerSession session;
    private long againAtMs = -1;
    /** Both called at the same time: they must not do so again. */
    private boolean collided;
    private int minor = PeerHello.MINOR;
    /** It cannot teach us: it is not up to date itself. */
    private boolean incomplete;

    Peer(PeerSection section, ServerSpec line, Dialer dialer, boolean local) {
        this.section = section;
        this.name = line.name();
        this.address = line.address();
        this.dialer = dialer;
        this.tls = line.settings().get(ServerSpec.TLS);
        this.sendProxy = line.settings().get(ServerSpec.SEND_PROXY);
        this.socks4 = line.settings().get(ServerSpec.SOCKS4);
        this.shard = local ? 0 : line.settings().get(ServerSpec.SHARD);
        this.local = local;
        for (SharedTable table : section.tables()) {
            progress.add(new TableProgress(table));
        }
    }

    public String name() {
        return name;
    }

    public Address address() {
        return address;
    }

    public boolean isLocal() {
        return local;
    }

    public PeerCounts counts() {
        return counts;
    }

    /** The session, or null. */
    public PeerSession session() {
        return session;
    }

    public PeerSection section() {
        return section;
    }

    public List<TableProgress> progress() {
        return progress;
    }

    /** How its connections are encrypted, or null. */
    TlsServerEnd tls() {
        return tls;
    }

    /** What is said of ourselves before anything else. */
    SendProxy sendProxy() {
        return sendProxy;
    }

    /** The proxy that it is reached through, or null. */
    Address socks4() {
        return socks4;
    }

    int shard() {
        return shard;
    }

    int minor() {
        return minor;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    void incomplete(boolean now) {
        incomplete = now;
    }

    /** When it is tried again, or -1. */
    public long againAtMs() {
        return againAtMs;
    }

    /** It speaks the older version only. */
    void downgrade() {
        minor = 0;
    }

    void connect() {
        againAtMs = -1;
        if (session == null && hasAddress() && section.mayCall(this)) {
            counts.connections++;
            session = new PeerSession(section, this);
            session.dial(dialer, socks4 != null ? socks4 : address);
        }
    }

    boolean hasAddress() {
        return address != null && (!address.family().isIp() || address.port() != 0);
    }

    /** Somebody has greeted us in its name: that one is the session from now on. */
    void take(PeerSession next) {
        PeerSession old = session;
        session = next;
        stopWaiting();
        if (old != null) {
            counts.collisions++;
            collided = true;
            old.close();
        }
    }

    /** The session is over. */
    void lost(PeerSession which) {
        if (session == which) {
            session = null;
            tryAgainIn(collided ? COLLISION_LEAST_MS + ThreadLocalRandom.current().nextInt(COLLISION_SPREAD_MS)
                    : section.retryMs(this));
            collided = false;
        }
    }

    void tryAgainIn(int delayMs) {
        if (section.mayCall(this)) {
            againAtMs = section.worker().nowMs() + delayMs;
            section.worker().arm(again, delayMs);
        }
    }

    void stopWaiting() {
        againAtMs = -1;
        section.worker().disarm(again);
    }
}
