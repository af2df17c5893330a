package dev.weir.net.mux;

import dev.weir.wire.h2.H2Error;
import dev.weir.wire.http.Head;

/**
 * A stream of HTTP/2: one request and its answer. Its two halves, {@link H2Incoming} and {@link H2Outgoing}, are the same
 * on both sides. Worker-owned.
 */
public final class H2Stream implements Stream {

    private final H2Mux mux;
    private final H2Incoming in;
    private final H2Outgoing out;
    private int id;
    private boolean dead = true;
    /** Raw bytes may come to pass, or have. */
    private boolean tunnelAsked;
    private boolean tunnel;
    private Object guest;
    private int resetCode = -1;
    /** What proves to HTTP/1 that a websocket was granted. */
    private byte[] proof;
    /** Whether it stands among those that wait for the connection. */
    boolean waiting;
    /** Whether it stands among those with which something has happened in this turn. */
    boolean touched;

    H2Stream(H2Mux mux) {
        this.mux = mux;
        in = new H2Incoming(mux, this);
        out = new H2Outgoing(mux, this);
    }

    void begin(int number) {
        id = number;
        dead = false;
        tunnelAsked = false;
        tunnel = false;
        proof = null;
        resetCode = -1;
        in.begin();
        out.begin();
    }

    void number(int given) {
        id = given;
    }

    /** 0 before a request has left. */
    public int id() {
        return id;
    }

    /** What the peer has reset it with, or -1. */
    public int resetCode() {
        return resetCode;
    }

    /** The peer has reset it. */
    void reset(H2Error code) {
        resetCode = code.ordinal();
        broken(code == H2Error.REFUSED_STREAM ? Reason.REFUSED : Reason.RESET);
    }

    /** Whoever takes part in it, to be found again when it is over. */
    public void guest(Object whose) {
        guest = whose;
    }

    public Object guest() {
        return guest;
    }

    H2Incoming in() {
        return in;
    }

    H2Outgoing out() {
        return out;
    }

    public boolean isDead() {
        return dead;
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

    /** One stream says nothing about the next. */
    @Override
    public void closeAfter() {
        // HTTP/1 knows this, we do not
    }

    /** Ends it at once, telling the peer; nobody here is told. */
    public void cut(H2Error code) {
        if (!dead) {
            if (id != 0 && !(in.isOver() && out.isOver())) {
                mux.sendReset(id, code);
            }
            leave();
        }
    }

    void proof(byte[] accept) {
        proof = accept;
    }

    byte[] proof() {
        return proof;
    }

    void asksTunnel() {
        tunnelAsked = true;
    }

    boolean isTunnelAsked() {
        return tunnelAsked;
    }

    boolean isTunnel() {
        return tunnel;
    }

    /** Raw bytes from here on, both ways, whichever side said so. */
    void tunnel() {
        tunnel = true;
        out.raw();
        in.raw();
    }

    /** One direction has ended. */
    void ended() {
        if (dead || !out.isOver()) {
            return;
        }
        boolean wantedTunnel = tunnelAsked && !tunnel;
        if (in.isOver() && wantedTunnel && !mux.answers()) {
            // its end was never said, since it would have gone on
            cut(H2Error.CANCEL);
        } else if (in.isOver() && (!wantedTunnel || in.peerEnded())) {
            leave();
        } else if (in.isOver() || in.isUnwanted()) {
            // complete as far as we are concerned: section 8.1 lets us say so
            cut(H2Error.NO_ERROR);
        }
    }

    /** The peer, or the connection, has put an end to it. */
    void broken(Reason reason) {
        if (dead) {
            return;
        }
        boolean incoming = in.isAwaited();
        boolean outgoing = !out.isOver();
        Sink receiver = in.receiver();
        Source sender = out.sender();
        detach();
        if (incoming && receiver != null) {
            receiver.reset(reason);
        }
        if (outgoing) {
            sender.abort(reason);
        }
        mux.over(this);
    }

    private void leave() {
        detach();
        mux.over(this);
    }

    private void detach() {
        dead = true;
        mux.forget(this);
        in.detach();
        out.detach();
    }

    Head takeHead() {
        return in.takeHead();
    }
}
