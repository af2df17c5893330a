package dev.weir.flow.drive;

import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * One direction of a tunnel. It stands between the engines of both sides: counts what passes, notes who was active,
 * and keeps what comes before the other side is there, which the reader's window bounds. Worker-owned.
 */
final class Pipe implements Sink, Source {

    private final Tunnel tunnel;
    private final Side from;
    private Source origin;
    private Sink target;
    private ArrayDeque<ByteBuf> held;
    private long bytes;
    private long credited;
    private boolean ended;
    private boolean delivered;

    Pipe(Tunnel tunnel, Side from) {
        this.tunnel = tunnel;
        this.from = from;
    }

    void origin(Source source) {
        origin = source;
    }

    /** Opens the way: what was held goes first. */
    void target(Sink sink) {
        target = sink;
        if (held != null) {
            for (ByteBuf slice = held.poll(); slice != null; slice = held.poll()) {
                sink.data(slice);
            }
            held = null;
        }
        if (ended) {
            sink.end();
        }
    }

    /** Bytes taken from the side that this direction comes from. */
    long bytes() {
        return bytes;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isDelivered() {
        return delivered;
    }

    /** Whether something was given that has not gone on yet. */
    boolean isBlocked() {
        return credited < bytes;
    }

    void discardHeld() {
        if (held != null) {
            for (ByteBuf slice = held.poll(); slice != null; slice = held.poll()) {
                slice.release();
            }
            held = null;
        }
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        bytes += length;
        tunnel.passed(from, length);
        if (target != null) {
            target.data(slice);
        } else {
            hold(slice);
        }
    }

    private void hold(ByteBuf slice) {
        if (held == null) {
            held = new ArrayDeque<>(2);
        }
        held.add(slice);
    }

    @Override
    public void flush() {
        if (target != null) {
            target.flush();
        }
    }

    @Override
    public void end() {
        ended = true;
        tunnel.inputEnded(from);
        if (target != null) {
            target.end();
        }
    }

    @Override
    public void reset(Reason reason) {
        ended = true;
        tunnel.broken(from);
    }

    @Override
    public void credit(int count) {
        credited += count;
        tunnel.wrote(from.other());
        origin.credit(count);
    }

    @Override
    public void delivered() {
        delivered = true;
        tunnel.outputEnded(from.other());
    }

    @Override
    public void stop(Reason reason) {
        origin.stop(reason);
    }

    @Override
    public void abort(Reason reason) {
        tunnel.broken(from.other());
    }
}
