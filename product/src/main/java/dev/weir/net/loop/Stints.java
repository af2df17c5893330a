package dev.weir.net.loop;

import dev.weir.base.time.Clock;

/**
 * What a worker has spent on whom, as {@code profiling.tasks} measures it. A stint is what one event of a connection,
 * one turn's timers or another thread's tasks make the worker do; the first exchange that is entered in it has its
 * time, until another is entered. How often exchanges were entered is always counted; clocks are read only where
 * measuring is on. Whether it is is settled once a turn. Worker-owned, but for the mode of the process.
 */
public final class Stints {

    /** When times are taken: in the middle case on a thread whose turns have become long. */
    public enum Mode { OFF, AUTO, ON }

    /** What one exchange has cost so far. Worker-owned. */
    public static final class Account {
        private int latest;
        private int calls;
        private long nanos;
        private long latencyNanos;

        public void clear() {
            latest = 0;
            calls = 0;
            nanos = 0;
            latencyNanos = 0;
        }

        /** In how many stints it had its turn. */
        public int calls() {
            return calls;
        }

        /** How long it waited for its turn behind others that woke with it. */
        public long latencyNanos() {
            return latencyNanos;
        }
    }

    private static final int TURNS = 1024;
    private static final long SLOW_NANOS = 1_000_000;
    private static final long QUICK_NANOS = 990_000;
    private static volatile Mode mode = Mode.AUTO;
    private static volatile boolean someoneIsSlow;

    private final Clock clock;
    /** Never 0, which no stint has. */
    private int number = 1;
    private boolean measuring;
    private boolean slow;
    private boolean woken;
    private long wokenNanos;
    private long sinceNanos;
    private long turnNanosSum;
    private Account current;

    Stints(Clock clock) {
        this.clock = clock;
    }

    /** For all workers, from their next turn on. From any thread. */
    public static void mode(Mode wanted) {
        // who measures goes on until a worker finds that it need not
        someoneIsSlow = wanted == Mode.AUTO && (someoneIsSlow || mode == Mode.ON);
        mode = wanted;
    }

    public static Mode mode() {
        return mode;
    }

    /** Whether the last worker that changed its mind by itself measures now. From any thread. */
    public static boolean isAnyoneSlow() {
        return someoneIsSlow;
    }

    /** Something is to be done, nobody knows yet for whom. */
    public void begin() {
        number = number == -1 ? 1 : number + 1;
        if (measuring) {
            long now = clock.monotonicNanos();
            charge(now);
            sinceNanos = now;
            if (!woken) {
                woken = true;
                wokenNanos = now;
            }
        }
    }

    /** It is done for this one. */
    public void enter(Account whose) {
        boolean again = whose.latest == number;
        if (!again) {
            whose.latest = number;
            whose.calls++;
        }
        if (measuring && (!again || current != whose)) {
            if (current != null) {
                long now = clock.monotonicNanos();
                charge(now);
                sinceNanos = now;
            }
            whose.latencyNanos += again || !woken ? 0 : sinceNanos - wokenNanos;
            current = whose;
        }
    }

    /** That one is over, what it has cost stands: what its line in the log costs is not counted. */
    public void leave(Account whose) {
        if (current == whose) {
            charge(clock.monotonicNanos());
        }
    }

    /** What that one has cost until now. */
    public long nanos(Account whose) {
        return whose.nanos + (current == whose ? clock.monotonicNanos() - sinceNanos : 0);
    }

    private void charge(long now) {
        if (current != null) {
            current.nanos += now - sinceNanos;
            current = null;
        }
    }

    /**
     * Nothing more has come; what is left for the end of the turn begins.
     *
     * @param turnNanos how long it has been since the engine came with something
     */
    void turnEnds(long turnNanos) {
        woken = false;
        turnNanosSum += turnNanos - (turnNanosSum + TURNS - 1) / TURNS;
        begin();
        Mode wanted = mode;
        boolean next = wanted == Mode.ON || wanted == Mode.AUTO && isSlow(turnNanosSum / TURNS);
        if (next && !measuring) {
            measuring = true;
            begin();
        } else if (!next) {
            measuring = false;
        }
    }

    private boolean isSlow(long averageNanos) {
        boolean now = averageNanos >= (slow ? QUICK_NANOS : SLOW_NANOS);
        if (now != slow) {
            slow = now;
            someoneIsSlow = now;
        }
        return now;
    }

    /** The worker waits from here on, for nobody. */
    void rests() {
        if (current != null) {
            charge(clock.monotonicNanos());
        }
        woken = false;
    }
}
