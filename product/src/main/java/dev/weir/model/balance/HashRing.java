package dev.weir.model.balance;

import dev.weir.base.hash.Hash32;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * {@code hash-type consistent}: every server owns as many points of a ring as its effective weight says; a hash belongs to
 * the nearer of the points around it (facts.md, "Consistent ring"). The ring is built anew at the pick after a change.
 * Fullness is not looked at unless {@link Affinity} says so: the request waits in its server's queue. Guarded by the lock of
 * the backend.
 */
public final class HashRing<C extends Candidate> extends Balancer<C> {

    /** {@code hash-preserve-affinity}: how far a key keeps to its server; the next on the ring is taken otherwise. */
    public enum Affinity {
        ALWAYS, MAXCONN, MAXQUEUE;

        boolean leaves(Candidate server) {
            return this == MAXCONN && server.full() || this == MAXQUEUE && server.hasFullQueue();
        }
    }

    private final ToIntFunction<? super C> keys;
    private final int factor;
    private final Affinity affinity;
    private final Ring<C> active = new Ring<>();
    private final Ring<C> backup = new Ring<>();

    /** Points in rising unsigned order with their owners. */
    private static final class Ring<C extends Candidate> {
        int[] points = new int[0];
        Node<C>[] owners;
        int walked;
        boolean stale = true;
    }

    public HashRing(List<? extends C> servers, boolean allBackups, ToIntFunction<? super C> keys) {
        this(servers, allBackups, keys, 0, Affinity.ALWAYS);
    }

    /**
     * @param keys the number that a server's points start from: see {@link ServerKeys}
     * @param factor {@code hash-balance-factor}: how much of the average load a server may have in percent, 0 for any
     */
    public HashRing(List<? extends C> servers, boolean allBackups, ToIntFunction<? super C> keys, int factor,
            Affinity affinity) {
        super(servers, allBackups);
        this.affinity = affinity;
        this.keys = keys;
        this.factor = factor;
        start();
    }

    @Override
    public void keyChanged(C server) {
        ring(node(server)).stale = true;
    }

    private Ring<C> ring(Node<C> node) {
        return node.backup ? backup : active;
    }

    @Override
    void starts(Node<C> node) {
        ring(node).stale = true;
    }

    @Override
    void comesUp(Node<C> node) {
        ring(node).stale = true;
    }

    @Override
    void goesDown(Node<C> node) {
        ring(node).stale = true;
    }

    @Override
    void weighs(Node<C> node, int before) {
        ring(node).stale = true;
    }

    @Override
    void grown(int count) { }

    private Ring<C> current(boolean backups) {
        Ring<C> ring = backups ? backup : active;
        if (ring.stale) {
            build(ring, backups);
        }
        return ring;
    }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        Ring<C> ring = current(backups);
        int count = ring.points.length;
        if (count == 0) {
            return null;
        }
        int after = firstAtOrAfter(ring.points, hash);
        int next = after == count ? 0 : after;
        int previous = after == 0 ? count - 1 : after - 1;
        int toNext = ring.points[next] - hash;
        int toPrevious = hash - ring.points[previous];
        int at = Integer.compareUnsigned(toPrevious, toNext) <= 0 ? previous : next;
        for (int tried = 0; tried < count; tried++) {
            C server = ring.owners[at].server;
            boolean takes = factor == 0 ? !affinity.leaves(server) : mayHoldMore(server, backups);
            if (server != avoid && takes) {
                return server;
            }
            at = at + 1 == count ? 0 : at + 1;
        }
        if (affinity != Affinity.ALWAYS && factor == 0) {
            // all are full: whoever stands last on the way round gets it into its queue
            return ring.owners[at == 0 ? count - 1 : at - 1].server;
        }
        return factor > 0 ? ring.owners[at].server : avoid;
    }

    /** Whether one more request leaves it within its share of all that are in progress. */
    private boolean mayHoldMore(C server, boolean backups) {
        long inProgress = 1;
        long total = 0;
        long before = 0;
        long own = 0;
        for (Node<C> node : nodes()) {
            if (!node.up || node.backup != backups) {
                continue;
            }
            inProgress += node.server.load();
            if (node.server == server) {
                own = node.weight;
                before = total;
            }
            total += node.weight;
        }
        long slots = (inProgress * factor + 99) / 100;
        long rest = slots % total;
        long share = own * (slots / total) + (before + own) * rest / total - before * rest / total;
        return server.load() < Math.max(1, share);
    }

    /** Without a key: point by point from the lowest, full servers passed over; null when all are full. */
    @Override
    C chooseWithoutKey(boolean backups, C avoid) {
        Ring<C> ring = current(backups);
        int count = ring.points.length;
        C avoided = null;
        for (int tried = 0; tried < count; tried++) {
            if (ring.walked >= count) {
                ring.walked = 0;
            }
            C server = ring.owners[ring.walked++].server;
            if (!server.full()) {
                if (server != avoid) {
                    return server;
                }
                avoided = server;
            }
        }
        return avoided;
    }

    private static int firstAtOrAfter(int[] points, int hash) {
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Integer.compareUnsigned(points[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Sorted as pairs: the point above, the owner's place in the list below, so that equal points keep declaration order. */
    @SuppressWarnings("unchecked")
    private void build(Ring<C> ring, boolean backups) {
        ring.stale = false;
        int count = 0;
        for (Node<C> node : nodes()) {
            count += node.up && node.backup == backups ? node.weight : 0;
        }
        long[] pairs = new long[count];
        int filled = 0;
        for (int n = 0; n < nodes().size(); n++) {
            Node<C> node = nodes().get(n);
            if (node.up && node.backup == backups) {
                int key = keys.applyAsInt(node.server);
                for (int i = 0; i < node.weight; i++) {
                    // the sign bit is flipped so that the signed sort gives the unsigned order
                    pairs[filled++] = (long) (Hash32.avalanche(key + i) ^ 0x8000_0000) << 32 | n;
                }
            }
        }
        Arrays.sort(pairs);
        ring.points = new int[count];
        ring.owners = (Node<C>[]) new Node<?>[count];
        for (int i = 0; i < count; i++) {
            ring.points[i] = (int) (pairs[i] >>> 32) ^ 0x8000_0000;
            ring.owners[i] = nodes().get((int) pairs[i]);
        }
    }
}
