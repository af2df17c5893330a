package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.Failure;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.reply.Request;
import dev.weir.flow.reply.Responder;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.IdlePool;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.mux.Stream;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One HTTP request and its answer: asks our own responders, then gets a connection to a server and stands between both
 * streams until both messages are complete. Worker-owned.
 */
final class HttpExchange implements Dispatch.Owner, Ends {

    private final FrontendProgram front;
    private final BackendProgram back;
    private final HttpKit kit;
    private final HttpConnection client;
    private final Exchange exchange;
    private final Stream clientStream;
    private final Pipe request = new Pipe(this, Side.CLIENT);
    private final Pipe response = new Pipe(this, Side.SERVER);
    private final Timer watch = new Timer() {
        @Override
        protected void fire(long nowMs) {
            checkTimeouts(nowMs);
        }
    };

    private Dispatch dispatch;
    private Head requestHead;
    private Stream serverStream;
    private ServerConnection serverConnection;
    private long clientActiveMs;
    private long serverActiveMs;
    private boolean connected;
    private boolean answered;
    private boolean chunked;
    private boolean local;
    private boolean logged = true;
    private boolean over;

    HttpExchange(FrontendProgram front, HttpKit kit, HttpConnection client, Exchange exchange, Stream clientStream) {
        this.front = front;
        this.back = front.defaultBackend();
        this.kit = kit;
        this.client = client;
        this.exchange = exchange;
        this.clientStream = clientStream;
    }

    void begin() {
        clientStream.wire(request, response);
        request.origin(clientStream.source());
        response.target(clientStream.sink());
    }

    @Override
    public void head(Side from, Kind kind, Head head) {
        if (from == Side.CLIENT) {
            requested(head);
        } else {
            answered(kind, head);
        }
    }

    private void requested(Head head) {
        requestHead = head;
        exchange.http().requested(head, exchange.worker().nowMicros());
        exchange.passedIn(HttpFacts.size(head));
        clientActiveMs = exchange.worker().nowMs();
        Reply reply = front.responders().isEmpty() ? null : localReply(head);
        if (logged) {
            front.log().requested(exchange);
        }
        if (reply != null) {
            local = true;
            exchange.answeredHere();
            LocalAnswer.send(kit, clientStream, exchange, reply, head.method() == Method.HEAD, this::end);
        } else if (back == null) {
            refuse(503, 'S', 'C');
        } else {
            exchange.enterBackend(back.backend());
            dispatch = new Dispatch(exchange, back, this);
            watchTimeouts();
            dispatch.start();
        }
    }

    private Reply localReply(Head head) {
        String method = new String(head.area(), head.methodAt(), head.methodLength(), StandardCharsets.ISO_8859_1);
        String path = new String(head.area(), head.pathAt(), head.pathLength(), StandardCharsets.ISO_8859_1);
        int mark = path.indexOf('?');
        Request asked = mark < 0 ? new Request(method, path, "")
                : new Request(method, path.substring(0, mark), path.substring(mark + 1));
        List<Responder> responders = front.responders();
        for (int i = 0; i < responders.size(); i++) {
            Reply reply = responders.get(i).answer(asked);
            if (reply != null) {
                logged = responders.get(i).isLogged();
                return reply;
            }
        }
        return null;
    }

    /** Answers with an error page instead of a server. */
    private void refuse(int status, char cause, char moment) {
        if (local) {
            return;
        }
        local = true;
        exchange.terminate(cause, moment);
        request.discardHeld();
        LocalAnswer.page(kit, clientStream, exchange, status, this::end);
    }

    @Override
    public Address target(Server server) {
        return Targets.of(server, exchange);
    }

    @Override
    public Address origin(Server server) {
        return server.dialer().source().of(exchange.clientAddress());
    }

    /** The request's head is there already. */
    @Override
    public boolean speaksFirst(Server server) {
        return true;
    }

    /** The first request of a client goes over a connection of its own: if that fails nobody would repeat it. */
    @Override
    public Connection idle(Server server) {
        return client.isFirst() ? null : kit.idle().take(PoolKey.plain(server.idleShare()));
    }

    @Override
    public boolean canClaim(Server server) {
        return !client.isFirst() && kit.idle().canClaim(server.idleShare());
    }

    @Override
    public void claim(Server server, IdlePool.Claimant claimant) {
        kit.idle().claim(PoolKey.plain(server.idleShare()), claimant);
    }

    @Override
    public void connected(Connection connection, boolean reused) {
        connected = true;
        exchange.connected(connection.destination());
        serverActiveMs = exchange.worker().nowMs();
        if (reused) {
            serverConnection = ServerConnection.of(connection);
            serverConnection.movedTo(kit);
        } else {
            serverConnection = new ServerConnection(exchange.server(), kit);
            connection.become(serverConnection.mux());
            back.preface().send(exchange, exchange.server(), connection);
        }
        serverStream = serverConnection.mux().send(response, request);
        response.origin(serverStream.source());
        serverStream.sink().head(Kind.REQUEST, requestHead);
        request.target(serverStream.sink());
        serverStream.sink().flush();
        watchTimeouts();
    }

    @Override
    public void failed(Failure failure) {
        refuse(failure.status(), failure.cause(), failure.moment());
    }

    private void answered(Kind kind, Head head) {
        serverActiveMs = exchange.worker().nowMs();
        exchange.passedOut(HttpFacts.size(head));
        if (kind != Kind.INFORMATIONAL) {
            answered = true;
            chunked = head.framing() == Framing.CHUNKED;
            exchange.http().responded(head.status(), exchange.worker().nowMicros());
            front.log().responded(exchange);
        }
        clientStream.sink().head(kind, head);
    }

    @Override
    public void passed(Side from, int count) {
        if (from == Side.CLIENT) {
            clientActiveMs = exchange.worker().nowMs();
            exchange.passedIn(count);
        } else {
            serverActiveMs = exchange.worker().nowMs();
            exchange.passedOut(count);
        }
    }

    @Override
    public void wrote(Side to) {
        if (to == Side.CLIENT) {
            clientActiveMs = exchange.worker().nowMs();
        } else {
            serverActiveMs = exchange.worker().nowMs();
        }
    }

    @Override
    public void inputEnded(Side from) {
        wrote(from);
        if (from == Side.CLIENT) {
            watchTimeouts();
        } else if (chunked) {
            // HAProxy counts the end of the trailers
            exchange.passedOut(1);
        }
    }

    @Override
    public void outputEnded(Side to) {
        if (to == Side.CLIENT) {
            end();
        }
    }

    @Override
    public void broken(Side side) {
        if (over || local) {
            return;
        }
        if (side == Side.CLIENT) {
            exchange.count(Count.CLIENT_ABORTS);
            exchange.terminate('C', moment());
            giveUpServer();
            end();
        } else {
            serverBroke();
        }
    }

    /** Before the answer's head the client can still be told; within the answer it can only be cut off. */
    private void serverBroke() {
        serverStream = null;
        exchange.count(Count.SERVER_ABORTS);
        if (!answered) {
            refuse(502, 'S', 'H');
        } else {
            exchange.terminate('S', 'D');
            client.connection().closeAfterFlush(front.clientTimeoutMs());
            end();
        }
    }

    private char moment() {
        if (!connected) {
            return dispatch != null && dispatch.isQueued() ? 'Q' : 'C';
        }
        return answered ? 'D' : 'H';
    }

    private void giveUpServer() {
        if (serverStream != null) {
            serverStream = null;
            serverConnection.mux().connection().close();
        } else if (dispatch != null && !connected) {
            dispatch.cancel();
        }
        request.discardHeld();
    }

    private long clientDeadline() {
        boolean waits = !request.hasEnded() || response.isBlocked();
        return waits && front.clientTimeoutMs() > 0 ? clientActiveMs + front.clientTimeoutMs() : Timer.NEVER;
    }

    private long serverDeadline() {
        boolean waits = connected && !response.hasEnded() && request.hasEnded();
        return waits && back.serverTimeoutMs() > 0 ? serverActiveMs + back.serverTimeoutMs() : Timer.NEVER;
    }

    private void watchTimeouts() {
        long deadline = Math.min(clientDeadline(), serverDeadline());
        if (over || deadline == Timer.NEVER) {
            exchange.worker().disarm(watch);
        } else {
            exchange.worker().armAt(watch, deadline);
        }
    }

    private void checkTimeouts(long nowMs) {
        if (serverDeadline() <= nowMs) {
            giveUpServer();
            if (!answered) {
                refuse(504, 's', 'H');
                return;
            }
            exchange.terminate('s', 'D');
        } else if (clientDeadline() <= nowMs) {
            exchange.terminate('c', moment());
            giveUpServer();
        } else {
            watchTimeouts();
            return;
        }
        client.connection().closeAfterFlush(front.clientTimeoutMs());
        end();
    }

    /** The one exit. */
    private void end() {
        if (over) {
            return;
        }
        over = true;
        exchange.worker().remove(watch);
        exchange.ended();
        Finish.exchange(exchange, connected);
        if (logged) {
            front.log().ended(exchange);
        }
    }
}
