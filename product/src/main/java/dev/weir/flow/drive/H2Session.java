package dev.weir.flow.drive;

import dev.weir.base.log.TraceSources;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H2Event;
import dev.weir.net.mux.H2Mux;
import dev.weir.net.mux.H2Owner;
import dev.weir.net.mux.H2Stream;
import dev.weir.wire.h2.H2Error;
import java.util.ArrayDeque;
import java.util.function.UnaryOperator;

/**
 * A client connection of HTTP/2: makes an exchange of each stream and watches over the time in which there is none. What
 * belongs to the session is shared by its exchanges. Worker-owned.
 */
final class H2Session implements H2Owner {

    /** So long a client that was told goodbye may still send what it sent before it heard of that. */
    private static final int PARTING_MS = 1000;

    private FrontendProgram program;
    private HttpKit kit;
    private final ExchangeContext context;
    private final Connection connection;
    private final UnaryOperator<Exchange> exchanges;
    private final Runnable leave;
    private final H2Mux mux;
    private final OwnServer own = new OwnServer();
    private final ArrayDeque<H2Slot> free = new ArrayDeque<>();
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            if (!dialled) {
                mux.leaveSoftly();
            } else if (connection.idlePingMs() > 0 || mux.ping()) {
                connection.worker().arm(patience(), program.waitForRequestMs());
            } else {
                mux.finish(H2Error.NO_ERROR);
            }
        }
    };
    private final boolean dialled;
    private BackendProgram chosen;
    private boolean first = true;

    /**
     * @param context the session's; each exchange gets one of its own
     * @param exchanges makes the record of the next request, of one that is done with if there is one
     * @param leave gives back the connection's place in the frontend
     * @param dialled whether it is us who made the connection: then it is kept as long as the peer is there
     */
    H2Session(FrontendProgram program, ExchangeContext context, Connection connection,
            UnaryOperator<Exchange> exchanges, Runnable leave, boolean dialled) {
        this.program = program;
        this.context = context;
        this.connection = connection;
        this.exchanges = exchanges;
        this.leave = leave;
        kit = program.kit(connection.worker().index());
        this.dialled = dialled;
        mux = dialled ? H2Mux.answeringDialled(kit.http2().client(), this)
                : H2Mux.answering(kit.http2().client(), this);
    }

    /** Puts the engine in charge; the preface of the client is still to come, or to be handed on. */
    void begin() {
        kit.clients().add(this);
        count(Count.HTTP2_SESSIONS);
        trace(TraceSources.H2_CONNECTION_NEW);
        program.frontend().http2Connections().increment();
        connection.become(mux);
        wait(program.waitForRequestMs());
    }

    private void trace(int event) {
        if (TraceSources.H2.sees(event)) {
            StreamTrace.connection(TraceSources.H2, event, program.frontend(), connection, "");
        }
    }

    /** The backend of the first request was chosen before its protocol was known. */
    void chose(BackendProgram backend) {
        chosen = backend;
    }

    BackendProgram chosenBackend() {
        BackendProgram taken = chosen;
        chosen = null;
        return taken;
    }

    FrontendProgram program() {
        return program;
    }

    HttpKit kit() {
        return kit;
    }

    ExchangeContext context() {
        return context;
    }

    Connection connection() {
        return connection;
    }

    OwnServer own() {
        return own;
    }

    boolean isFirst() {
        return first;
    }

    Exchange record(Exchange last) {
        return exchanges.apply(last);
    }

    /** A rule does not want this client; what it says now is not looked at any more. */
    void refuse() {
        connection.worker().execute(() -> mux.finish(H2Error.ENHANCE_YOUR_CALM));
    }

    void leave(Parting how) {
        if (how.idleIsKept()) {
            mux.leaveGently(PARTING_MS);
        } else {
            mux.leaveSoftly();
        }
    }

    @Override
    public void requested(H2Stream stream) {
        count(Count.HTTP2_REQUESTS);
        connection.worker().disarm(patience);
        FrontendProgram newest = program.forNextRequest();
        if (newest != program) {
            adopt(newest);
        }
        H2Slot slot = free.pollLast();
        slot = slot == null ? new H2Slot(this) : slot;
        stream.guest(slot);
        slot.begin(stream);
    }

    /** The requests that come from here on are served by the newest program; those under way keep theirs. */
    private void adopt(FrontendProgram next) {
        program = next;
        kit = next.kit(connection.worker().index());
        free.clear();
        context.adopt(next, next.ruleKit(connection.worker().index()));
    }

    @Override
    public void counted(H2Event what) {
        program.frontend().counts().cell(connection.worker().index())
                .increment(Count.HTTP2_HEADERS_RECEIVED.ordinal() + what.ordinal());
        trace(what.ordinal());
    }

    @Override
    public boolean over(H2Stream stream) {
        if (!(stream.guest() instanceof H2Slot slot)) {
            return true;
        }
        count(Count.HTTP2_STREAMS_OVER);
        trace(TraceSources.H2_STREAM_END);
        slot.tell();
        stream.guest(null);
        first = false;
        boolean again = slot.over();
        if (again && slot.serves(program)) {
            free.addLast(slot);
        }
        return again;
    }

    @Override
    public void glitch() {
        context.tracked().glitches(1, connection.worker().nowMs());
    }

    /** Who is there may go on waiting, but for times that are about requests alone. */
    @Override
    public void alive() {
        if (mux.streams() == 0 && program.waitsAsClient()) {
            wait(program.waitForNextMs());
        }
    }

    @Override
    public void idle() {
        wait(dialled ? program.waitForRequestMs() : program.waitForNextMs());
    }

    @Override
    public void gone() {
        kit.clients().remove(this);
        trace(TraceSources.H2_CONNECTION_END);
        program.frontend().http2Connections().decrement();
        own.leave();
        connection.worker().remove(patience);
        context.endSession(connection.worker().nowMs());
        leave.run();
    }

    private Timer patience() {
        return patience;
    }

    private void count(Count what) {
        program.frontend().counts().cell(connection.worker().index()).increment(what.ordinal());
    }

    private void wait(int ms) {
        if (ms > 0) {
            connection.worker().arm(patience, ms);
        } else {
            connection.worker().disarm(patience);
        }
    }
}
