package dev.weir.upkeep.peers;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Encryption;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.tls.Alpn;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsFault;
import dev.weir.wire.peer.PeerFramer;
import dev.weir.wire.peer.PeerHello;
import dev.weir.wire.peer.PeerMessage;
import dev.weir.wire.peer.PeerOutput;
import dev.weir.wire.peer.PeerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A connection with a peer, from its greeting to its end. Whoever called greets, and is answered with a status; from then
 * on both sides are the same: {@link PeerTalk} says what is said. Conductor-owned.
 */
public final class PeerSession implements Mux, Dialer.DialOutcome, Encryption.Handshake {

    /** Where it is. */
    public enum State { CONNECTING, AWAITS_STATUS, AWAITS_HELLO, READY, CLOSED }

    private static final int HEARTBEAT_MS = 3000;
    private static final int SILENCE_MS = 5000;
    private static final int MOST_SILENCES = 2;
    private static final int FAREWELL_MS = 1000;
    /** How often one turn of the loop may be filled with updates. */
    private static final int BATCHES_PER_TURN = 8;

    private final PeerSection section;
    private final PeerDoor door;
    private final PeerFramer framer;
    private final PeerOutput out = new PeerOutput();
    private Peer peer;
    private PeerTalk talk;
    private Connection connection;
    private State state;
    private boolean called;
    private PeerPreface preface;
    private String firstLine;
    private String secondLine;
    private boolean heard;
    private int silences;
    private long sentMs;
    private boolean pumping;
    private final Timer heartbeat = new Timer() {
        @Override
        protected void fire(long nowMs) {
            beat(nowMs);
        }
    };
    private final Timer silence = new Timer() {
        @Override
        protected void fire(long nowMs) {
            listened();
        }
    };

    /** We call. */
    PeerSession(PeerSection section, Peer peer) {
        this(section, null, State.CONNECTING);
        this.peer = peer;
    }

    /** Somebody calls us. */
    PeerSession(PeerSection section, PeerDoor door) {
        this(section, door, State.AWAITS_HELLO);
        called = true;
    }

    private PeerSession(PeerSection section, PeerDoor door, State first) {
        this.section = section;
        this.door = door;
        state = first;
        framer = new PeerFramer(section.terms().bufferBytes());
        section.terms().gauges().active(1);
    }

    Peer peer() {
        return peer;
    }

    public State state() {
        return state;
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** Whether they called us. */
    public boolean wasCalled() {
        return called;
    }

    public Connection connection() {
        return connection;
    }

    /** What is said on it, or null before the greeting. */
    public PeerTalk talk() {
        return talk;
    }

    /** When the next heartbeat is due. */
    public long heartbeatAtMs() {
        return sentMs + HEARTBEAT_MS;
    }

    private Worker worker() {
        return section.worker();
    }

    void dial(Dialer dialer, Address target) {
        worker().arm(silence, SILENCE_MS);
        Connection made = Connection.dial(worker(), dialer, target, dialer.source().address(), this, this);
        if (connection == null) {
            connection = made;
        }
        if (state == State.CLOSED && made != null) {
            made.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        close();
    }

    @Override
    public void opened(Connection established) {
        connection = established;
        if (state == State.CLOSED) {
            connection.close();
            return;
        }
        worker().arm(silence, SILENCE_MS);
        if (called) {
            preface = door.preface();
        } else if (peer.socks4() != null) {
            preface = PeerPreface.asked(connection, peer.address());
            if (preface == null) {
                close();
                return;
            }
        }
        if (preface == null) {
            encrypt(null);
        }
    }

    /** @param early what was read behind the preface, or null */
    private void encrypt(ByteBuf early) {
        if (!called) {
            PeerPreface.send(peer.sendProxy(), connection);
        }
        if (called && door.certificates() != null) {
            Encryption.accept(connection, door.certificates(), early, this);
            return;
        }
        if (!called && peer.tls() != null) {
            Encryption.dial(connection, new TlsClient(peer.tls(), 0, null, Alpn.NONE), this);
        } else {
            secured();
        }
        if (early != null) {
            connection.handOn(early);
        }
    }

    private void await(ByteBuf bytes) {
        switch (preface.take(bytes)) {
            case NEED_MORE -> { }
            case BAD -> close();
            case DONE -> {
                PeerPreface done = preface;
                preface = null;
                if (done.said() != null && !done.said().isLocal() && done.said().source() != Address.NONE) {
                    connection.source(done.said().source());
                    connection.destination(done.said().destination());
                }
                encrypt(done.rest());
            }
        }
    }

    @Override
    public void refused(TlsFault fault) {
        close();
    }

    @Override
    public void secured() {
        if (state == State.CONNECTING) {
            new PeerHello(peer.minor(), peer.name(), section.spec().local(), section.terms().pid()).write(out);
            state = State.AWAITS_STATUS;
            peer.counts.lastStatus = 0;
            peer.counts.lastGreetingMs = worker().nowMs();
            send();
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        if (preface != null) {
            await(bytes);
            return;
        }
        try {
            while (state != State.CLOSED && bytes.isReadable()) {
                framer.take(bytes);
                read();
                if (state != State.CLOSED && framer.isFull()) {
                    refuse(PeerStatus.PROTOCOL_ERROR);
                }
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void receivedAll() {
        pump();
    }

    private void read() {
        while (state == State.AWAITS_HELLO || state == State.AWAITS_STATUS) {
            String line = framer.line();
            if (line == null) {
                return;
            }
            if (state == State.AWAITS_STATUS) {
                status(line);
            } else {
                greeting(line);
            }
        }
        while (state == State.READY) {
            PeerFramer.Found found = framer.next();
            switch (found) {
                case NOTHING -> {
                    return;
                }
                case MESSAGE -> {
                    heard = true;
                    if (!talk.take(framer)) {
                        fault(PeerMessage.PROTOCOL_ERROR);
                    }
                }
                case PROTOCOL_ERROR -> fault(PeerMessage.PROTOCOL_ERROR);
                case SIZE_LIMIT -> fault(PeerMessage.SIZE_LIMIT);
                default -> throw new IllegalStateException(found.name());
            }
        }
    }

    private void status(String line) {
        peer.counts.lastStatus = PeerStatus.codeOf(line);
        PeerStatus status = PeerStatus.of(line);
        if (status == PeerStatus.GOOD) {
            begin(peer.minor());
            return;
        }
        if (status == PeerStatus.BAD_VERSION) {
            peer.downgrade();
        } else if (status == null) {
            peer.counts.protocolErrors++;
        }
        close();
    }

    private void greeting(String line) {
        if (firstLine == null) {
            firstLine = line;
            PeerStatus fault = PeerHello.faultOf(line);
            if (fault != null) {
                refuse(fault);
            }
        } else if (secondLine == null) {
            secondLine = line;
            if (!line.equals(section.spec().local())) {
                refuse(PeerStatus.WRONG_LOCAL_NAME);
            }
        } else {
            String name = PeerHello.callerOf(line);
            Peer caller = name == null ? null : section.find(name);
            if (name == null) {
                refuse(PeerStatus.PROTOCOL_ERROR);
            } else if (caller == null) {
                refuse(PeerStatus.WRONG_REMOTE_NAME);
            } else if (caller.isLocal() && caller.session() != null || section.isStopping()) {
                refuse(PeerStatus.TRY_AGAIN);
            } else {
                accept(caller);
            }
        }
    }

    private void accept(Peer caller) {
        peer = caller;
        peer.take(this);
        PeerStatus.GOOD.write(out);
        peer.counts.lastGreetingMs = worker().nowMs();
        peer.counts.lastStatus = PeerStatus.GOOD.code();
        begin(PeerHello.minorOf(firstLine));
        send();
    }

    private void begin(int minor) {
        state = State.READY;
        heard = true;
        sentMs = worker().nowMs();
        talk = new PeerTalk(section, this, out, minor);
        section.terms().gauges().connected(1);
        worker().arm(heartbeat, HEARTBEAT_MS);
        worker().arm(silence, SILENCE_MS);
        section.ready(this);
    }

    /** A caller is told why not. */
    private void refuse(PeerStatus status) {
        if (state == State.AWAITS_HELLO) {
            status.write(out);
            end();
        } else {
            fault(PeerMessage.SIZE_LIMIT);
        }
    }

    private void fault(int kind) {
        peer.counts.protocolErrors++;
        out.clear();
        out.putMessage(PeerMessage.ERROR, kind);
        end();
    }

    private void end() {
        send();
        Connection last = connection;
        connection = null;
        close();
        last.closeAfterFlush(FAREWELL_MS);
        connection = last;
    }

    void learn() {
        talk.learn(false);
    }

    /** Asks for everything. */
    void ask() {
        talk.learn(true);
        pump();
    }

    void teach() {
        talk.teach();
        pump();
    }

    /** Sends what there is to say, as long as the peer takes it. */
    void pump() {
        if (state != State.READY || pumping) {
            return;
        }
        pumping = true;
        boolean more = true;
        for (int i = 0; more && i < BATCHES_PER_TURN && state == State.READY && connection.isWritable(); i++) {
            more = talk.say();
            send();
        }
        pumping = false;
        if (more && state == State.READY && connection.isWritable()) {
            worker().execute(this::pump);
        }
    }

    @Override
    public void writable() {
        pump();
    }

    private void send() {
        if (out.length() > 0) {
            connection.write(Unpooled.copiedBuffer(out.bytes(), 0, out.length()));
            out.clear();
            connection.flush();
            sentMs = worker().nowMs();
        }
    }

    private void beat(long nowMs) {
        if (nowMs - sentMs >= HEARTBEAT_MS) {
            out.putMessage(PeerMessage.CONTROL, PeerMessage.HEARTBEAT);
            peer.counts.sentHeartbeats++;
            send();
        }
        if (state == State.READY) {
            worker().armAt(heartbeat, heartbeatAtMs());
        }
    }

    /** The peer had its time to say something. */
    private void listened() {
        if (state != State.READY) {
            close();
            return;
        }
        silences = heard ? 0 : silences + 1;
        heard = false;
        if (silences >= MOST_SILENCES) {
            peer.counts.silences++;
            close();
        } else {
            worker().arm(silence, SILENCE_MS);
        }
    }

    @Override
    public void inputEnded() {
        close();
    }

    @Override
    public void broken(Reason reason) {
        close();
    }

    /** Ends it; the peer is tried again as the section wants it. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean connected = state == State.READY;
        state = State.CLOSED;
        if (preface != null) {
            preface.release();
            preface = null;
        }
        worker().remove(heartbeat);
        worker().remove(silence);
        section.terms().gauges().active(-1);
        if (connected) {
            section.terms().gauges().connected(-1);
        }
        if (connection != null) {
            connection.close();
        }
        if (door != null) {
            door.left();
        }
        if (peer != null) {
            peer.lost(this);
            if (connected) {
                section.lost(peer);
            }
        }
    }
}
