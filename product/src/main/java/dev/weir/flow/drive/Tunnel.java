package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.Failure;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.filter.Filters;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.RawMux;
import dev.weir.net.mux.Reason;
import io.netty.buffer.ByteBuf;

/**
 * A session in TCP mode: one exchange whose request and answer are the two directions of a connection pair. Bytes flow
 * as soon as the server is there; each direction ends on its own; the session is over when both have, or when either
 * side breaks or is silent for too long. Worker-owned.
 */
final class Tunnel extends LiveExchange implements Dispatch.Owner, Ends, RuleHost {

    /** Makes an HTTP connection of this one. */
    interface Upgrade {

        /**
         * @param chosen the backend for the first request, or null where that is still to be chosen
         * @param bytes what was read
         */
        void toHttp(Exchange exchange, BackendProgram chosen, ByteBuf bytes, boolean ended);
    }

    private final FrontendProgram front;
    private final ExchangeContext context;
    private final Upgrade upgrade;
    private final Exchange exchange;
    private final Worker worker;
    private final Connection client;
    private final RawMux clientMux;
    private final Pipe request = new Pipe(this, Side.CLIENT);
    private final Pipe response = new Pipe(this, Side.SERVER);
    private final Timer watch = new Timer() {
        @Override
        protected void fire(long nowMs) {
            exchange.enter();
            checkTimeouts(nowMs);
        }
    };

    private final Timer wait = new Timer() {
        @Override
        protected void fire(long nowMs) {
            exchange.enter();
            advance();
        }
    };

    private TunnelRoad road;
    private BackendProgram back;
    private Dispatch dispatch;
    private RawMux serverMux;
    private long answerDeadlineMs = Timer.NEVER;
    private boolean answerPassed;
    private boolean remembered;
    private long clientActiveMs;
    private long serverActiveMs;
    private boolean clientFinSent;
    private boolean serverFinSent;
    private boolean over;

    Tunnel(FrontendProgram front, ExchangeContext context, Exchange exchange, Connection client, Upgrade upgrade) {
        this.front = front;
        this.context = context;
        this.upgrade = upgrade;
        this.exchange = exchange;
        this.worker = exchange.worker();
        this.client = client;
        this.clientMux = new RawMux(front.window());
    }

    /** Takes over the client's connection and looks for a server. */
    void start() {
        exchange.enter();
        live().add(this);
        clientMux.wire(request, response);
        request.origin(clientMux);
        request.begin(context.workspace().limit());
        response.begin(context.workspace().limit());
        clientActiveMs = worker.nowMs();
        client.become(clientMux);
        context.begin(this, exchange, client, null);
        exchange.beginQueue();
        front.log().accepted(exchange);
        road = new TunnelRoad(this, context, front);
    }

    /** Takes the road, once what had been read before is there. */
    void go() {
        road.advance();
        watchTimeouts();
    }

    private void advance() {
        if (over) {
            return;
        }
        if (!road.isOver()) {
            road.advance();
        } else if (serverMux != null && !answerPassed) {
            inspectAnswer();
        }
    }

    @Override
    public void held(Side from) {
        advance();
    }

    void dispatch(BackendProgram chosen) {
        back = chosen;
        answerPassed = back.rules().responseContent().isEmpty() && front.rules().responseContent().isEmpty();
        if (answerPassed) {
            openAnswer();
        }
        dispatch = new Dispatch(context, this);
        watchTimeouts();
        dispatch.start(exchange, back);
    }

    private void openAnswer() {
        if (isFiltered()) {
            response.through(Filters.response(context, front.rules().filters(), backFilters()));
        }
        response.target(clientMux);
    }

    private boolean isFiltered() {
        return !front.rules().filters().isEmpty() || !back.rules().filters().isEmpty();
    }

    private Filters backFilters() {
        return front.isSameAs(back) ? Filters.NONE : back.rules().filters();
    }

    /** Rules on the first bytes of the server: the backend's, then the frontend's. */
    private void inspectAnswer() {
        if (answerDeadlineMs == Timer.NEVER) {
            answerDeadlineMs = worker.nowMs() + Math.max(back.times().inspect(), front.times().inspect());
            context.responding(null);
            context.beginRules();
        }
        RuleSet rules = back.rules().responseContent();
        Verdict verdict = context.run(front.isSameAs(back) ? rules
                : rules.then(front.rules().responseContent()));
        switch (verdict) {
            case WAIT -> wakeIn(Math.max(1, answerDeadlineMs - worker.nowMs()));
            case REJECT, VANISH, FAIL -> {
                context.countDenied();
                response.discardHeld();
                if (verdict == Verdict.VANISH) {
                    client.vanish();
                }
                end('P', 'D');
            }
            default -> {
                answerPassed = true;
                openAnswer();
                response.flush();
                if (verdict == Verdict.CLOSE) {
                    end('-', '-');
                }
            }
        }
    }

    boolean hasAllItCan() {
        return request.hasEnded() || request.isFull();
    }

    void deny(boolean silently) {
        if (silently) {
            client.vanish();
        }
        end('P', 'R');
    }

    void noBackend() {
        end('S', 'C');
    }

    /** Bytes become requests from here on. */
    void upgrade(BackendProgram chosen) {
        over = true;
        live().remove(this);
        worker.remove(watch);
        worker.remove(wait);
        upgrade.toHttp(exchange, chosen, request.takeHeld(), request.hasEnded());
    }

    @Override
    public void wakeIn(long ms) {
        worker.arm(wait, ms);
    }

    @Override
    public boolean isFinal() {
        return !road.isOver() ? road.isFinal()
                : answerDeadlineMs <= worker.nowMs() || response.hasEnded() || response.isFull();
    }

    @Override
    public Contents contents(boolean ofResponse) {
        return ofResponse ? response.contents().now(-1) : request.contents().now(-1);
    }

    @Override
    public boolean hasBody(boolean ofResponse, long atLeast) {
        return true;
    }

    @Override
    public void inform(Reply early) {
        // there is no HTTP here
    }

    @Override
    public void timesChanged() {
        watchTimeouts();
    }

    /** Hands on bytes that were read before the tunnel took over. */
    void feed(ByteBuf bytes) {
        clientMux.received(bytes);
    }

    @Override
    public Address target(Server server) {
        return Targets.of(server, exchange);
    }

    @Override
    public Address origin(Server server) {
        return server.dialer().source().of(exchange.clientAddress());
    }

    @Override
    public boolean speaksFirst(Server server) {
        return request.bytes() > 0 || server.sendProxy() != ServerSpec.SendProxy.NONE;
    }

    @Override
    public void connected(Connection connection, boolean reused) {
        exchange.enter();
        Server server = exchange.server();
        server.counts().cell(worker.index()).add(Count.BYTES_IN.ordinal(), request.bytes());
        exchange.connected(connection.destination());
        serverActiveMs = worker.nowMs();
        clientActiveMs = serverActiveMs;
        serverMux = new RawMux(front.window());
        serverMux.wire(response, request);
        response.origin(serverMux);
        connection.become(serverMux);
        if (server.tls() == null) {
            back.preface().send(exchange, server, connection);
        }
        Targets.mark(exchange, connection);
        context.connected(connection, false, reused);
        if (isFiltered()) {
            request.through(Filters.request(context, front.rules().filters(), backFilters()));
        }
        request.splices(front.splices().request(back.splices()));
        response.splices(front.splices().response(back.splices()));
        request.target(serverMux);
        request.flush();
        watchTimeouts();
        front.log().connected(exchange);
    }

    @Override
    public void failed(Failure failure) {
        end(failure.cause(), failure.moment());
    }

    @Override
    public void passed(Side from, int count) {
        exchange.enter();
        long now = worker.nowMs();
        if (from == Side.CLIENT) {
            clientActiveMs = now;
            exchange.passedIn(count);
            context.tracked().bytesIn(count, now);
        } else {
            serverActiveMs = now;
            exchange.passedOut(count);
            context.tracked().bytesOut(count, now);
            if (!remembered && serverMux != null) {
                remembered = true;
                back.remember(context, exchange.server());
            }
        }
    }

    /** Of bytes that no engine has seen only the process keeps count, as in HAProxy. */
    @Override
    public void spliced(Side from, int received, int sent) {
        // KernelPipes has counted them
    }

    /** A side that takes bytes is alive, unless {@code option independent-streams} wants to hear from it. */
    @Override
    public void wrote(Side to) {
        exchange.enter();
        if (to == Side.CLIENT && !front.independentStreams()) {
            clientActiveMs = worker.nowMs();
        } else if (to == Side.SERVER && !back.independentStreams()) {
            serverActiveMs = worker.nowMs();
        }
    }

    @Override
    public void inputEnded(Side from) {
        if (from == Side.CLIENT) {
            clientActiveMs = worker.nowMs();
        } else {
            serverActiveMs = worker.nowMs();
        }
        if (request.hasEnded() && response.hasEnded()) {
            watchTimeouts();
        }
    }

    @Override
    public void outputEnded(Side to) {
        if (to == Side.CLIENT) {
            clientFinSent = true;
        } else {
            serverFinSent = true;
        }
        if (request.isDelivered() && response.isDelivered()) {
            end('-', '-');
        } else {
            watchTimeouts();
        }
    }

    @Override
    public void broken(Side side, Reason reason) {
        if (over) {
            return;
        }
        exchange.enter();
        context.aborted(side);
        if (side == Side.CLIENT) {
            if (serverMux != null) {
                exchange.count(Count.CLIENT_ABORTS);
            }
            end('C', moment());
        } else {
            exchange.count(Count.SERVER_ABORTS);
            end('S', moment());
        }
    }

    /** The second termination letter for what happens now. */
    private char moment() {
        if (serverMux != null) {
            return 'D';
        }
        return dispatch == null ? 'R' : dispatch.isQueued() ? 'Q' : 'C';
    }

    /** While a server is looked for, its own times count: as with HAProxy, a client need not speak meanwhile. */
    private long clientDeadline() {
        if (serverMux == null && road.isOver() || request.hasEnded() && !response.isBlocked()) {
            return Timer.NEVER;
        }
        int timeout = exchange.adjusted().timeOr(Adjustments.Time.CLIENT, front.clientTimeoutMs());
        if (clientFinSent && front.clientFinTimeoutMs() > 0) {
            timeout = front.clientFinTimeoutMs();
        } else if (back != null && back.tunnelTimeoutMs() > 0) {
            timeout = back.tunnelTimeoutMs();
        }
        return timeout > 0 ? clientActiveMs + timeout : Timer.NEVER;
    }

    private long serverDeadline() {
        if (serverMux == null || response.hasEnded() && !request.isBlocked()) {
            return Timer.NEVER;
        }
        int timeout = back.serverTimeoutMs();
        if (serverFinSent && back.serverFinTimeoutMs() > 0) {
            timeout = back.serverFinTimeoutMs();
        } else if (back.tunnelTimeoutMs() > 0) {
            timeout = back.tunnelTimeoutMs();
        }
        return timeout > 0 ? serverActiveMs + timeout : Timer.NEVER;
    }

    private void watchTimeouts() {
        if (over) {
            return;
        }
        long deadline = Math.min(clientDeadline(), serverDeadline());
        if (deadline == Timer.NEVER) {
            worker.disarm(watch);
        } else {
            worker.armAt(watch, deadline);
        }
    }

    private void checkTimeouts(long nowMs) {
        if (clientDeadline() <= nowMs) {
            end('c', moment());
        } else if (serverDeadline() <= nowMs) {
            end('s', moment());
        } else {
            watchTimeouts();
        }
    }

    private LiveExchanges live() {
        return front.kit(worker.index()).live();
    }

    @Override
    public int generation() {
        return front.tenure().number();
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public void kill(char cause) {
        // HAProxy names no moment for these
        end(cause, '-');
    }

    /** The one exit: closes, gives everything back, counts and logs. */
    private void end(char cause, char moment) {
        if (over) {
            return;
        }
        over = true;
        live().remove(this);
        worker.remove(watch);
        worker.remove(wait);
        road.abandon();
        if (cause != '-') {
            exchange.terminate(cause, moment);
        }
        exchange.ended();
        request.close();
        response.close();
        closeBoth(cause);
        if (serverMux == null && dispatch != null) {
            dispatch.cancel();
        }
        Finish.end(exchange, front, serverMux != null);
        // its line in the log may tell of variables and of what is tracked
        context.endSession(worker.nowMs());
    }

    private void closeBoth(char cause) {
        if (serverMux != null) {
            close(serverMux.connection(), back.nolinger(), cause == 'S' || cause == 's', back.serverTimeoutMs());
        }
        close(client, front.nolinger(), cause == 'C' || cause == 'c', front.clientTimeoutMs());
    }

    private static void close(Connection connection, boolean reset, boolean guilty, int patienceMs) {
        connection.become(Mux.NOBODY);
        if (reset) {
            connection.closeWithReset();
        } else if (guilty) {
            connection.close();
        } else {
            connection.closeAfterFlush(patienceMs);
        }
    }
}
