package dev.weir.flow.drive;

import java.util.HashSet;
import java.util.Set;

/** The HTTP connections of clients of one worker, for a process that stops. Worker-owned. */
public final class HttpClients {

    private final Set<H2Session> sessions = new HashSet<>();
    private HttpConnection newest;
    private boolean stopping;

    void add(H2Session session) {
        sessions.add(session);
        if (stopping) {
            session.leaveSoftly();
        }
    }

    void remove(H2Session session) {
        sessions.remove(session);
    }

    /** Connections are chained through themselves: there are many, and each is here but once. */
    void add(HttpConnection connection) {
        connection.older = newest;
        if (newest != null) {
            newest.newer = connection;
        }
        newest = connection;
    }

    void remove(HttpConnection connection) {
        if (connection.newer != null) {
            connection.newer.older = connection.older;
        } else if (newest == connection) {
            newest = connection.older;
        }
        if (connection.older != null) {
            connection.older.newer = connection.newer;
        }
        connection.newer = null;
        connection.older = null;
    }

    /** Who waits between two requests is sent away; who has many is asked to go elsewhere with what was not begun. */
    public void stop() {
        stopping = true;
        for (H2Session each : sessions.toArray(new H2Session[0])) {
            each.leaveSoftly();
        }
        for (HttpConnection each = newest; each != null; ) {
            HttpConnection next = each.older;
            each.stopping();
            each = next;
        }
    }
}
