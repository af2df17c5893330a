package dev.weir.base.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where traces come from: a part of the process that can tell of its events while somebody wants to know. Whoever has an
 * event looks at one word first, so that a source that is stopped costs nothing. Shared: words written by the Conductor.
 */
public final class TraceSource {

    /** An event's name and what it is. */
    public record Event(String name, String meaning) {}

    public static final int STREAM_NEW = 0;
    public static final int STREAM_END = 1;
    public static final int CHECK_START = 0;
    public static final int CHECK_END = 1;

    public static final TraceSource STREAM = new TraceSource("stream", "Applicative stream", List.of(
            new Event("strm_new", "new stream"), new Event("strm_end", "stream terminated")));
    public static final TraceSource CHECK = new TraceSource("check", "Health-check", List.of(
            new Event("chk_start", "health-check started"), new Event("chk_end", "health-check terminated")));
    /** Those that there are; the ones without events are known by name only. */
    public static final List<TraceSource> ALL = List.of(new TraceSource("h2", "HTTP/2 multiplexer", List.of()),
            new TraceSource("h1", "HTTP/1 multiplexer", List.of()), STREAM,
            new TraceSource("peers", "Peers protocol", List.of()), CHECK,
            new TraceSource("ssl", "SSL/TLS layer", List.of()), new TraceSource("session", "client sessions", List.of()));

    private static final int BUFFER_BYTES = 1 << 20;

    /** The ring that is there without any file asking for it; made when it is first wanted. */
    private static final class Buffer {
        static final LogRing RING = new LogRing(BUFFER_BYTES, false);
    }

    private final String name;
    private final String purpose;
    private final List<Event> events;
    private final AtomicLong dropped = new AtomicLong();
    private volatile int armed;
    private volatile int wanted = -1;
    private volatile boolean running;
    private volatile String sinkName = "none";
    private volatile LogRing sink;

    private TraceSource(String name, String purpose, List<Event> events) {
        this.name = name;
        this.purpose = purpose;
        this.events = events;
    }

    /** The ring {@code buf0}. */
    public static LogRing buffer() {
        return Buffer.RING;
    }

    /** Whether anybody wants to know of that event. From any thread. */
    public boolean sees(int event) {
        return (armed & 1 << event) != 0;
    }

    /** Tells of an event. @param thread the number of the worker it happened on */
    public void tell(int event, int thread, String text) {
        LogRing to = sink;
        if (to != null) {
            String head = "[" + (thread < 10 ? "0" : "") + thread + "|" + name + "|" + events.get(event).name() + "] ";
            byte[] line = (head + text).getBytes(StandardCharsets.UTF_8);
            if (!to.add(line, line.length)) {
                dropped.incrementAndGet();
            }
        }
    }

    public void sink(String nameOfRing, LogRing ring) {
        sinkName = nameOfRing;
        sink = ring;
    }

    public void run(boolean on) {
        running = on;
        arm();
    }

    /** Reports that event or not; -1 for all of them. */
    public void report(int event, boolean on) {
        int bits = event < 0 ? -1 : 1 << event;
        wanted = on ? wanted | bits : wanted & ~bits;
        arm();
    }

    private void arm() {
        armed = running ? wanted : 0;
    }

    public boolean reports(int event) {
        return (wanted & 1 << event) != 0;
    }

    public String name() {
        return name;
    }

    public String purpose() {
        return purpose;
    }

    public List<Event> events() {
        return events;
    }

    public boolean isRunning() {
        return running;
    }

    public String sinkName() {
        return sinkName;
    }

    public long dropped() {
        return dropped.get();
    }
}
