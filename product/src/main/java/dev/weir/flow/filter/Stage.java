package dev.weir.flow.filter;

import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;

/**
 * One filter at work on one message: it takes the body piece by piece and gives on what it makes of it. By itself it passes
 * everything on. Worker-owned.
 */
public abstract class Stage implements Sink {

    private Sink next;
    private Stage before;
    private Stages chain;

    final void place(Stages owner, Stage previous) {
        chain = owner;
        before = previous;
    }

    final void lead(Sink to) {
        next = to;
    }

    /** What comes behind it. */
    protected final Sink next() {
        return next;
    }

    /** That many bytes of what it was given have been dealt with. */
    protected final void creditBefore(int bytes) {
        if (before != null) {
            before.credit(bytes);
        } else {
            chain.passedOn(bytes);
        }
    }

    /** That many bytes of what it gave have gone on. */
    protected void credit(int bytes) {
        creditBefore(bytes);
    }

    /** The message is sent once more, from its first byte. */
    protected void restart() {
        // nothing is remembered
    }

    /** The exchange is over, well or not. */
    protected void close() {
        // nothing is held
    }

    @Override
    public void data(ByteBuf slice) {
        next.data(slice);
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public void end(Head trailers) {
        next.end(trailers);
    }

    @Override
    public void reset(Reason reason) {
        next.reset(reason);
    }
}
