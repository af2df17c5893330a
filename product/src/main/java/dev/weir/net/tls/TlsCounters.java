package dev.weir.net.tls;

import java.util.concurrent.atomic.LongAdder;

/** Handshakes of one side of the process. Shared: atomic. */
public final class TlsCounters {

    public static final TlsCounters FRONT = new TlsCounters();
    public static final TlsCounters BACK = new TlsCounters();

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder established = new LongAdder();
    private final LongAdder resumed = new LongAdder();

    private TlsCounters() {}

    void open() {
        opened.increment();
    }

    void close() {
        closed.increment();
    }

    /** Connections so far, and those of now. */
    public long opened() {
        return opened.sum();
    }

    public long current() {
        return opened.sum() - closed.sum();
    }

    void established(boolean again) {
        established.increment();
        if (again) {
            resumed.increment();
        }
    }

    public long total() {
        return established.sum();
    }

    public long resumed() {
        return resumed.sum();
    }
}
