package dev.weir.model.balance;

/**
 * Nodes ordered by key, equals by the order of their insertion: a binary heap that knows where each node is, so that any
 * can be taken out, and that allocates nothing once it has room for all. Guarded by the lock of the backend.
 */
final class Ranking<C extends Candidate> {

    private Node<C>[] heap;
    private int size;
    private long inserted;

    Ranking(int room) {
        heap = array(room);
    }

    @SuppressWarnings("unchecked")
    private static <C extends Candidate> Node<C>[] array(int room) {
        return (Node<C>[]) new Node<?>[room];
    }

    void makeRoom(int room) {
        if (room > heap.length) {
            Node<C>[] grown = array(Math.max(room, heap.length * 2));
            System.arraycopy(heap, 0, grown, 0, size);
            heap = grown;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lowest key, null when there is none. */
    Node<C> first() {
        return size == 0 ? null : heap[0];
    }

    void insert(Node<C> node, long key) {
        node.key = key;
        node.order = inserted++;
        restore(node);
    }

    /** Puts a node back to the very place that it was taken from. */
    void restore(Node<C> node) {
        node.ranking = this;
        heap[size] = node;
        up(size++);
    }

    void remove(Node<C> node) {
        int hole = node.index;
        Node<C> last = heap[--size];
        heap[size] = null;
        node.index = -1;
        node.ranking = null;
        if (last != node) {
            heap[hole] = last;
            up(hole);
            down(last.index);
        }
    }

    private void up(int from) {
        int at = from;
        Node<C> node = heap[at];
        while (at > 0 && isBefore(node, heap[(at - 1) / 2])) {
            place(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        place(node, at);
    }

    private void down(int from) {
        int at = from;
        Node<C> node = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (child >= size || !isBefore(heap[child], node)) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(node, at);
    }

    private void place(Node<C> node, int at) {
        heap[at] = node;
        node.index = at;
    }

    private boolean isBefore(Node<C> a, Node<C> b) {
        return a.key < b.key || a.key == b.key && a.order < b.order;
    }
}
