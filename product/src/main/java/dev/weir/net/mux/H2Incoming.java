package dev.weir.net.mux;

import dev.weir.wire.h2.H2Error;
import dev.weir.wire.h2.H2Frames;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * The half of a stream that reads. The window is what the receiver may be lent; it is opened again by credit, and grows
 * while the receiver keeps up. Worker-owned.
 */
final class H2Incoming implements Source {

    private enum At { HEAD, BODY, RAW, ENDED, DEAD }

    private final H2Mux mux;
    private final H2Stream stream;
    private At at = At.DEAD;
    private Head head;
    private Sink receiver;
    private ArrayDeque<ByteBuf> early;
    /** What the peer may still send. */
    private int window;
    /** What it may have on its way in all. */
    private int wanted;
    private int credited;
    private int taken;
    private long left;
    private boolean bodiless;
    private boolean discarding;
    private boolean peerEnded;
    private boolean endHeld;
    private boolean unflushed;

    H2Incoming(H2Mux mux, H2Stream stream) {
        this.mux = mux;
        this.stream = stream;
    }

    void begin() {
        at = At.HEAD;
        wanted = mux.terms().window();
        window = mux.isAcknowledged() ? wanted : H2Frames.USUAL_WINDOW;
        credited = 0;
        taken = 0;
        left = -1;
        bodiless = false;
        discarding = false;
        peerEnded = false;
        endHeld = false;
        unflushed = false;
    }

    void receiver(Sink sink) {
        receiver = sink;
    }

    Sink receiver() {
        return receiver;
    }

    /** What has come is kept there until the stream is over. */
    Head takeHead() {
        if (head == null) {
            head = mux.takeHead();
        } else {
            head.clear();
        }
        return head;
    }

    Head head() {
        return head;
    }

    /** Somebody else gives it back. */
    void leaveHead() {
        head = null;
    }

    boolean isOver() {
        return at == At.ENDED || at == At.DEAD;
    }

    boolean isAwaited() {
        return !isOver() && !discarding;
    }

    boolean awaitsHead() {
        return at == At.HEAD;
    }

    boolean isUnwanted() {
        return discarding;
    }

    /** Whether the peer has said that nothing more comes. */
    boolean peerEnded() {
        return peerEnded;
    }

    /** The answer has no body, whatever it says. */
    void asked(boolean withoutBody) {
        bodiless = withoutBody;
    }

    boolean isBodiless() {
        return bodiless;
    }

    void inform() {
        unflushed = true;
        mux.touch(stream);
        receiver.head(Kind.INFORMATIONAL, head);
    }

    /** The head that was taken is whole. */
    void message(Kind kind, boolean last) {
        at = At.BODY;
        left = head.framing() == Framing.LENGTH ? head.bodyLength() : head.framing() == Framing.NONE ? 0 : -1;
        unflushed = true;
        mux.touch(stream);
        if (kind == Kind.TUNNEL) {
            stream.tunnel();
            receiver.head(kind, head);
            if (last && at == At.RAW) {
                ended(null);
            }
            return;
        }
        if (!discarding) {
            receiver.head(kind, head);
        }
        if (at != At.BODY) {
            return;
        }
        if (last) {
            ended(null);
        } else if (stream.isTunnelAsked()) {
            // what follows is raw, and comes when it has been allowed to
            finish(null);
        }
    }

    /** False when the peer sends more than it may. */
    boolean reserve(int bytes) {
        window -= bytes;
        return window >= 0;
    }

    /** The peer has taken our settings: what it may send is what they say. */
    void acknowledged() {
        window += mux.terms().window() - H2Frames.USUAL_WINDOW;
    }

    /** What padding took is given back at once. */
    void skipped(int bytes) {
        credited += bytes;
        settle();
    }

    /** A piece of the body; null when it is none of a good one. */
    H2Error data(ByteBuf piece) {
        int count = piece.readableBytes();
        if (at == At.ENDED && stream.isTunnelAsked() && !stream.isTunnel() && !peerEnded) {
            hold(piece);
            return null;
        }
        if (at != At.BODY && at != At.RAW) {
            piece.release();
            return H2Error.STREAM_CLOSED;
        }
        if (at == At.BODY && left >= 0) {
            left -= count;
            if (left < 0) {
                piece.release();
                return H2Error.PROTOCOL_ERROR;
            }
        }
        deliver(piece);
        return null;
    }

    private void hold(ByteBuf piece) {
        early = early == null ? new ArrayDeque<>(2) : early;
        early.add(piece);
    }

    private void deliver(ByteBuf piece) {
        if (discarding) {
            skipped(piece.readableBytes());
            piece.release();
            return;
        }
        unflushed = true;
        mux.touch(stream);
        receiver.data(piece);
    }

    /** The peer has ended its direction, perhaps with headers; null when the message is whole. */
    H2Error ended(Head trailers) {
        if (at == At.ENDED && stream.isTunnelAsked() && !peerEnded) {
            peerEnded = true;
            endHeld = true;
            stream.ended();
            return null;
        }
        if (at != At.BODY && at != At.RAW) {
            return H2Error.STREAM_CLOSED;
        }
        if (at == At.BODY && left > 0) {
            return H2Error.PROTOCOL_ERROR;
        }
        peerEnded = true;
        finish(trailers);
        return null;
    }

    private void finish(Head trailers) {
        at = At.ENDED;
        Sink told = discarding ? null : receiver;
        if (told != null && trailers != null) {
            told.end(trailers);
        } else if (told != null) {
            told.end();
        }
        unflushed = false;
        // as in HTTP/1: the end of an answer leaves when this side is done with it
        if (told != null && mux.answers()) {
            told.flush();
        }
        if (at == At.ENDED) {
            stream.ended();
        }
        if (told != null && !mux.answers()) {
            told.flush();
        }
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            receiver.flush();
        }
    }

    void raw() {
        if (at == At.DEAD) {
            return;
        }
        discarding = false;
        at = At.RAW;
        while (early != null && !early.isEmpty()) {
            deliver(early.poll());
        }
        if (endHeld) {
            endHeld = false;
            finish(null);
        }
    }

    void detach() {
        at = At.DEAD;
        unflushed = false;
        receiver = null;
        discarding = true;
        while (early != null && !early.isEmpty()) {
            early.poll().release();
        }
        if (head != null) {
            mux.giveHead(head);
            head = null;
        }
    }

    @Override
    public void credit(int bytes) {
        if (at == At.DEAD) {
            return;
        }
        credited += bytes;
        taken += bytes;
        if (taken >= wanted) {
            taken = 0;
            int more = Math.min(wanted * 2, mux.mostWindow());
            if (more > wanted) {
                credited += more - wanted;
                wanted = more;
            }
        }
        settle();
    }

    /** Half a window at a time, so that updates are few. */
    private void settle() {
        if (credited * 2 >= wanted && !peerEnded) {
            int increment = credited;
            credited = 0;
            window += increment;
            mux.sendWindow(stream.id(), increment);
        }
    }

    @Override
    public void delivered() {
        // the reader asks nothing more of what has been passed on
    }

    @Override
    public void stop(Reason reason) {
        if (at == At.DEAD) {
            return;
        }
        if (!mux.answers()) {
            stream.cut(H2Error.CANCEL);
            return;
        }
        discarding = true;
        unflushed = false;
        stream.ended();
    }

    @Override
    public void abort(Reason reason) {
        stream.cut(H2Error.CANCEL);
    }
}
