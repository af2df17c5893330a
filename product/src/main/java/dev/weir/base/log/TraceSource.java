package dev.weir.base.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where traces come from: a part of the process that can tell of its events while somebody wants to know. Whoever has an
 * event looks at one word first, so that a source that is stopped costs nothing; all else happens under a lock. What it
 * does follows {@code trace} of management.txt 9.3: events start, pause and stop it, a level filters, and a lock keeps it to
 * what its first event was about. Shared: words written under the lock.
 */
public final class TraceSource {

    /** Whether it is off, waits for an event that starts it, or tells. */
    public enum State {
        STOPPED('.'), WAITING('w'), RUNNING('R');

        private final char mark;

        State(char mark) {
            this.mark = mark;
        }

        public char mark() {
            return mark;
        }
    }

    /** What can be chosen events for. */
    public enum Role { REPORT, START, STOP, PAUSE }

    /** An event's name and what it is. */
    public record Event(String name, String meaning, TraceLevel level) {}

    private final String name;
    private final String purpose;
    private final Set<TraceLock> locks;
    private final List<Event> events;
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final int[] chosen = new int[Role.values().length];
    private volatile int armed;
    private State state = State.STOPPED;
    private TraceLevel level = TraceLevel.USER;
    private TraceLock criterion = TraceLock.NOTHING;
    private Object kept;
    private int verbosity = 1;
    private TraceSource followed;
    private String sinkName = "none";
    private LogRing sink;

    TraceSource(String name, String purpose, Set<TraceLock> locks, List<Event> events) {
        this.name = name;
        this.purpose = purpose;
        this.locks = locks;
        this.events = events;
        chosen[Role.REPORT.ordinal()] = -1;
    }

    /** Whether anybody may want to know of that event. From any thread. */
    public boolean sees(int event) {
        return (armed & 1 << event) != 0;
    }

    /** An event. @param thread the number of the worker it happened on */
    public void tell(int event, int thread, TraceSubject subject, String text) {
        lock.lock();
        try {
            boolean told = state != State.STOPPED && step(1 << event, events.get(event).level, thread, subject);
            if (told || followed != null && followed.isAbout(thread, subject)) {
                write(event, thread, text);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the event do to the source what it is chosen for; whether it is to be written. */
    private boolean step(int bit, TraceLevel of, int thread, TraceSubject subject) {
        if (state == State.WAITING) {
            if ((chosen[Role.START.ordinal()] & bit) == 0) {
                return false;
            }
            state = State.RUNNING;
        }
        Object about = about(criterion, thread, subject);
        if (criterion != TraceLock.NOTHING && (about == null || kept != null && !kept.equals(about))) {
            return false;
        }
        keep(about);
        if ((chosen[Role.PAUSE.ordinal()] & bit) != 0) {
            become(State.WAITING);
        }
        if ((chosen[Role.STOP.ordinal()] & bit) != 0) {
            become(State.STOPPED);
        }
        return (chosen[Role.REPORT.ordinal()] & bit) != 0 && of.compareTo(level) <= 0;
    }

    private static Object about(TraceLock sort, int thread, TraceSubject subject) {
        return sort == TraceLock.NOTHING ? null : sort == TraceLock.THREAD ? (Object) Integer.toString(thread)
                : subject.of(sort);
    }

    private boolean isAbout(int thread, TraceSubject subject) {
        Object own = kept;
        return own != null && own.equals(about(criterion, thread, subject));
    }

    private void keep(Object about) {
        boolean changes = (kept == null) != (about == null);
        kept = about;
        if (changes) {
            TraceSources.ALL.forEach(TraceSource::arm);
        }
    }

    private void become(State next) {
        state = next;
        if (next != State.RUNNING) {
            keep(null);
        }
        arm();
    }

    private void arm() {
        int all = chosen[0] | chosen[1] | chosen[2] | chosen[3];
        armed = followed != null && followed.kept != null ? -1 : state == State.STOPPED ? 0 : all;
    }

    private void write(int event, int thread, String text) {
        if (sink != null) {
            String head = "[" + (thread < 10 ? "0" : "") + thread + "|" + name + "|" + events.get(event).name() + "]";
            byte[] line = (verbosity == 0 ? head : head + " " + text).getBytes(StandardCharsets.UTF_8);
            if (!sink.add(line, line.length)) {
                dropped.incrementAndGet();
            }
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            arm();
        } finally {
            lock.unlock();
        }
    }

    public void sink(String nameOfRing, LogRing ring) {
        change(() -> {
            sinkName = nameOfRing;
            sink = ring;
        });
    }

    /** At once, whatever events say. */
    public void run(State next) {
        change(() -> become(next));
    }

    /** Takes that event for something, or does not; -1 for all of them. One that starts makes a stopped source wait. */
    public void choose(Role role, int event, boolean on) {
        change(() -> {
            int bits = event < 0 ? -1 : 1 << event;
            chosen[role.ordinal()] = on ? chosen[role.ordinal()] | bits : chosen[role.ordinal()] & ~bits;
            if (role == Role.START && on && state == State.STOPPED) {
                become(State.WAITING);
            }
        });
    }

    public void level(TraceLevel next) {
        change(() -> level = next);
    }

    /** What it kept to so far is forgotten. */
    public void lockOn(TraceLock next) {
        change(() -> {
            criterion = next;
            keep(null);
        });
    }

    /** @param next its place among the verbosities, 0 for no text at all */
    public void verbosity(int next) {
        change(() -> verbosity = next);
    }

    /** Tells of whatever that source keeps to, running or not; null for nobody. */
    public void follow(TraceSource other) {
        change(() -> followed = other);
    }

    public boolean isChosen(Role role, int event) {
        return (chosen[role.ordinal()] & 1 << event) != 0;
    }

    public String name() {
        return name;
    }

    public String purpose() {
        return purpose;
    }

    /** What it can keep to. */
    public Set<TraceLock> locks() {
        return locks;
    }

    public List<Event> events() {
        return events;
    }

    public State state() {
        return state;
    }

    public TraceLevel level() {
        return level;
    }

    public TraceLock lockedOn() {
        return criterion;
    }

    public int verbosity() {
        return verbosity;
    }

    public String sinkName() {
        return sinkName;
    }

    public long dropped() {
        return dropped.get();
    }
}
