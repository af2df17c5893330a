package dev.weir.flow.drive;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The HTTP connections of clients of one worker, for a process that stops. Worker-owned. */
public final class HttpClients {

    private final Set<H2Session> sessions = new HashSet<>();
    private HttpConnection newest;
    /** How everybody is sent away, or null. */
    private Parting parting;

    void add(H2Session session) {
        sessions.add(session);
        if (parting != null && parting.overMs() == 0) {
            session.leave(parting);
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
    public void stop(Parting how, Worker worker) {
        parting = how;
        if (how.overMs() > 0) {
            new Spread(worker).fire(worker.nowMs());
        } else if (how.overMs() == 0) {
            for (H2Session each : sessions.toArray(new H2Session[0])) {
                each.leave(how);
            }
            if (!how.idleIsKept()) {
                idle().forEach(HttpConnection::leaveIdle);
            }
        }
    }

    private List<HttpConnection> idle() {
        List<HttpConnection> all = new ArrayList<>();
        for (HttpConnection each = newest; each != null; each = each.older) {
            if (each.isIdle()) {
                all.add(each);
            }
        }
        return all;
    }

    /** Sends a part of those away who are left, again and again, until the time is over. */
    private final class Spread extends Timer {

        private static final int STEPS = 50;

        private final Worker worker;
        private final int stepMs;

        Spread(Worker worker) {
            this.worker = worker;
            stepMs = Math.max(1, parting.overMs() / STEPS);
        }

        @Override
        protected void fire(long nowMs) {
            long leftMs = parting.fromMs() + parting.overMs() - nowMs;
            List<H2Session> many = List.copyOf(sessions);
            many.subList(0, part(many.size(), leftMs)).forEach(each -> each.leave(Parting.WITH_THE_NEXT_ANSWER));
            List<HttpConnection> waiting = idle();
            waiting.subList(0, part(waiting.size(), leftMs)).forEach(HttpConnection::leaveIdle);
            if (leftMs > 0) {
                worker.arm(this, stepMs);
            } else {
                parting = Parting.AT_ONCE;
            }
        }

        private int part(int count, long leftMs) {
            return leftMs <= stepMs ? count : (int) Math.ceilDiv((long) count * stepMs, leftMs);
        }
    }
}
