package dev.weir.net.sock;

import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogSpec;
import dev.weir.net.loop.Worker;

/**
 * How one worker's lines for one target leave the process. Lines are collected and leave together when the turn ends;
 * what does not fit or cannot be sent is dropped and counted, never waited for. Worker-owned.
 */
public abstract class LogOutlet implements Worker.TurnEnd {

    private final Worker worker;
    private boolean queued;
    private long dropped;

    LogOutlet(Worker worker) {
        this.worker = worker;
    }

    /** The outlet for a target of that kind, or null when lines for it do not leave by a socket or descriptor. */
    public static LogOutlet of(LogSpec spec, Worker worker, LogWriter descriptors) {
        return switch (spec.target()) {
            case UDP, UNIX_DATAGRAM -> new DatagramOutlet(worker, spec.address());
            case DESCRIPTOR -> new DescriptorOutlet(worker, descriptors, spec.address().port());
            case STREAM, RING, BACKEND -> null;
        };
    }

    /** Takes a complete line. */
    public final void send(LogLine line) {
        if (!append(line.array(), line.length())) {
            dropped++;
        }
        if (!queued) {
            queued = true;
            worker.atTurnEnd(this);
        }
    }

    @Override
    public final void turnEnded() {
        queued = false;
        flush();
    }

    /** Keeps the line for the end of the turn, or says no. */
    abstract boolean append(byte[] line, int length);

    abstract void flush();

    final void drop(int lines) {
        dropped += lines;
    }

    public final long dropped() {
        return dropped;
    }
}
