package dev.weir.model.balance;

import java.util.List;

/**
 * Weighted round robin, {@code balance roundrobin}: the exact sequence of HAProxy, also through changes of weights and
 * states (facts.md, "Weighted round robin"). Each server has a next position on a scale that advances by one per pick;
 * a round is over when all have used up their weight. Servers that start a round without having been placed yet wait in
 * {@code init} by falling weight, those placed in {@code current}, those done with the round in {@code next}.
 * Guarded by the lock of the backend.
 */
public final class RoundRobin<C extends Candidate> extends Balancer<C> {

    private static final class Group<C extends Candidate> {
        Ranking<C> init;
        Ranking<C> next;
        final Ranking<C> current;
        /** Total weight as it was when the round began. */
        long roundWeight;
        /** Total weight now. */
        long weight;
        long position;

        Group(int room) {
            init = new Ranking<>(room);
            next = new Ranking<>(room);
            current = new Ranking<>(room);
        }
    }

    private final Group<C> active;
    private final Group<C> backup;

    public RoundRobin(List<? extends C> servers, boolean allBackups) {
        super(servers, allBackups);
        active = new Group<>(servers.size());
        backup = new Group<>(servers.size());
        start();
    }

    private Group<C> group(Node<C> node) {
        return node.backup ? backup : active;
    }

    @Override
    void grown(int count) {
        for (Ranking<C> ranking : List.of(active.init, active.next, active.current, backup.init, backup.next,
                backup.current)) {
            ranking.makeRoom(count);
        }
    }

    @Override
    void starts(Node<C> node) {
        Group<C> g = group(node);
        g.weight += node.weight;
        g.roundWeight = g.weight;
        g.position = g.weight;
        g.init.insert(node, -node.weight);
    }

    @Override
    void comesUp(Node<C> node) {
        Group<C> g = group(node);
        g.weight += node.weight;
        node.npos = g.position + (g.weight + g.roundWeight - g.position) / node.weight;
        putBack(g, node);
    }

    @Override
    void goesDown(Node<C> node) {
        group(node).weight -= node.weight;
        node.ranking.remove(node);
    }

    @Override
    void weighs(Node<C> node, int before) {
        Group<C> g = group(node);
        g.weight += node.weight - before;
        boolean unplaced = node.ranking == g.init;
        node.ranking.remove(node);
        if (unplaced) {
            g.init.insert(node, -node.weight);
            return;
        }
        node.npos = Math.min(node.npos, node.lpos + g.weight / node.weight);
        node.rest = 0;
        if (node.npos < g.position + 2) {
            node.npos = g.position + g.weight / node.weight;
        }
        putBack(g, node);
    }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        Group<C> g = backups ? backup : active;
        Node<C> aside = null;
        Node<C> avoided = null;
        Node<C> picked = null;
        boolean swapped = false;
        while (true) {
            Node<C> node = take(g);
            if (node == null) {
                // a round ends even when nobody is left to start the next: all are full then, and start it afresh
                if (swapped) {
                    picked = avoided;
                    break;
                }
                swapRound(g);
                swapped = true;
                continue;
            }
            node.ranking.remove(node);
            account(g, node);
            if (!node.server.full()) {
                if (node.server != avoid) {
                    picked = node;
                    break;
                }
                avoided = node;
            }
            node.nextAside = aside;
            aside = node;
        }
        if (picked != null && picked != avoided) {
            putBack(g, picked);
        }
        while (aside != null) {
            Node<C> node = aside;
            aside = node.nextAside;
            node.nextAside = null;
            if (swapped) {
                g.init.insert(node, -node.weight);
            } else {
                putBack(g, node);
            }
        }
        return picked == null ? null : picked.server;
    }

    /** The server whose turn it is, still in its ranking, or null when this round has none left. */
    private Node<C> take(Group<C> g) {
        Node<C> placed = g.current.first();
        if (placed != null && placed.npos <= g.position) {
            return placed;
        }
        Node<C> unplaced = g.init.first();
        if (unplaced != null) {
            unplaced.npos = 0;
            unplaced.rest = 0;
            return unplaced;
        }
        return placed;
    }

    private void swapRound(Group<C> g) {
        Ranking<C> done = g.init;
        g.init = g.next;
        g.next = done;
        g.roundWeight = g.weight;
        g.position = g.weight;
    }

    private void account(Group<C> g, Node<C> node) {
        if (node.npos == 0) {
            node.npos = g.position;
        }
        node.lpos = node.npos;
        node.npos += g.weight / node.weight;
        node.rest += g.weight % node.weight;
        if (node.rest >= node.weight) {
            node.rest -= node.weight;
            node.npos++;
        }
        g.position++;
    }

    private void putBack(Group<C> g, Node<C> node) {
        if (node.npos >= 2 * g.roundWeight || node.npos >= g.roundWeight + g.weight) {
            node.npos -= g.roundWeight;
            g.next.insert(node, -node.weight);
        } else {
            g.current.insert(node, 256 * node.npos + (4096 + node.rest - node.weight) / 16);
        }
    }
}
