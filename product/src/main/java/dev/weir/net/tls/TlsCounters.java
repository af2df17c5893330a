package dev.weir.net.tls;

import dev.weir.base.count.Peak;
import dev.weir.base.count.Rate;
import java.util.concurrent.atomic.LongAdder;

/** Handshakes of one side of the process. Shared: atomic. */
public final class TlsCounters {

    /** More threads than there will be numbers for. */
    private static final int WORKERS = 1024;

    public static final TlsCounters FRONT = new TlsCounters();
    public static final TlsCounters BACK = new TlsCounters();

    private static volatile int most;

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder established = new LongAdder();
    private final LongAdder resumed = new LongAdder();

    /** Handshakes that are over per second, and those that took a key: no session went on. */
    private final Rate handshakes = new Rate(WORKERS, 1000);
    private final Rate keys = new Rate(WORKERS, 1000);
    private final Peak mostHandshakes = new Peak();
    private final Peak mostKeys = new Peak();

    private TlsCounters() {}

    /** {@code maxsslconn}: how many encrypted connections there may be on both sides together, 0 for any number. */
    public static void limit(int connections) {
        most = connections;
    }

    /** Whether there is one too many. */
    public static boolean areTooMany() {
        int limit = most;
        return limit > 0 && FRONT.current() + BACK.current() > limit;
    }

    /** A handshake is over, on that thread. */
    public void paced(int worker, long nowMs, boolean again) {
        handshakes.add(worker, nowMs, 1);
        mostHandshakes.offer(handshakes.read(nowMs));
        if (!again) {
            keys.add(worker, nowMs, 1);
            mostKeys.offer(keys.read(nowMs));
        }
    }

    public long perSecond(long nowMs) {
        return handshakes.read(nowMs);
    }

    public long mostPerSecond() {
        return mostHandshakes.value();
    }

    public long keysPerSecond(long nowMs) {
        return keys.read(nowMs);
    }

    public long mostKeysPerSecond() {
        return mostKeys.value();
    }

    /** How many of a hundred handshakes of the last second went on with a session. */
    public long reusePercent(long nowMs) {
        long all = perSecond(nowMs);
        long taken = Math.min(keysPerSecond(nowMs), all);
        // rounded as HAProxy does it
        return all == 0 ? 0 : 100 - (100 * taken + (all - 1) / 2) / all;
    }

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
