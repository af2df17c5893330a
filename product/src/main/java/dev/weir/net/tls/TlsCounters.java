package dev.weir.net.tls;

import java.util.concurrent.atomic.LongAdder;

/** Handshakes of one side of the process. Shared: atomic. */
public final class TlsCounters {

    public static final TlsCounters FRONT = new TlsCounters();
    public static final TlsCounters BACK = new TlsCounters();

    private final LongAdder established = new LongAdder();
    private final LongAdder resumed = new LongAdder();

    private TlsCounters() {}

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
