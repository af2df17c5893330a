package dev.weir.flow.drive;

import java.util.HashSet;
import java.util.Set;

/** The client connections of HTTP/2 of one worker, for a process that stops. Worker-owned. */
public final class H2Sessions {

    private final Set<H2Session> all = new HashSet<>();
    private boolean stopping;

    void add(H2Session session) {
        all.add(session);
        if (stopping) {
            session.leaveSoftly();
        }
    }

    void remove(H2Session session) {
        all.remove(session);
    }

    /** Each client is asked to go elsewhere with what it has not begun. */
    public void stop() {
        stopping = true;
        for (H2Session each : all.toArray(new H2Session[0])) {
            each.leaveSoftly();
        }
    }
}
