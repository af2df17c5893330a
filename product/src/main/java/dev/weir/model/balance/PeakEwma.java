package dev.weir.model.balance;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * {@code balance peak-ewma}, which HAProxy does not have: of two different servers drawn at random the one serves where a
 * request is expected to take less, by its moving average of times ({@link PeakLatency}), what it has in hand, and its
 * weight (Mitzenmacher's power of two choices with Finagle's Peak EWMA). A server of which nothing is known yet is tried
 * when it has nothing in hand. Picking takes the same time for any number of servers. Guarded by the lock of the backend.
 */
public final class PeakEwma<C extends Candidate> extends Balancer<C> {

    /** Stands for the time of a server that has not answered anything yet, in microseconds. */
    private static final long UNKNOWN = 1_000_000;

    private final IntSupplier random;
    private final LongSupplier nowMs;
    private final Drawn<C> active = new Drawn<>();
    private final Drawn<C> backup = new Drawn<>();

    /** The usable servers of one group. */
    private static final class Drawn<C extends Candidate> {
        Node<C>[] nodes;
        boolean stale = true;
    }

    /**
     * @param random uniform over all ints; asked under the lock, so it must not wait
     * @param nowMs the clock by which servers' times are counted
     */
    public PeakEwma(List<? extends C> servers, boolean allBackups, IntSupplier random, LongSupplier nowMs) {
        super(servers, allBackups);
        this.random = random;
        this.nowMs = nowMs;
        start();
    }

    @Override
    void starts(Node<C> node) {
        group(node.backup).stale = true;
    }

    @Override
    void comesUp(Node<C> node) {
        group(node.backup).stale = true;
    }

    @Override
    void goesDown(Node<C> node) {
        group(node.backup).stale = true;
    }

    @Override
    void weighs(Node<C> node, int before) { }

    @Override
    void grown(int count) { }

    private Drawn<C> group(boolean backups) {
        return backups ? backup : active;
    }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        Drawn<C> group = group(backups);
        if (group.stale) {
            build(group, backups);
        }
        int count = group.nodes.length;
        if (count == 0) {
            return null;
        }
        int first = below(count);
        int second = count == 1 ? first : below(count - 1);
        second = second >= first && count > 1 ? second + 1 : second;
        C one = group.nodes[first].server;
        C other = group.nodes[second].server;
        long now = nowMs.getAsLong();
        boolean swap = one == avoid || other != avoid && cost(group.nodes[second], now) < cost(group.nodes[first], now);
        C best = swap ? other : one;
        C next = swap ? one : other;
        return !best.full() ? best : !next.full() && next != avoid ? next : null;
    }

    private int below(int bound) {
        return (int) ((random.getAsInt() & 0xffffffffL) * bound >>> 32);
    }

    /** What one more request would cost there. */
    private static double cost(Node<? extends Candidate> node, long now) {
        long load = node.server.load();
        long latency = node.server.latencyMicros(now);
        double time = latency > 0 ? latency : load == 0 ? 0 : UNKNOWN;
        return time * (load + 1) / node.weight;
    }

    @SuppressWarnings("unchecked")
    private void build(Drawn<C> group, boolean backups) {
        group.stale = false;
        int count = 0;
        for (Node<C> node : nodes()) {
            count += node.up && node.backup == backups ? 1 : 0;
        }
        group.nodes = (Node<C>[]) new Node<?>[count];
        for (Node<C> node : nodes()) {
            if (node.up && node.backup == backups) {
                group.nodes[--count] = node;
            }
        }
    }
}
