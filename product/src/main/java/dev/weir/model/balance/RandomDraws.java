package dev.weir.model.balance;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * {@code balance random(n)}: so many draws on the ring, the least loaded for its weight wins, then the one with the lower
 * rate. A winner that is full means the backend's queue. Guarded by the lock of the backend.
 */
public final class RandomDraws<C extends Candidate> extends Balancer<C> {

    private final HashRing<C> ring;
    private final int draws;
    private final IntSupplier random;

    /** @param random uniform over all ints; asked under the lock, so it must not wait */
    public RandomDraws(List<? extends C> servers, boolean allBackups, ToIntFunction<? super C> keys, int draws,
            IntSupplier random) {
        super(servers, allBackups);
        this.ring = new HashRing<>(servers, allBackups, keys);
        this.draws = draws;
        this.random = random;
        start();
    }

    @Override
    void starts(Node<C> node) { }

    @Override
    void comesUp(Node<C> node) {
        forward(node);
    }

    @Override
    void goesDown(Node<C> node) {
        forward(node);
    }

    @Override
    void weighs(Node<C> node, int before) {
        forward(node);
    }

    private void forward(Node<C> node) {
        if (ring.node(node.server) == null) {
            ring.join(node.server);
        } else {
            ring.changed(node.server);
        }
    }

    @Override
    public void keyChanged(C server) {
        if (ring.node(server) != null) {
            ring.keyChanged(server);
        }
    }

    @Override
    void left(Node<C> node) {
        if (ring.node(node.server) != null) {
            ring.leave(node.server);
        }
    }

    @Override
    void grown(int count) { }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        C best = null;
        for (int i = 0; i < draws; i++) {
            C drawn = ring.choose(backups, random.getAsInt(), avoid);
            if (best == null || isBetter(drawn, best)) {
                best = drawn;
            }
        }
        return best == null || best.full() ? null : best;
    }

    private static boolean isBetter(Candidate a, Candidate b) {
        long load = (long) a.load() * b.effectiveWeight() - (long) b.load() * a.effectiveWeight();
        return load < 0 || load == 0 && a.rate() * b.effectiveWeight() < b.rate() * a.effectiveWeight();
    }
}
