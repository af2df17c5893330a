package dev.weir.flow.drive;

import dev.weir.flow.filter.Stages;
import dev.weir.model.proxy.ProxySpec.Splice;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Sink;
import dev.weir.net.mux.Source;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * One direction between a client and a server. It stands between the engines of both sides: counts what passes, notes who was active,
 * and keeps what comes before the other side is there, which the reader's window bounds. Worker-owned.
 */
final class Pipe implements Sink, Source {

    /** What comes in such pieces is worth the kernel's attention. */
    private static final int STREAM = 16_384;

    private final Ends owner;
    private final Side from;
    private Source origin;
    private Sink target;
    private ArrayDeque<ByteBuf> held;
    private long bytes;
    private long credited;
    private ArrayDeque<ByteBuf> copies;
    private int copyLimit;
    private boolean withoutTrailers;
    private Head trailers;
    private HeldBytes contents;
    private boolean ended;
    private boolean cut;
    private boolean delivered;
    private int limit;
    private Stages stages;
    private Splice splice = Splice.NO;

    Pipe(Ends owner, Side from) {
        this.owner = owner;
        this.from = from;
    }

    /** Before the next message. */
    void begin(int heldAtMost) {
        target = null;
        bytes = 0;
        credited = 0;
        withoutTrailers = false;
        trailers = null;
        ended = false;
        cut = false;
        delivered = false;
        limit = heldAtMost;
        stages = null;
        splice = Splice.NO;
        if (contents != null) {
            contents.forget();
        }
    }

    void origin(Source source) {
        origin = source;
    }

    /** Lets filters stand on its way; null for none. Before the way opens. */
    void through(Stages filters) {
        stages = filters;
    }

    /** Whether the kernel may move bytes past us, where nothing has to see them. */
    void splices(Splice wanted) {
        splice = wanted;
    }

    @Override
    public Connection bypass(int lately) {
        boolean allowed = splice == Splice.YES || splice == Splice.AUTO && lately >= STREAM;
        return allowed && target != null && stages == null && copies == null ? target.bypass(lately) : null;
    }

    @Override
    public void announce(long count) {
        target.announce(count);
    }

    @Override
    public void bypassed(int received, int sent) {
        owner.spliced(from, received, sent);
        target.bypassed(received, sent);
        if (sent > 0) {
            bytes += sent;
            credited += sent;
            owner.passed(from, sent);
            owner.wrote(from.other());
        }
    }

    /** Opens the way: what was held goes first. */
    void target(Sink receiver) {
        Sink sink = stages == null ? receiver : stages.open(receiver, this::passedOn);
        target = sink;
        if (held != null) {
            for (ByteBuf slice = held.poll(); slice != null; slice = held.poll()) {
                sink.data(slice);
            }
        }
        if (ended) {
            endWith(trailers);
        }
    }

    private void endWith(Head headers) {
        if (headers == null || withoutTrailers) {
            target.end();
        } else {
            target.end(headers);
        }
    }

    /** Bytes taken from the side that this direction comes from. */
    long bytes() {
        return bytes;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether its message was broken off. */
    boolean wasCut() {
        return cut;
    }

    boolean isDelivered() {
        return delivered;
    }

    /** Whether something was given that has not gone on yet. */
    boolean isBlocked() {
        return credited < bytes;
    }

    /** Whether it holds as many bytes as it may. */
    boolean isFull() {
        return heldBytes() >= limit;
    }

    /** Keeps what passes, as long as it is no more than this, so that it can be sent once more. */
    void keepCopies(int most) {
        copies = new ArrayDeque<>(2);
        copyLimit = most;
        if (held != null) {
            held.forEach(slice -> copies.add(slice.retainedDuplicate()));
        }
    }

    /** Whether all that has passed so far was kept. */
    boolean canRewind() {
        return copies != null;
    }

    /** What has passed is held once more, and the way is closed until there is another target. */
    void rewind() {
        discardHeld();
        target = null;
        delivered = false;
        if (stages != null) {
            stages.restart();
        }
        if (copies != null) {
            for (ByteBuf copy : copies) {
                hold(copy.retainedDuplicate());
            }
        }
    }

    /** Another sender will be at the other end: what the last one left undone is forgotten. */
    void reopen() {
        discardHeld();
        ended = false;
        trailers = null;
        credited = bytes;
    }

    /** What had ended goes on as raw bytes. */
    void goOn() {
        ended = false;
        delivered = false;
    }

    /** Headers behind the body are not passed on. */
    void dropTrailers(boolean drop) {
        withoutTrailers = drop;
    }

    void dropCopies() {
        if (copies != null) {
            for (ByteBuf copy : copies) {
                copy.release();
            }
            copies = null;
        }
    }

    private void copy(ByteBuf slice) {
        if (bytes > copyLimit) {
            dropCopies();
        } else {
            copies.add(slice.retainedDuplicate());
        }
    }

    /** What is held, as expressions read it. */
    HeldBytes contents() {
        if (contents == null) {
            contents = new HeldBytes(this);
        }
        return contents;
    }

    /** Bytes that wait for the way to open. */
    int heldBytes() {
        int sum = 0;
        if (held != null) {
            for (ByteBuf slice : held) {
                sum += slice.readableBytes();
            }
        }
        return sum;
    }

    /** Copies them all to the front of an array that has room for them. */
    void copyHeld(byte[] into) {
        int at = 0;
        for (ByteBuf slice : held) {
            slice.getBytes(slice.readerIndex(), into, at, slice.readableBytes());
            at += slice.readableBytes();
        }
    }

    /** The exchange is over: nothing is held any more. */
    void close() {
        discardHeld();
        dropCopies();
        if (stages != null) {
            stages.close();
        }
    }

    /** Gives away what it holds, in one piece. */
    ByteBuf takeHeld() {
        ByteBuf all = held == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(held.toArray(new ByteBuf[0]));
        held = null;
        return all;
    }

    void discardHeld() {
        if (held != null) {
            for (ByteBuf slice = held.poll(); slice != null; slice = held.poll()) {
                slice.release();
            }
        }
    }

    @Override
    public void head(Kind kind, Head head) {
        owner.head(from, kind, head);
    }

    @Override
    public void data(ByteBuf slice) {
        int length = slice.readableBytes();
        bytes += length;
        owner.passed(from, length);
        if (copies != null) {
            copy(slice);
        }
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
        } else {
            owner.held(from);
        }
    }

    @Override
    public void end() {
        ended = true;
        owner.inputEnded(from);
        if (target != null) {
            target.end();
        } else {
            owner.held(from);
        }
    }

    /** The headers are only lent: what may have to be said later is copied. */
    @Override
    public void end(Head headers) {
        if (target == null || copies != null) {
            trailers = new Head();
            trailers.addAll(headers);
        }
        ended = true;
        owner.inputEnded(from);
        if (target != null) {
            endWith(headers);
        } else {
            owner.held(from);
        }
    }

    @Override
    public void reset(Reason reason) {
        ended = true;
        cut = true;
        owner.broken(from, reason);
    }

    @Override
    public void credit(int count) {
        if (stages == null) {
            passedOn(count);
        } else {
            stages.credit(count);
        }
    }

    private void passedOn(int count) {
        credited += count;
        owner.wrote(from.other());
        origin.credit(count);
    }

    @Override
    public void delivered() {
        delivered = true;
        owner.outputEnded(from.other());
    }

    @Override
    public void stop(Reason reason) {
        origin.stop(reason);
    }

    @Override
    public void abort(Reason reason) {
        owner.broken(from.other(), reason);
    }
}
