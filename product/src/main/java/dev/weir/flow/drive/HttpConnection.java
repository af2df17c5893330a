package dev.weir.flow.drive;

import dev.weir.base.log.TraceSources;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.rule.ReplyMaker;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H1Mux;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Stream;
import dev.weir.net.mux.StreamFactory;
import dev.weir.wire.h1.H1BadHead;
import dev.weir.wire.h1.H1Error;
import io.netty.buffer.Unpooled;
import java.util.function.UnaryOperator;

/**
 * A client connection of an HTTP frontend: makes an exchange of each request, one after the other, and watches over the
 * time between them. Worker-owned.
 */
final class HttpConnection implements StreamFactory, HttpClient {

    /** The chain that {@link HttpClients} keeps. */
    HttpConnection newer;
    HttpConnection older;
    private FrontendProgram program;
    private HttpKit kit;
    private final Connection connection;
    private final UnaryOperator<Exchange> exchanges;
    private final Runnable leave;
    private final H1Mux mux;
    private final Timer patience = new Timer() {
        @Override
        protected void fire(long nowMs) {
            timedOut();
        }
    };

    private final HttpFacts facts;
    private final ExchangeContext context;
    private BackendProgram chosen;
    private final OwnServer own = new OwnServer();
    private HttpExchange current;
    /** One that has ended as planned and is done again for the next request. */
    private HttpExchange spare;
    private boolean first = true;
    private boolean withinHead;
    private boolean refused;
    private boolean left;

    /**
     * @param exchanges makes the record of the next request, of that of the one before if there is one
     * @param leave gives back the connection's place in the frontend
     */
    HttpConnection(FrontendProgram program, ExchangeContext context, Connection connection,
            UnaryOperator<Exchange> exchanges, Runnable leave) {
        this.program = program;
        this.context = context;
        this.kit = program.kit(connection.worker().index());
        this.connection = connection;
        this.exchanges = exchanges;
        this.leave = leave;
        this.mux = new H1Mux(kit.of(program.http().terms().client()), this);
        this.facts = new HttpFacts(program.log().longestRequestLine());
        makeRoom();
    }

    private void makeRoom() {
        facts.captures(program.rules().captures().request().length, program.rules().captures().response().length);
    }

    /** The request that comes is served by the newest program. */
    private void adopt(FrontendProgram next) {
        program = next;
        kit = next.kit(connection.worker().index());
        spare = null;
        facts.longestLine(next.log().longestRequestLine());
        makeRoom();
        context.adopt(next, next.ruleKit(connection.worker().index()));
    }

    /** @param mayChange whether what comes may turn out to be HTTP/2 */
    void begin(boolean mayChange) {
        kit.clients().add(this);
        facts.ready(connection.worker().nowMicros());
        trace(TraceSources.H1_CONNECTION_NEW);
        connection.become(mayChange ? new FirstBytes(mux, this::changeToHttp2) : mux);
        wait(program.waitForRequestMs());
    }

    private void trace(int event) {
        if (TraceSources.H1.sees(event)) {
            StreamTrace.connection(TraceSources.H1, event, program.frontend(), connection, "");
        }
    }

    /** The client speaks another version: its connection goes on as one of that. */
    private void changeToHttp2() {
        left = true;
        kit.clients().remove(this);
        connection.worker().remove(patience);
        H2Session next = new H2Session(program, context, connection, exchanges, leave, false);
        next.chose(chosen);
        next.begin();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public ExchangeContext context() {
        return context;
    }

    @Override
    public OwnServer own() {
        return own;
    }

    /** The backend of the first request was chosen before its protocol was known. */
    void chose(BackendProgram backend) {
        chosen = backend;
    }

    @Override
    public BackendProgram chosenBackend() {
        BackendProgram taken = chosen;
        chosen = null;
        return taken;
    }

    @Override
    public boolean isFirst() {
        return first;
    }

    @Override
    public void cut() {
        if (first) {
            connection.close();
        } else {
            // what earlier requests were answered may be on its way
            connection.closeAfterFlush(0);
        }
    }

    @Override
    public void leave(int patienceMs) {
        connection.closeAfterFlush(patienceMs);
    }

    @Override
    public void vanish() {
        connection.vanish();
    }

    @Override
    public void began() {
        if (!withinHead) {
            withinHead = true;
            facts.began(connection.worker().nowMicros());
            if (!first) {
                wait(program.waitForRequestMs());
            }
        }
    }

    @Override
    public void requested(Stream stream) {
        withinHead = false;
        connection.worker().disarm(patience);
        FrontendProgram newest = program.forNextRequest();
        if (newest != program) {
            adopt(newest);
        }
        HttpExchange again = spare;
        Exchange exchange = exchange();
        spare = null;
        current = again != null ? again : new HttpExchange(program, kit, this);
        current.begin(exchange, stream);
    }

    @Override
    public H1BadHead badMessage() {
        return mux.badHead();
    }

    @Override
    public void refused(Stream stream, H1Error error) {
        Exchange exchange = exchange();
        exchange.terminate(error == H1Error.CUT ? 'C' : 'P', 'R');
        exchange.badRequest(mux.badHead());
        closeWith(error.status(), exchange);
    }

    private Exchange exchange() {
        Exchange exchange = exchanges.apply(spare == null ? null : spare.exchange());
        exchange.http(facts);
        exchange.context(context);
        return exchange;
    }

    /** The last that is said on this connection: a page as it stands, where there is something to say at all. */
    private void closeWith(int status, Exchange exchange) {
        context.begin(RuleHost.NOBODY, exchange, connection, null);
        context.badRequest(connection.worker().nowMs());
        if (status > 0) {
            exchange.countFront(Count.FAILED_REQUESTS);
            exchange.countAnswer(status, false);
        }
        if (status > 0) {
            connection.write(Unpooled.wrappedBuffer(page(status)));
        }
        finish(status, exchange);
        close();
    }

    /** The frontend's page, where it needs no request to be made. */
    private byte[] page(int status) {
        ReplyMaker own = program.rules().errors().own(status);
        return (own == null ? ErrorPages.reply(status) : own.make(context)).message();
    }

    /** HAProxy counts nothing of what it says where there was no request. */
    private void finish(int status, Exchange exchange) {
        refused = true;
        facts.status(status);
        exchange.ended();
        program.log().ended(exchange);
    }

    private void close() {
        connection.become(Mux.NOBODY);
        connection.closeAfterFlush(program.clientTimeoutMs());
        gone();
    }

    /** A client that ends its direction before its request has reached a server has given up, unless told otherwise. */
    @Override
    public void peerEnded() {
        if (current != null) {
            current.clientEnded();
        }
    }

    @Override
    public void draining() {
        wait(program.clientTimeoutMs());
    }

    @Override
    public void idle() {
        first = false;
        spare = current != null && current.wentAsPlanned() ? current : null;
        current = null;
        facts.idle(connection.worker().nowMicros(), connection.worker().wallMicros());
        wait(program.waitForNextMs());
    }

    @Override
    public void gone() {
        if (!left) {
            left = true;
            kit.clients().remove(this);
            trace(TraceSources.H1_CONNECTION_END);
            own.leave();
            if (first && current == null && !refused && !(program.http().terms().ignoresProbes() && !withinHead)) {
                leftWithout();
            }
            connection.worker().remove(patience);
            context.endSession(connection.worker().nowMs());
            leave.run();
        }
    }

    /** Whether the client waits between two requests, and need not be let wait when the process stops. */
    boolean isIdle() {
        return !first && !withinHead && current == null && !program.http().terms().idlesAtStop();
    }

    void leaveIdle() {
        close();
    }

    /** The client has gone before its first request was one. */
    private void leftWithout() {
        Exchange exchange = exchange();
        exchange.terminate('C', 'R');
        finish(400, exchange);
    }

    private void wait(int ms) {
        if (ms > 0) {
            connection.worker().arm(patience, ms);
        } else {
            connection.worker().disarm(patience);
        }
    }

    /** A request that has begun, or the first one, gets an answer; an idle connection just ends. */
    private void timedOut() {
        if (first && !withinHead && current == null && program.http().terms().ignoresProbes()) {
            refused = true;
            close();
        } else if ((first || withinHead) && current == null) {
            Exchange exchange = exchange();
            exchange.terminate('c', 'R');
            closeWith(408, exchange);
        } else {
            close();
        }
    }
}
