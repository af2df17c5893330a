package dev.weir.upkeep.peers;

import dev.weir.base.time.Timer;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.StickTable;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.Dialer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A living {@code peers} section: its tables, its peers, and whether we know all that they know.
 *
 * <p>At the start one peer after the other is asked for everything it has, until one that is up to date has told all of
 * it, or none is there for five seconds. Changes here are told to every peer as they come: the first one at once, more in
 * batches. At a soft stop the process that takes our place is told everything. Conductor-owned.
 */
public final class PeerSection {

    /** How far we are with learning what others know. */
    public enum Learning { FROM_LOCAL, FROM_REMOTE, FINISHED }

    private static final int PATIENCE_MS = 5000;
    private static final int LOCAL_RETRY_MS = 500;
    /** Within that time a process that was told to finish calls the one after it. */
    private static final int CALL_MS = 1000;
    /** Changes within this time are told together. */
    private static final int BATCH_MS = 2;

    private final PeersSpec spec;
    private final Worker worker;
    private final PeerTerms terms;
    private final List<SharedTable> tables = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private Peer own;
    private Learning learning = Learning.FINISHED;
    private Peer teacher;
    private long learnUntilMs = -1;
    private boolean stopping;
    private boolean handedOver;
    private long startedMs;
    private boolean changeTimerRuns;
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            waitedEnough();
        }
    };
    private final Timer batch = new Timer() {
        @Override
        protected void fire(long nowMs) {
            changeTimerRuns = tellChanges();
            if (changeTimerRuns) {
                worker.arm(this, BATCH_MS);
            } else {
                tables.forEach(each -> each.signal().sleep());
            }
        }
    };

    /**
     * @param shared its tables in the order of their numbers
     * @param dialers how the connections of a peer are opened
     */
    public PeerSection(PeersSpec spec, Worker worker, PeerTerms terms, List<StickTable> shared,
            Function<String, StickTable> find, Function<ServerSpec, Dialer> dialers) {
        this.spec = spec;
        this.worker = worker;
        this.terms = terms;
        for (StickTable table : shared) {
            String target = table.spec().writeTo();
            tables.add(new SharedTable(tables.size() + 1, table, target == null ? null : find.apply(target),
                    () -> worker.execute(this::changed)));
        }
        for (ServerSpec each : spec.peers()) {
            boolean local = each.name().equals(spec.local());
            Peer peer = new Peer(this, each, dialers.apply(each), local);
            peers.add(peer);
            own = local ? peer : own;
        }
    }

    /** Whether it can go on as that section of another configuration: with the same peers and the very same tables. */
    public boolean serves(PeersSpec other, PeerTerms others, List<StickTable> shared) {
        boolean same = terms.equals(others) && spec.sameAs(other) && tables.size() == shared.size();
        for (int i = 0; same && i < shared.size(); i++) {
            same = tables.get(i).table() == shared.get(i) && tables.get(i).isAsDefined();
        }
        return same;
    }

    /** Another section takes its place, or none: sessions end and nobody is called any more. */
    public void close() {
        stopping = true;
        handedOver = true;
        closeSessions();
    }

    private void closeSessions() {
        for (Peer peer : peers) {
            peer.stopWaiting();
            if (peer.session() != null) {
                peer.session().close();
            }
        }
    }

    public PeersSpec spec() {
        return spec;
    }

    Worker worker() {
        return worker;
    }

    PeerTerms terms() {
        return terms;
    }

    List<SharedTable> tables() {
        return tables;
    }

    public List<Peer> peers() {
        return peers;
    }

    public Learning learning() {
        return learning;
    }

    /** Until when we wait for somebody to learn from, or -1. */
    public long learnUntilMs() {
        return learnUntilMs;
    }

    /** Calls the others and learns from them, or first from the process that we replace. */
    public void start(boolean replacesAnother) {
        boolean alone = peers.size() <= 1;
        startedMs = worker.nowMs();
        learning = replacesAnother && own != null ? Learning.FROM_LOCAL : alone ? Learning.FINISHED : Learning.FROM_REMOTE;
        if (learning != Learning.FINISHED) {
            waitAgain();
        }
        for (Peer peer : peers) {
            peer.connect();
        }
    }

    /**
     * Whether the process that we replace is telling us what it knows, or can be expected to begin: until it has, nobody
     * should be let in, since decisions without that would be others.
     */
    public boolean awaitsLesson(long nowMs) {
        if (learning != Learning.FROM_LOCAL || tables.isEmpty() || spec.disabled()) {
            return false;
        }
        return nowMs - startedMs < (teacher == null ? CALL_MS : PATIENCE_MS);
    }

    private void waitAgain() {
        learnUntilMs = worker.nowMs() + PATIENCE_MS;
        worker.arm(patience, PATIENCE_MS);
    }

    private void waitedEnough() {
        if (teacher != null || learning == Learning.FINISHED) {
            return;
        }
        if (learning == Learning.FROM_LOCAL) {
            learning = peers.size() <= 1 ? Learning.FINISHED : Learning.FROM_REMOTE;
            if (learning == Learning.FROM_REMOTE) {
                waitAgain();
                askSomebody();
            }
        } else {
            finishLearning();
        }
    }

    private void finishLearning() {
        learning = Learning.FINISHED;
        learnUntilMs = -1;
        worker.disarm(patience);
    }

    /** Whether we call that peer: ourselves only to teach the process after us. */
    boolean mayCall(Peer peer) {
        return !spec.disabled() && (stopping ? peer.isLocal() && !handedOver : !peer.isLocal());
    }

    int retryMs(Peer peer) {
        return peer.isLocal() ? LOCAL_RETRY_MS : Peer.RECONNECT_MS;
    }

    boolean isStopping() {
        return stopping;
    }

    /** The peer of that name, or null. */
    Peer find(String name) {
        for (Peer peer : peers) {
            if (peer.name().equals(name)) {
                return peer;
            }
        }
        return null;
    }

    /** A session has begun. Our own name means the process before us, which teaches without being asked. */
    void ready(PeerSession session) {
        Peer peer = session.peer();
        if (stopping) {
            session.teach();
        } else if (peer.isLocal()) {
            teacher = teacher == null ? peer : teacher;
            session.learn();
        } else {
            askSomebody();
        }
    }

    private void askSomebody() {
        if (learning != Learning.FROM_REMOTE || teacher != null) {
            return;
        }
        for (Peer peer : peers) {
            if (!peer.isLocal() && !peer.isIncomplete() && peer.session() != null && peer.session().isReady()) {
                teacher = peer;
                peer.session().ask();
                return;
            }
        }
    }

    /** A lesson is over. */
    void learned(Peer peer, boolean whole) {
        teacher = teacher == peer ? null : teacher;
        if (whole) {
            finishLearning();
        } else if (learning == Learning.FROM_LOCAL && peer.isLocal()) {
            // that one did not know everything: the rest is others' to tell
            waitedEnough();
        } else if (learning != Learning.FINISHED) {
            peer.incomplete(!peer.isLocal());
            waitAgain();
            askSomebody();
        }
    }

    void lost(Peer peer) {
        if (teacher == peer) {
            teacher = null;
            if (learning != Learning.FINISHED) {
                waitAgain();
                askSomebody();
            }
        }
    }

    boolean knowsAll() {
        return learning == Learning.FINISHED;
    }

    private void changed() {
        if (!changeTimerRuns) {
            tellChanges();
            changeTimerRuns = true;
            worker.arm(batch, BATCH_MS);
        }
    }

    /** Whether there was anything to tell. */
    private boolean tellChanges() {
        boolean any = false;
        for (int i = 0; i < tables.size(); i++) {
            long[] bits = new long[(tables.get(i).table().shardCount() + 63) / 64];
            if (tables.get(i).signal().collect(bits)) {
                any = true;
                for (Peer peer : peers) {
                    long[] waiting = peer.progress().get(i).waiting();
                    for (int word = 0; word < bits.length; word++) {
                        waiting[word] |= bits[word];
                    }
                }
            }
        }
        for (Peer peer : peers) {
            if (any && peer.session() != null) {
                peer.session().pump();
            }
        }
        return any;
    }

    /** Changes that every other peer has confirmed need not be kept. */
    void release(int index) {
        SharedTable shared = tables.get(index);
        for (int shard = 0; shard < shared.table().shardCount(); shard++) {
            long least = Long.MAX_VALUE;
            for (Peer peer : peers) {
                least = peer.isLocal() ? least : Math.min(least, peer.progress().get(index).confirmed(shard));
            }
            shared.table().releaseChanges(shard, least);
        }
    }

    /**
     * Ends all sessions, then tells the process that takes our place what we know.
     *
     * @param followed whether there is one for certain; then it waits for what we say, be it that there is nothing
     */
    public void stop(boolean followed) {
        stopping = true;
        boolean worthTelling = followed ? !tables.isEmpty() : knowsAll() && !isEmpty();
        handedOver = spec.disabled() || own == null || !own.hasAddress() || !worthTelling;
        closeSessions();
        if (!handedOver) {
            worker.arm(new Timer() {
                @Override
                protected void fire(long nowMs) {
                    notFollowed();
                }
            }, PATIENCE_MS);
            own.connect();
        }
    }

    private boolean isEmpty() {
        boolean empty = true;
        for (SharedTable shared : tables) {
            empty &= shared.table().used() == 0;
        }
        return empty;
    }

    /** The next process does not come. */
    private void notFollowed() {
        if (!handedOver) {
            handedOver = true;
            if (own != null && own.session() != null) {
                own.session().close();
            }
        }
    }

    /** The next process has everything. What our last clients change it is told as long as we have any. */
    void handedOver() {
        handedOver = true;
    }

    /** Whether a stop has nothing more to wait for. */
    public boolean isDone() {
        return handedOver;
    }
}
