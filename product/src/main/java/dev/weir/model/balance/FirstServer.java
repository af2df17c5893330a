package dev.weir.model.balance;

import java.util.List;

/** {@code balance first}: the first in order of declaration that is not full. Guarded by the lock of the backend. */
public final class FirstServer<C extends Candidate> extends Balancer<C> {

    public FirstServer(List<? extends C> servers, boolean allBackups) {
        super(servers, allBackups);
        start();
    }

    @Override
    void starts(Node<C> node) { }

    @Override
    void comesUp(Node<C> node) { }

    @Override
    void goesDown(Node<C> node) { }

    @Override
    void weighs(Node<C> node, int before) { }

    @Override
    void grown(int count) { }

    @Override
    C choose(boolean backups, int hash, C avoid) {
        C avoided = null;
        List<Node<C>> nodes = nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node<C> node = nodes.get(i);
            if (node.up && node.backup == backups && !node.server.full()) {
                if (node.server != avoid) {
                    return node.server;
                }
                avoided = node.server;
            }
        }
        return avoided;
    }
}
