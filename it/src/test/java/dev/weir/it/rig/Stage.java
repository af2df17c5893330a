package dev.weir.it.rig;

import java.util.ArrayDeque;
import java.util.Deque;

/** Everything that one class of cases has running, closed in reverse order. */
public final class Stage {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes all, also when closing one fails, and then reports the first failure. */
    public void clear() throws Exception {
        Exception first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
