package dev.weir.model.balance;

import java.util.List;

/**
 * A table with one slot per unit of weight, for {@code balance static-rr}, which walks it, and for
 * {@code hash-type map-based}, which looks a hash up in it (facts.md, "Map-based hashing"). Weights are divided by their
 * greatest common divisor first. Rebuilt at the pick after a change. Guarded by the lock of the backend.
 */
public final class SlotMap<C extends Candidate> extends Balancer<C> {

    private final boolean walks;
    private final int divisor;
    private Node<C>[] slots;
    private boolean stale = true;
    private boolean ofBackups;
    private int walked;

    private SlotMap(List<? extends C> servers, boolean allBackups, boolean walks, int divisor) {
        super(servers, allBackups);
        this.walks = walks;
        this.divisor = divisor;
        start();
    }

    /**
     * @param weights the configured effective weights of all servers, of which the divisor is taken once: it does not
     *        follow what commands make of them
     */
    public static <C extends Candidate> SlotMap<C> staticRoundRobin(List<? extends C> servers, boolean allBackups,
            int... weights) {
        return new SlotMap<>(servers, allBackups, true, divisor(weights));
    }

    public static <C extends Candidate> SlotMap<C> hashMap(List<? extends C> servers, boolean allBackups, int... weights) {
        return new SlotMap<>(servers, allBackups, false, divisor(weights));
    }

    private static int divisor(int[] weights) {
        int common = 0;
        for (int weight : weights) {
            int other = weight;
            while (other != 0) {
                int rest = common % other;
                common = other;
                other = rest;
            }
        }
        return Math.max(common, 1);
    }

    @Override
    void starts(Node<C> node) {
        stale = true;
    }

    @Override
    void comesUp(Node<C> node) {
        stale = true;
    }

    @Override
    void goesDown(Node<C> node) {
        stale = true;
    }

    @Override
    void weighs(Node<C> node, int before) {
        stale = true;
    }

    @Override
    void grown(int count) {
        stale = true;
    }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        if (walks) {
            return chooseWithoutKey(backups, avoid);
        }
        refresh(backups);
        return slots.length == 0 ? null : slots[Integer.remainderUnsigned(hash, slots.length)].server;
    }

    private void refresh(boolean backups) {
        if (stale || backups != ofBackups) {
            build(backups);
        }
    }

    @Override
    C chooseWithoutKey(boolean backups, C avoid) {
        refresh(backups);
        if (walked >= slots.length) {
            walked = 0;
        }
        C avoided = null;
        int avoidedAt = 0;
        for (int tried = 0; tried < slots.length; tried++) {
            int at = walked + tried < slots.length ? walked + tried : walked + tried - slots.length;
            Node<C> node = slots[at];
            if (!node.server.full()) {
                if (node.server != avoid) {
                    walked = at + 1;
                    return node.server;
                }
                avoided = node.server;
                avoidedAt = at;
            }
        }
        if (avoided != null) {
            walked = avoidedAt + 1;
        }
        return avoided;
    }

    @SuppressWarnings("unchecked")
    private void build(boolean backups) {
        stale = false;
        ofBackups = backups;
        int total = 0;
        for (Node<C> node : nodes()) {
            node.score = 0;
            total += node.up && node.backup == backups ? units(node) : 0;
        }
        slots = (Node<C>[]) new Node<?>[total];
        for (int slot = 0; slot < total; slot++) {
            Node<C> best = null;
            long highest = 0;
            for (Node<C> node : nodes()) {
                if (!node.up || node.backup != backups) {
                    continue;
                }
                node.score += units(node);
                long rank = Math.floorDiv(node.score + total, total);
                if (best == null || rank > highest) {
                    best = node;
                    highest = rank;
                }
            }
            best.score -= total;
            slots[slot] = best;
        }
    }

    private int units(Node<C> node) {
        return Math.max(1, node.weight / divisor);
    }
}
