package dev.weir.net.mux;

import dev.weir.wire.h1.H1BadHead;
import dev.weir.wire.h1.H1Error;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Method;
import io.netty.buffer.ByteBuf;

/**
 * The engine of an HTTP/1 connection: one exchange at a time, the next when both its directions have ended. Made with a
 * factory it answers, made with an owner it asks; the two halves, {@link H1Incoming} and {@link H1Outgoing}, are the same
 * for both. Timeouts are the owner's. Worker-owned.
 *
 * <p>An exchange ends at its latest message: an answer may be complete before its request is, and the request then still
 * goes on, unless its receiver has said stop; then it is thrown away up to its end, where the next one begins.
 */
public final class H1Mux implements Mux, Stream {

    private final MuxOwner owner;
    /** Null when this engine asks. */
    private final StreamFactory factory;
    private final H1Incoming in;
    private final H1Outgoing out;
    private Connection connection;
    private boolean active;
    private boolean keep;
    private boolean inputOver;
    private boolean tunnel;
    private boolean gone;

    private H1Mux(H1Setup setup, MuxOwner owner, StreamFactory factory) {
        this.owner = owner;
        this.factory = factory;
        in = new H1Incoming(this, setup, factory != null);
        out = new H1Outgoing(this, setup, factory != null);
    }

    /** An engine that answers: the factory takes each request. */
    public H1Mux(H1Setup setup, StreamFactory factory) {
        this(setup, factory, factory);
    }

    /** An engine that asks; see {@link #send}. */
    public static H1Mux asking(H1Setup setup, MuxOwner owner) {
        return new H1Mux(setup, owner, null);
    }

    public MuxOwner owner() {
        return owner;
    }

    public Connection connection() {
        return connection;
    }

    /** Whether an exchange is under way. */
    public boolean isActive() {
        return active;
    }

    /** An idle engine that asks has come to another worker, whose heads it takes from now on. */
    public void movedTo(H1Setup setup) {
        if (active) {
            throw new IllegalStateException("an engine moves only between two exchanges");
        }
        in.movedTo(setup.heads());
    }

    /** Begins an exchange on an idle engine that asks. The request's head is to follow on the stream's sink. */
    public Stream send(Sink receiver, Source sender) {
        if (active || factory != null) {
            throw new IllegalStateException("not free to ask");
        }
        begin(true);
        wire(receiver, sender);
        in.expectAnswer();
        return this;
    }

    private void begin(boolean persistent) {
        active = true;
        keep = persistent;
        out.begin();
    }

    @Override
    public void wire(Sink receiver, Source sender) {
        in.receiver(receiver);
        out.sender(sender);
    }

    @Override
    public Sink sink() {
        return out;
    }

    @Override
    public Source source() {
        return in;
    }

    @Override
    public void keepHead() {
        in.leaveHead();
    }

    @Override
    public void closeAfter() {
        keep = false;
    }

    boolean keeps() {
        return keep && !inputOver;
    }

    /** Whether the peer is told that the connection stays; one that has ended its direction knows better. */
    boolean announcesKeeping() {
        return keep;
    }

    @Override
    public void opened(Connection established) {
        connection = established;
        inputOver = false;
        gone = false;
    }

    @Override
    public void received(ByteBuf bytes) {
        if (factory == null && !active) {
            // a server that speaks before it is asked
            bytes.release();
            leave();
            return;
        }
        in.received(bytes);
    }

    @Override
    public void receivedAll() {
        in.receivedAll();
    }

    @Override
    public void writable() {
        out.writable();
    }

    @Override
    public void outputEnded() {
        out.outputEnded();
    }

    @Override
    public void inputEnded() {
        inputOver = true;
        if (active) {
            in.inputEnded();
        } else if (factory != null && in.isWithinHead()) {
            refused(H1Error.CUT);
        } else {
            leave();
        }
    }

    @Override
    public void broken(Reason reason) {
        boolean wasActive = active;
        active = false;
        boolean incoming = in.isAwaited();
        boolean outgoing = !out.isOver();
        Sink receiver = in.detach();
        Source sender = out.detach();
        if (wasActive && incoming) {
            receiver.reset(reason);
        }
        if (wasActive && outgoing) {
            sender.abort(reason);
        }
        tellGone();
    }

    /**
     * Closes the connection and tells neither side of the exchange anything more, be it in the midst of an answer: another
     * server's may be on its way to the same receiver already. Once that exchange is over, nothing is done: the connection may
     * serve another one.
     *
     * @param receiver whose exchange it is
     */
    public void quit(Sink receiver) {
        if (!active || !in.isFor(receiver)) {
            return;
        }
        active = false;
        keep = false;
        in.detach();
        out.detach();
        connection.close();
    }

    /** The first byte of a request. */
    void began() {
        factory.began();
    }

    /** The head of a request is whole. */
    void requested(Head head, boolean persistent) {
        begin(persistent);
        out.answers(head.method() == Method.HEAD, head.version());
        factory.requested(this);
    }

    /** What came is no request, or will never be one. */
    void refused(H1Error error) {
        begin(false);
        out.answers(false, 11);
        in.drop();
        wire(null, Source.NOBODY);
        factory.refused(this, error);
    }

    /** The head that came and could not be read, or null. */
    public H1BadHead badHead() {
        return in.badHead();
    }

    /** The head of a request goes out. */
    void asked(Head head) {
        in.asked(head);
    }

    /** An answer's head says whether its connection can be kept. */
    void answered(boolean persistent) {
        keep &= persistent;
    }

    /** Raw bytes from here, both ways, whichever side said so. */
    void tunnel() {
        keep = false;
        tunnel = true;
        out.raw();
        in.raw();
    }

    boolean isTunnel() {
        return tunnel;
    }

    /** The peer broke off its message; an answer may still be given. The receiver is null when it wants no more. */
    void cutOff(Sink receiver, Reason reason) {
        keep = false;
        if (factory == null) {
            leave();
        }
        if (receiver != null) {
            receiver.reset(reason);
        }
        ended();
    }

    /** A peer that has answered in full and reads no more. */
    void peerEnded() {
        if (factory != null) {
            factory.peerEnded();
        } else if (!out.isOver()) {
            Source sender = out.detach();
            leave();
            sender.stop(Reason.ABANDONED);
        }
    }

    /** One direction has ended. */
    void ended() {
        if (!active || !out.isOver()) {
            return;
        }
        if (in.isOver()) {
            over();
        } else if (in.owesUnwanted()) {
            drain();
        }
    }

    /** What the request still owes is waited for, since what is closed on unread bytes takes the answer along. */
    private void drain() {
        if (!keeps()) {
            connection.endOutput();
        }
        factory.draining();
    }

    private void over() {
        active = false;
        boolean again = keeps() && !(factory == null && in.holdsBytes());
        in.next();
        out.detach();
        if (!again) {
            leave();
            return;
        }
        owner.idle();
        if (in.holdsBytes()) {
            in.resume();
        }
    }

    /** Ends the exchange, if there is one, and the connection with it. Nobody of the exchange is told. */
    void leave() {
        boolean unsent = out.hasUnsent();
        active = false;
        in.detach();
        out.detach();
        if (connection.isOpen()) {
            connection.become(Mux.NOBODY);
            if (factory != null || unsent) {
                connection.closeAfterFlush(0);
            } else {
                connection.close();
            }
        }
        tellGone();
    }

    private void tellGone() {
        if (!gone) {
            gone = true;
            owner.gone();
        }
    }
}
