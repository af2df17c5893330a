package dev.weir.model.balance;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses servers of one backend, as ONE sequence for the process. What all algorithms share is here: active servers go
 * before backups; of the backups, unless {@code option allbackups} is set, only the first usable one serves, whatever the
 * algorithm, full or not. Picking allocates nothing. Guarded by the lock of the backend.
 */
public abstract sealed class Balancer<C extends Candidate> permits RoundRobin, LeastConnections, FirstServer, SlotMap,
        HashRing, RandomDraws, PeakEwma {

    private final List<Node<C>> nodes = new ArrayList<>();
    private final Map<C, Node<C>> byServer = new IdentityHashMap<>();
    private final boolean allBackups;
    private int activeUp;

    Balancer(List<? extends C> servers, boolean allBackups) {
        this.allBackups = allBackups;
        for (C server : servers) {
            add(server);
        }
    }

    private Node<C> add(C server) {
        Node<C> node = new Node<>(server, nodes.size());
        nodes.add(node);
        byServer.put(server, node);
        return node;
    }

    /** Counts in the servers that are usable at start; by the constructor of each algorithm, last. */
    final void start() {
        for (Node<C> node : nodes) {
            if (isUp(node.server)) {
                node.weight = node.server.effectiveWeight();
                node.up = true;
                activeUp += node.backup ? 0 : 1;
                starts(node);
            }
        }
    }

    /** Adds a server while traffic runs; it takes part once it is usable. */
    public final void join(C server) {
        Node<C> node = add(server);
        grown(nodes.size());
        if (isUp(server)) {
            change(node);
        }
    }

    /** Takes a server out for good. It must be unusable by now. */
    public final void leave(C server) {
        changed(server);
        Node<C> node = byServer.remove(server);
        nodes.remove(node);
        left(node);
    }

    /** To be called after each change of a server's weight or state. */
    public final void changed(C server) {
        change(byServer.get(server));
    }

    private void change(Node<C> node) {
        boolean up = isUp(node.server);
        int weight = node.server.effectiveWeight();
        if (up && !node.up) {
            node.up = true;
            node.weight = weight;
            activeUp += node.backup ? 0 : 1;
            comesUp(node);
        } else if (!up && node.up) {
            node.up = false;
            activeUp -= node.backup ? 0 : 1;
            goesDown(node);
        } else if (up && weight != node.weight) {
            int before = node.weight;
            node.weight = weight;
            weighs(node, before);
        }
    }

    /** What the server's points on a ring start from may be another: its address has changed. */
    public void keyChanged(C server) { }

    /** To be called after each change of a server's load, if the algorithm asks for it. */
    public void loadChanged(C server) { }

    /**
     * The next server, or null when none can take a connection now: the request then waits in the backend's queue if
     * {@link #hasUsable()}, else it fails. The single backup is given even when it is full, to wait in its queue.
     *
     * @param hash the hash of the key, for the algorithms that have one
     * @param avoid the server that has just failed, or null; it is given only when nothing else is left
     */
    public final C pick(int hash, C avoid) {
        if (activeUp == 0 && !allBackups) {
            return firstBackup();
        }
        return choose(activeUp == 0, hash, avoid);
    }

    /** For algorithms without a key, and for a request that has none: those that hash take servers in turn then. */
    public final C pick(C avoid) {
        if (activeUp == 0 && !allBackups) {
            return firstBackup();
        }
        return chooseWithoutKey(activeUp == 0, avoid);
    }

    /** Whether there is more than one server to choose from. */
    public final boolean hasOthers() {
        return activeUp > 1;
    }

    public final boolean hasUsable() {
        return activeUp > 0 || firstBackup() != null;
    }

    private C firstBackup() {
        for (int i = 0; i < nodes.size(); i++) {
            Node<C> node = nodes.get(i);
            if (node.backup && node.up) {
                return node.server;
            }
        }
        return null;
    }

    private static boolean isUp(Candidate server) {
        return server.usable() && server.effectiveWeight() > 0;
    }

    final List<Node<C>> nodes() {
        return nodes;
    }

    final Node<C> node(C server) {
        return byServer.get(server);
    }

    /** A server that is usable at start, in order of declaration. */
    abstract void starts(Node<C> node);

    abstract void comesUp(Node<C> node);

    abstract void goesDown(Node<C> node);

    abstract void weighs(Node<C> node, int before);

    /** There may be this many servers from now on. */
    abstract void grown(int count);

    abstract C choose(boolean backups, int hash, C avoid);

    C chooseWithoutKey(boolean backups, C avoid) {
        return choose(backups, 0, avoid);
    }

    /** The node is in no list any more. */
    void left(Node<C> node) { }
}
