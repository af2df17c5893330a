package dev.weir.flow.filter;

import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Reason;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** Gives bytes on as fast as a limit allows; the sender's window bounds what waits here. Worker-owned. */
final class BandwidthStage extends Stage {

    /** The limit is looked at this often while bytes wait. */
    private static final int STEPS_PER_PERIOD = 10;

    private final LimitsInForce.Limit limit;
    private final int minimum;
    private final Worker worker;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Timer turn = new Timer() {
        @Override
        protected void fire(long nowMs) {
            move(nowMs);
            next().flush();
        }
    };
    private long queued;
    private boolean ended;
    private Head trailers;

    BandwidthStage(LimitsInForce.Limit limit, int minimum, Worker worker) {
        this.limit = limit;
        this.minimum = minimum;
        this.worker = worker;
    }

    @Override
    public void data(ByteBuf slice) {
        queued += slice.readableBytes();
        waiting.add(slice);
    }

    @Override
    public void flush() {
        if (!turn.isArmed()) {
            move(worker.nowMs());
        }
        next().flush();
    }

    /** Gives on what may go now; the timer comes back for the rest. */
    private void move(long nowMs) {
        long allowed = limit.allowed(nowMs);
        long least = Math.min(minimum, queued);
        while (queued > 0 && allowed >= Math.max(1, least)) {
            ByteBuf first = waiting.peek();
            int length = (int) Math.min(first.readableBytes(), allowed);
            ByteBuf piece = length == first.readableBytes() ? waiting.poll() : first.readRetainedSlice(length);
            queued -= length;
            allowed -= length;
            least = Math.max(0, least - length);
            limit.count(length, nowMs);
            next().data(piece);
        }
        if (queued > 0) {
            worker.arm(turn, Math.max(1, limit.periodMs() / STEPS_PER_PERIOD));
        } else if (ended) {
            finish();
        }
    }

    private void finish() {
        ended = false;
        if (trailers == null) {
            next().end();
        } else {
            next().end(trailers);
        }
    }

    @Override
    public void end() {
        ended = true;
        if (queued == 0) {
            finish();
        }
    }

    /** The headers are only lent. */
    @Override
    public void end(Head headers) {
        trailers = new Head();
        trailers.addAll(headers);
        end();
    }

    @Override
    public void reset(Reason reason) {
        close();
        next().reset(reason);
    }

    @Override
    protected void restart() {
        close();
        ended = false;
        trailers = null;
    }

    @Override
    protected void close() {
        worker.remove(turn);
        for (ByteBuf slice = waiting.poll(); slice != null; slice = waiting.poll()) {
            slice.release();
        }
        queued = 0;
    }
}
