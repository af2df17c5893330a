package dev.weir.keyword.command;

import dev.weir.model.proxy.Totals;
import dev.weir.net.loop.Worker;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What each thread has done since the counters were cleared. Owned by the Conductor. */
final class Activity {

    /** What {@code show activity} calls it. */
    enum Deed {
        LOOPS, POLL_IO, ACCEPTED, STREAM_CALLS, SESSIONS;

        private static final Deed[] ALL = values();

        static Deed named(String name) {
            for (Deed each : ALL) {
                if (each.name().equalsIgnoreCase(name)) {
                    return each;
                }
            }
            return null;
        }
    }

    private final Totals totals;
    /** By thread: what had been done when the counters were cleared. */
    private final Map<Worker, long[]> before = new HashMap<>();

    Activity(Totals totals) {
        this.totals = totals;
    }

    /** Counts from here on. */
    void clear(Iterable<Worker> workers) {
        for (Worker worker : workers) {
            long[] done = new long[Deed.ALL.length];
            for (Deed deed : Deed.ALL) {
                done[deed.ordinal()] = ever(worker, deed);
            }
            before.put(worker, done);
        }
    }

    ToLongFunction<Worker> of(Deed deed) {
        return worker -> {
            long[] done = before.get(worker);
            return ever(worker, deed) - (done == null ? 0 : done[deed.ordinal()]);
        };
    }

    private long ever(Worker worker, Deed deed) {
        return switch (deed) {
            case LOOPS -> worker.turns();
            case POLL_IO -> worker.events();
            case ACCEPTED -> totals.counts().cell(worker.index()).value(Totals.Total.CONNECTIONS.ordinal());
            case STREAM_CALLS, SESSIONS -> totals.counts().cell(worker.index()).value(Totals.Total.SESSIONS.ordinal());
        };
    }
}
