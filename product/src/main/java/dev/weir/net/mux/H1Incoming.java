package dev.weir.net.mux;

import dev.weir.wire.h1.H1BadHead;
import dev.weir.wire.h1.H1Body;
import dev.weir.wire.h1.H1Head;
import dev.weir.wire.h1.H1Progress;
import dev.weir.wire.h1.H1RequestParser;
import dev.weir.wire.h1.H1ResponseParser;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The half of an HTTP/1 engine that reads. It lends body bytes to its receiver up to a window and reads on when credit
 * comes back; what a peer sends ahead of its turn is left with the kernel. Worker-owned.
 */
final class H1Incoming implements Source, Splicer.Reader {

    private enum At { HEAD, BODY, RAW, ENDED, DEAD }

    private final H1Mux mux;
    private Heads heads;
    private final int window;
    /** One of these two, by role. */
    private final H1RequestParser requests;
    private final H1ResponseParser answers;
    private final H1Body body;
    private Head head;
    private Sink receiver;
    private ByteBuf held;
    private At at = At.HEAD;
    private boolean tunnel;
    private boolean discarding;
    /** Where the message ends is not known, so that nothing behind it is of use. */
    private boolean lost;
    private H1BadHead bad;
    /** Where in what is held the body begins, or what has come of it since. */
    private int bodyAt;
    private boolean running;
    private boolean unflushed;
    private boolean paused;
    private int lent;
    /** Bytes that the turn has brought. */
    private int came;
    private Splicer splicer;

    H1Incoming(H1Mux mux, H1Setup setup, boolean takesRequests) {
        this.mux = mux;
        heads = setup.heads();
        window = setup.window();
        requests = takesRequests ? new H1RequestParser(setup.limits()) : null;
        answers = takesRequests ? null : new H1ResponseParser(setup.limits());
        body = new H1Body(setup.limits(), setup.heads());
    }

    /** The head that could not be read, or null. */
    H1BadHead badHead() {
        return bad;
    }

    void receiver(Sink sink) {
        receiver = sink;
    }

    boolean isFor(Sink sink) {
        return receiver == sink;
    }

    void movedTo(Heads others) {
        heads = others;
        body.movedTo(others);
    }

    void asked(Head request) {
        answers.asked(request);
    }

    void expectAnswer() {
        at = At.HEAD;
        head = heads.take();
        answers.begin(head);
    }

    boolean isOver() {
        return at == At.ENDED || at == At.DEAD;
    }

    /** Whether a receiver waits for more. */
    boolean isAwaited() {
        return !isOver() && !discarding;
    }

    /** Whether more of a message is to come that nobody wants. */
    boolean owesUnwanted() {
        return discarding && at == At.BODY && !body.isDone();
    }

    boolean holdsBytes() {
        return held != null && held.isReadable();
    }

    boolean isWithinHead() {
        return at == At.HEAD && head != null && requests.hasStartLine();
    }

    @Override
    public void received(ByteBuf bytes) {
        came += bytes.readableBytes();
        held = held == null ? bytes : Unpooled.wrappedBuffer(held, bytes);
        bodyAt = 0;
        proceed();
    }

    void receivedAll() {
        if (unflushed) {
            unflushed = false;
            receiver.flush();
        }
        int lately = came;
        came = 0;
        Connection past = lately > 0 && spliceable() > 0 ? receiver.bypass(lately) : null;
        if (past != null) {
            splicer = splicer == null ? new Splicer(this) : splicer;
            splicer.start(receiver, past, lately);
        }
    }

    @Override
    public Connection connection() {
        return mux.connection();
    }

    @Override
    public long spliceable() {
        if (discarding || held != null || receiver == null) {
            return 0;
        }
        return at == At.RAW ? Long.MAX_VALUE : at == At.BODY ? body.left() : 0;
    }

    @Override
    public void spliced(int received, int sent) {
        unflushed = true;
        if (at == At.BODY) {
            body.skip(sent);
        }
        receiver.bypassed(received, sent);
        checkEnd();
    }

    @Override
    public void splicing(boolean begins) {
        regulate();
    }

    private void stopSplicing() {
        if (splicer != null) {
            splicer.cancel();
        }
    }

    /** Reads what is there as far as it may be read now. */
    void proceed() {
        if (running) {
            return;
        }
        running = true;
        boolean more = true;
        while (more && held != null) {
            more = step();
            if (held != null && (at == At.DEAD || !held.isReadable())) {
                held.release();
                held = null;
            }
        }
        running = false;
        regulate();
    }

    private boolean step() {
        return switch (at) {
            case HEAD -> requests != null ? request() : answer();
            case BODY -> body();
            case RAW -> {
                ByteBuf all = held;
                held = null;
                deliver(all);
                yield true;
            }
            case ENDED -> {
                held.skipBytes(lost ? held.readableBytes() : 0);
                yield false;
            }
            case DEAD -> false;
        };
    }

    private boolean request() {
        if (head == null) {
            head = heads.take();
            requests.begin(head);
            mux.began();
        }
        switch (requests.parse(held)) {
            case NEED_MORE -> {
                requests.forget();
                held.skipBytes(held.readableBytes());
                return false;
            }
            case BAD -> {
                bad = requests.badHead(held);
                mux.refused(requests.error());
            }
            case DONE -> {
                held.skipBytes(requests.pending());
                at = At.BODY;
                bodyAt = held.readerIndex();
                body.begin(head.framing(), head.bodyLength());
                mux.requested(head, requests.head().persists());
                begin(Kind.REQUEST);
            }
        }
        return true;
    }

    private boolean answer() {
        H1Progress progress = answers.parse(held);
        if (progress == H1Progress.NEED_MORE) {
            answers.forget();
            held.skipBytes(held.readableBytes());
            return false;
        }
        if (progress == H1Progress.BAD) {
            bad = answers.badHead(held);
            cutOff(Reason.PROTOCOL);
            return false;
        }
        held.skipBytes(answers.pending());
        if (answers.isInformational()) {
            unflushed = true;
            receiver.head(Kind.INFORMATIONAL, head);
            if (at == At.HEAD) {
                answers.begin(head);
            }
        } else if (answers.isTunnel()) {
            mux.tunnel();
            unflushed = true;
            receiver.head(Kind.TUNNEL, head);
        } else {
            H1Head facts = answers.head();
            mux.answered(facts.persists() && head.framing() != Framing.UNTIL_CLOSE);
            at = At.BODY;
            bodyAt = held.readerIndex();
            body.begin(head.framing(), head.bodyLength());
            begin(Kind.FINAL);
        }
        return true;
    }

    private void begin(Kind kind) {
        unflushed = true;
        if (!discarding && at == At.BODY) {
            receiver.head(kind, head);
        }
        checkEnd();
    }

    private boolean body() {
        int count = body.next(held);
        if (count == 0) {
            if (body.error() != null) {
                bad = body.badBody(held, bodyAt);
                cutOff(Reason.PROTOCOL);
            }
            checkEnd();
            return held.isReadable();
        }
        ByteBuf piece;
        if (count == held.readableBytes()) {
            piece = held;
            held = null;
        } else {
            piece = held.readRetainedSlice(count);
        }
        deliver(piece);
        checkEnd();
        return true;
    }

    private void deliver(ByteBuf piece) {
        if (discarding) {
            piece.release();
            return;
        }
        lent += piece.readableBytes();
        unflushed = true;
        receiver.data(piece);
    }

    private void checkEnd() {
        if (at != At.BODY || !body.isDone()) {
            return;
        }
        if (tunnel) {
            at = At.RAW;
            return;
        }
        end(body.trailers());
        body.release();
    }

    private void end(Head trailers) {
        at = At.ENDED;
        unflushed = false;
        Sink told = discarding ? null : receiver;
        if (told != null && trailers != null) {
            told.end(trailers);
        } else if (told != null) {
            told.end();
        }
        // What leaves with the end of an answer lets the next request in, which shall find this connection free. With the
        // end of a request it is the other way round. Either may end the exchange in its own way meanwhile.
        if (told != null && requests != null) {
            told.flush();
        }
        if (at == At.ENDED) {
            mux.ended();
        }
        if (told != null && requests == null) {
            told.flush();
        }
    }

    void inputEnded() {
        switch (at) {
            case HEAD -> cutOff(answers.hasStartLine() ? Reason.TRUNCATED : Reason.EMPTY);
            case BODY -> {
                if (body.endsWithConnection()) {
                    end(null);
                } else {
                    cutOff(Reason.TRUNCATED);
                }
            }
            case RAW -> end(null);
            default -> mux.peerEnded();
        }
    }

    private void cutOff(Reason reason) {
        Sink told = discarding ? null : receiver;
        drop();
        mux.cutOff(told, reason);
    }

    /** Nothing more of this message is of use, and where it ends is not known. */
    void drop() {
        stopSplicing();
        at = At.ENDED;
        discarding = true;
        lost = true;
        unflushed = false;
        body.release();
        if (held != null) {
            held.skipBytes(held.readableBytes());
        }
    }

    /** What comes from here on, or behind the body that is under way, is raw. */
    void raw() {
        tunnel = true;
        discarding = false;
        if (at != At.BODY) {
            at = At.RAW;
            resume();
        }
    }

    /** Goes on with what was left, outside the turn that brought it. */
    void resume() {
        if (!running) {
            proceed();
            receivedAll();
        }
    }

    /** Before the next message: the exchange is over. */
    void next() {
        stopSplicing();
        giveHead();
        at = At.HEAD;
        tunnel = false;
        discarding = false;
        lent = 0;
        receiver = null;
        regulate();
    }

    /** Somebody else gives it back. */
    void leaveHead() {
        head = null;
    }

    private void giveHead() {
        if (head != null) {
            heads.give(head);
            head = null;
        }
    }

    /** Lets go of everything and tells nobody any more. */
    Sink detach() {
        Sink last = receiver;
        stopSplicing();
        giveHead();
        body.release();
        at = At.DEAD;
        unflushed = false;
        discarding = true;
        if (held != null && !running) {
            held.release();
            held = null;
        }
        return last;
    }

    /** Reads on, or lets the peer wait: while too much is lent, or while what comes is ahead of its turn. */
    private void regulate() {
        boolean wait = at != At.DEAD && (lent >= window && !discarding || at == At.ENDED && held != null
                || splicer != null && splicer.isActive());
        if (wait != paused) {
            paused = wait;
            if (wait) {
                mux.connection().pauseReading();
            } else {
                mux.connection().resumeReading();
            }
        }
    }

    @Override
    public void credit(int bytes) {
        // what is credited after its exchange is over was forgotten with it
        lent = Math.max(0, lent - bytes);
        regulate();
    }

    @Override
    public void delivered() {
        // the reader asks nothing more of what has been passed on
    }

    @Override
    public void stop(Reason reason) {
        if (requests == null) {
            mux.leave();
            return;
        }
        discarding = true;
        unflushed = false;
        stopSplicing();
        regulate();
        mux.ended();
    }

    @Override
    public void abort(Reason reason) {
        mux.leave();
    }
}
