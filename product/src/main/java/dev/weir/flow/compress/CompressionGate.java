package dev.weir.flow.compress;

import dev.weir.base.count.Rate;

/**
 * How much may be given to compressors per second in the whole process ({@code maxcomprate}): while it is more, answers
 * that begin are left as they are. Shared: a cell for each worker, one volatile.
 */
public final class CompressionGate {

    /** The one of the process. */
    public static final CompressionGate PROCESS = new CompressionGate();

    private static final int SECOND_MS = 1000;

    private final Rate given = new Rate(1, SECOND_MS);
    private volatile long limit;

    private CompressionGate() {}

    /** By the thread that reads configurations. */
    void growTo(int workers) {
        given.growTo(workers);
    }

    /** Bytes per second, 0 for any number. */
    public long limit() {
        return limit;
    }

    public void limit(long bytesPerSecond) {
        limit = bytesPerSecond;
    }

    boolean isOpen(long nowMs) {
        long most = limit;
        return most == 0 || given.read(nowMs) <= most;
    }

    void count(int worker, long nowMs, int bytes) {
        if (limit > 0) {
            given.add(worker, nowMs, bytes);
        }
    }
}
