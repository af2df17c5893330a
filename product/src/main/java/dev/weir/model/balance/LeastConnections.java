package dev.weir.model.balance;

import java.util.List;

/**
 * {@code balance leastconn}: the lowest load for its weight, equals in turn. Load changes must be told. Guarded by the
 * lock of the backend.
 */
public final class LeastConnections<C extends Candidate> extends Balancer<C> {

    private static final int SCALE = 4096;

    private final Ranking<C> active;
    private final Ranking<C> backup;

    public LeastConnections(List<? extends C> servers, boolean allBackups) {
        super(servers, allBackups);
        active = new Ranking<>(servers.size());
        backup = new Ranking<>(servers.size());
        start();
    }

    private void insert(Node<C> node) {
        (node.backup ? backup : active).insert(node, key(node));
    }

    private static long key(Node<? extends Candidate> node) {
        long load = node.server.load();
        return load == 0 ? 0 : (load + 1) * SCALE / node.weight;
    }

    @Override
    public void loadChanged(C server) {
        Node<C> node = node(server);
        if (node.up && key(node) != node.key) {
            node.ranking.remove(node);
            insert(node);
        }
    }

    @Override
    void starts(Node<C> node) {
        insert(node);
    }

    @Override
    void comesUp(Node<C> node) {
        insert(node);
    }

    @Override
    void goesDown(Node<C> node) {
        node.ranking.remove(node);
    }

    @Override
    void weighs(Node<C> node, int before) {
        node.ranking.remove(node);
        insert(node);
    }

    @Override
    void grown(int count) {
        active.makeRoom(count);
        backup.makeRoom(count);
    }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        Ranking<C> from = backups ? backup : active;
        Node<C> aside = null;
        Node<C> picked = null;
        Node<C> avoided = null;
        while (picked == null && !from.isEmpty()) {
            Node<C> node = from.first();
            if (!node.server.full()) {
                if (node.server != avoid) {
                    picked = node;
                    break;
                }
                avoided = node;
            }
            from.remove(node);
            node.nextAside = aside;
            aside = node;
        }
        // back to exactly where they were
        while (aside != null) {
            Node<C> node = aside;
            aside = node.nextAside;
            node.nextAside = null;
            from.restore(node);
        }
        return picked != null ? picked.server : avoided != null ? avoided.server : null;
    }
}
