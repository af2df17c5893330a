package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.Failure;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.RawMux;
import io.netty.buffer.ByteBuf;

/**
 * A session in TCP mode: one exchange whose request and answer are the two directions of a connection pair. Bytes flow
 * as soon as the server is there; each direction ends on its own; the session is over when both have, or when either
 * side breaks or is silent for too long. Worker-owned.
 */
final class Tunnel implements Dispatch.Owner, Ends {

    private final FrontendProgram front;
    private final BackendProgram back;
    private final Exchange exchange;
    private final Worker worker;
    private final Connection client;
    private final ServerPreface preface;
    private final RawMux clientMux;
    private final Pipe request = new Pipe(this, Side.CLIENT);
    private final Pipe response = new Pipe(this, Side.SERVER);
    private final Dispatch dispatch;
    private final Timer watch = new Timer() {
        @Override
        protected void fire(long nowMs) {
            checkTimeouts(nowMs);
        }
    };

    private RawMux serverMux;
    private long clientActiveMs;
    private long serverActiveMs;
    private boolean clientFinSent;
    private boolean serverFinSent;
    private boolean over;

    Tunnel(FrontendProgram front, BackendProgram back, Exchange exchange, Connection client, ServerPreface preface) {
        this.front = front;
        this.back = back;
        this.exchange = exchange;
        this.worker = exchange.worker();
        this.client = client;
        this.preface = preface;
        this.clientMux = new RawMux(front.window());
        this.dispatch = new Dispatch(exchange, back, this);
    }

    /** Takes over the client's connection and looks for a server. */
    void start() {
        clientMux.wire(request, response);
        request.origin(clientMux);
        response.target(clientMux);
        clientActiveMs = worker.nowMs();
        client.become(clientMux);
        exchange.enterBackend(back.backend());
        front.log().accepted(exchange);
        watchTimeouts();
        dispatch.start();
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
        Server server = exchange.server();
        server.counts().cell(worker.index()).add(Count.BYTES_IN.ordinal(), request.bytes());
        exchange.connected(connection.destination());
        serverActiveMs = worker.nowMs();
        clientActiveMs = serverActiveMs;
        serverMux = new RawMux(front.window());
        serverMux.wire(response, request);
        response.origin(serverMux);
        connection.become(serverMux);
        preface.send(exchange, server, connection);
        request.target(serverMux);
        serverMux.flush();
        watchTimeouts();
        front.log().connected(exchange);
    }

    @Override
    public void failed(Failure failure) {
        end(failure.cause(), failure.moment());
    }

    @Override
    public void passed(Side from, int count) {
        long now = worker.nowMs();
        if (from == Side.CLIENT) {
            clientActiveMs = now;
            exchange.passedIn(count);
        } else {
            serverActiveMs = now;
            exchange.passedOut(count);
        }
    }

    /** A side that takes bytes is alive, unless {@code option independent-streams} wants to hear from it. */
    @Override
    public void wrote(Side to) {
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
    public void broken(Side side) {
        if (over) {
            return;
        }
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
        return dispatch.isQueued() ? 'Q' : 'C';
    }

    /** While a server is looked for, its own times count: as with HAProxy, a client need not speak meanwhile. */
    private long clientDeadline() {
        if (serverMux == null || request.hasEnded() && !response.isBlocked()) {
            return Timer.NEVER;
        }
        int timeout = front.clientTimeoutMs();
        if (clientFinSent && front.clientFinTimeoutMs() > 0) {
            timeout = front.clientFinTimeoutMs();
        } else if (back.tunnelTimeoutMs() > 0) {
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
        long deadline = Math.min(clientDeadline(), serverDeadline());
        if (over || deadline == Timer.NEVER) {
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

    /** The one exit: closes, gives everything back, counts and logs. */
    private void end(char cause, char moment) {
        if (over) {
            return;
        }
        over = true;
        worker.remove(watch);
        if (cause != '-') {
            exchange.terminate(cause, moment);
        }
        exchange.ended();
        request.discardHeld();
        closeBoth(cause);
        if (serverMux == null) {
            dispatch.cancel();
        }
        Finish.end(exchange, front, serverMux != null);
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
