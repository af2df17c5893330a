package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.exchange.Failure;
import dev.weir.flow.exchange.HttpFacts;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.filter.Filters;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.CaptureLayout;
import dev.weir.flow.rule.Service;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.server.Count;
import dev.weir.model.server.Observation;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.IdlePool;
import dev.weir.net.mux.Kind;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.mux.Reason;
import dev.weir.net.mux.Source;
import dev.weir.net.mux.Stream;
import dev.weir.net.tls.Alpn;
import dev.weir.wire.h2.H2HeadWriter;
import dev.weir.wire.http.Framing;
import dev.weir.wire.http.Head;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP request and its answer, and then perhaps the next of the same client: the request takes its road, gets a
 * connection to a server or an answer of ours, the answer takes its road back; then this stands between both streams
 * until both messages are complete. Worker-owned.
 */
final class HttpExchange extends LiveExchange implements Dispatch.Owner, Ends, RuleHost {

    private static final byte[] CACHE = "<CACHE>".getBytes(StandardCharsets.US_ASCII);
    private static final int EARLY_HINTS = 103;
    private static final Reply.Body NOTHING = new Reply.Whole(new byte[0]);
    private static final Reply GO_ON = new Reply("100 Continue", "", new Reply.Whole(new byte[0]));

    private final FrontendProgram front;
    private final HttpKit kit;
    private final HttpClient client;
    private final ExchangeContext context;
    private Stream clientStream;
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

    private final RequestRoad road;
    private final Dispatch dispatch;

    private Exchange exchange;
    private ResponseRoad roadBack;
    private BackendProgram back;
    private boolean dispatched;
    private Head requestHead;
    private Head servedHead;
    private Head responseHead;
    private Head keptHead;
    private int untold;
    private Kind responseKind;
    private Stream serverStream;
    private Reply ownAnswer;
    private ServerConnection serverConnection;
    private long clientActiveMs;
    private long serverActiveMs;
    private boolean connected;
    private boolean answered;
    private boolean chunked;
    private boolean local;
    private boolean logged;
    private boolean reused;
    private boolean over;
    private boolean filtered;
    private boolean skipsRules;

    HttpExchange(FrontendProgram front, HttpKit kit, HttpClient client) {
        this.front = front;
        this.kit = kit;
        this.client = client;
        this.context = client.context();
        this.road = new RequestRoad(this, context, front);
        this.dispatch = new Dispatch(context, this);
    }

    void begin(Exchange record, Stream stream) {
        exchange = record;
        clientStream = stream;
        roadBack = null;
        back = null;
        dispatched = false;
        responseHead = null;
        responseKind = null;
        serverStream = null;
        ownAnswer = null;
        connected = false;
        answered = false;
        chunked = false;
        local = false;
        logged = true;
        reused = false;
        over = false;
        filtered = false;
        skipsRules = false;
        exchange.enter();
        kit.live().add(this);
        int bufferBytes = kit.plain().limits().maxHead();
        request.begin(bufferBytes);
        response.begin(bufferBytes);
        clientStream.wire(request, response);
        request.origin(clientStream.source());
    }

    /**
     * Whether it has ended as the file and the protocol intend it. Then all who had to do with it have let go of it, and
     * it can begin once more. After anything else late news may still come, and must find it ended.
     */
    boolean wentAsPlanned() {
        return over && answered && !local && responseKind == Kind.FINAL && dispatch.wasStraight()
                && exchange.retries() == 0 && request.isDelivered() && response.isDelivered();
    }

    @Override
    public void head(Side from, Kind kind, Head head) {
        if (from == Side.CLIENT) {
            requested(head);
        } else if (kind == Kind.INFORMATIONAL) {
            exchange.enter();
            serverActiveMs = exchange.worker().nowMs();
            exchange.passedOut(HttpFacts.size(head));
            clientStream.sink().head(kind, head);
        } else {
            answered(kind, head);
        }
    }

    private void requested(Head head) {
        requestHead = head;
        head.limit(kit.plain().limits().maxHead());
        exchange.http().requested(head, exchange.worker().nowMicros());
        exchange.beginQueue();
        exchange.passedIn(HttpFacts.size(head));
        untold = HttpFacts.size(head);
        exchange.countFront(Count.REQUESTS);
        exchange.frontend().requestPace().add(exchange.worker().index(), exchange.worker().nowMs());
        clientActiveMs = exchange.worker().nowMs();
        capture(head, false);
        context.begin(this, exchange, client.connection(), head);
        context.clientStream(clientStream);
        if (StreamTrace.seesHeads(false)) {
            StreamTrace.head(exchange, head, false, client instanceof H2Slot);
        }
        context.tracked().requestBegun(context.nowMs());
        front.log().requested(exchange);
        road.begin(head, client.chosenBackend());
        watchTimeouts();
    }

    /** What the frontend wants kept of a head as it came. */
    private void capture(Head head, boolean ofResponse) {
        CaptureLayout layout = front.rules().captures();
        if (layout.isEmpty()) {
            return;
        }
        HttpFacts facts = exchange.http();
        RequestRoad.capture(ofResponse ? layout.response() : layout.request(), head,
                ofResponse ? facts.responseCaptures() : facts.requestCaptures());
        if (layout.cookie() != null && ofResponse) {
            facts.responseCookie(layout.cookie(head, true));
        } else if (layout.cookie() != null) {
            facts.requestCookie(layout.cookie(head, false));
        }
    }

    /** What waited has waited enough, or something came. */
    private void advance() {
        if (over) {
            return;
        }
        if (!road.isOver()) {
            road.advance();
        } else if (roadBack != null && !roadBack.isOver()) {
            roadBack.advance();
        }
    }

    @Override
    public void held(Side from) {
        advance();
    }

    /** The road has come to a backend, whose rules and terms hold from here. */
    void enter(BackendProgram chosen) {
        back = chosen;
    }

    /** The road has ended; a server is wanted. */
    void dispatch() {
        tellBytes();
        if (!back.speaksHttp()) {
            // there is no way from HTTP to a TCP backend
            exchange.http().status(500);
            drop('I', 'R', false);
            return;
        }
        if (back.http().servers().retryOn().keepsRequests()) {
            keepRequest();
        }
        if (context.cached() != null) {
            exchange.answeredBy(CACHE);
            serve(context.cached(), context.caching().isChunked(), true);
            return;
        }
        dispatched = true;
        watchTimeouts();
        dispatch.start(exchange, back);
    }

    /** What came before rules had said whose bytes they are. */
    private void tellBytes() {
        if (untold > 0) {
            context.tracked().bytesIn(untold, exchange.worker().nowMs());
            untold = 0;
        }
    }

    /** What was held back of the body so far is kept as well. */
    private void keepRequest() {
        int most = kit.plain().limits().maxHead();
        if (request.bytes() <= most) {
            request.keepCopies(most);
        }
    }

    /** No line is to be written about it. */
    void unlogged() {
        logged = false;
    }

    /** Answers instead of a server. */
    void reply(Reply reply, char cause, char moment) {
        if (local) {
            return;
        }
        local = true;
        ownAnswer = reply;
        road.abandon();
        exchange.terminate(cause, moment);
        request.discardHeld();
        if (reply.isSilent()) {
            exchange.http().status(reply.status());
            client.cut();
            end();
            return;
        }
        closeAfterAnswer();
        LocalAnswer.send(kit, clientStream, exchange, reply, exchange.http().isForHead(), this::lastWord,
                this::end);
    }

    /** The rules behind all answers, ours included. */
    private void lastWord(Head answer) {
        exchange.countAnswer(answer.status(), false);
        boolean same = back == null || front.isSameAs(back);
        if (front.rules().afterResponse().isEmpty() && (same || back.rules().afterResponse().isEmpty())) {
            return;
        }
        context.responding(answer);
        context.beginRules();
        Verdict verdict = same ? Verdict.CONTINUE : context.run(back.rules().afterResponse());
        if (verdict == Verdict.CONTINUE || verdict == Verdict.STOP) {
            context.beginRules();
            context.run(front.rules().afterResponse());
        }
    }

    /** The server that answers, or null. */
    Server server() {
        return exchange.server();
    }

    /** Answers instead of passing on what the server says. */
    void replyInstead(Reply reply, char cause, char moment) {
        giveUpServer();
        response.discardHeld();
        exchange.http().replaced(reply.status());
        reply(reply, cause, moment);
    }

    /** Ends the connection without an answer. */
    void drop(char cause, char moment, boolean silently) {
        local = true;
        road.abandon();
        exchange.terminate(cause, moment);
        giveUpServer();
        response.discardHeld();
        if (silently) {
            client.vanish();
        } else if (cause == 'P') {
            client.refuse();
        } else {
            client.cut();
        }
        end();
    }

    @Override
    public void wakeIn(long ms) {
        exchange.worker().arm(wait, ms);
    }

    @Override
    public boolean isFinal() {
        return roadBack == null ? road.isFinal() : roadBack.isFinal();
    }

    boolean hasWholeRequest() {
        return request.hasEnded() || request.isFull();
    }

    @Override
    public Contents contents(boolean ofResponse) {
        Head head = ofResponse ? responseHead : requestHead;
        if (ofResponse && (local || head == null)) {
            return ReplyContents.of(ownAnswer);
        }
        long announced = head.framing() == Framing.LENGTH ? head.bodyLength() : -1;
        return ofResponse ? response.contents().now(announced) : request.contents().now(announced);
    }

    @Override
    public boolean hasBody(boolean ofResponse, long atLeast) {
        Pipe pipe = ofResponse ? response : request;
        if (!ofResponse && !pipe.hasEnded()) {
            promiseToRead();
        }
        return pipe.hasEnded() || pipe.isFull() || atLeast > 0 && pipe.heldBytes() >= atLeast;
    }

    /** Who waits to be asked for the body is asked for it, once. */
    private void promiseToRead() {
        int expect = requestHead.find(HeaderName.EXPECT);
        if (expect >= 0) {
            requestHead.delete(expect);
            inform(GO_ON);
        }
    }

    @Override
    public void inform(Reply early) {
        if (requestHead.version() < 11) {
            // such a client knows of one answer only
            return;
        }
        Head head = kit.plain().heads().take();
        LocalAnswer.fill(head, early);
        exchange.passedOut(HttpFacts.size(head));
        if (early.status() == EARLY_HINTS) {
            exchange.http().hinted();
        }
        clientStream.sink().head(Kind.INFORMATIONAL, head);
        clientStream.sink().flush();
        kit.plain().heads().give(head);
    }

    @Override
    public void timesChanged() {
        watchTimeouts();
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

    @Override
    public Connection idle(Server server) {
        Connection own = client.own().take(server);
        boolean multiplexes = multiplexes(server);
        if (own != null && (server.mayAgreeOnHttp2() || ServerConnection.of(own).multiplexes() == multiplexes)) {
            return own;
        } else if (own != null) {
            own.close();
        }
        ServerTerms.Reuse reuse = back.http().servers().reuse();
        if (!mayShare(reuse) && !server.isReversed()) {
            return null;
        }
        PoolKey key = key(server);
        boolean mayShareOne = multiplexes || server.mayAgreeOnHttp2();
        Connection shared = mayShareOne ? kit.shared().take(key) : null;
        boolean aggressive = reuse == ServerTerms.Reuse.AGGRESSIVE && client.isFirst() && !server.isReversed();
        if (shared != null) {
            return aggressive && !ServerConnection.of(shared).wasReused() ? null : shared;
        }
        Connection found = multiplexes ? null : kit.idle().take(key);
        if (found != null && aggressive && !ServerConnection.of(found).wasReused()) {
            kit.idle().put(key, found);
            return null;
        }
        return found;
    }

    /** Whether this request goes to that server over HTTP/2; one for a websocket may be an exception. */
    private boolean multiplexes(Server server) {
        Boolean websockets = server.websocketsOverHttp2();
        return websockets == null || !H2HeadWriter.asksWebsocket(requestHead) ? server.speaksHttp2() : websockets;
    }

    /** A client repeats what fails, but not the first request that it makes. */
    private boolean mayShare(ServerTerms.Reuse reuse) {
        return switch (reuse) {
            case NEVER -> false;
            case SAFE -> !client.isFirst();
            default -> true;
        };
    }

    @Override
    public Server preferred() {
        return client.own().preferred(back.backend(), back.http().servers());
    }

    @Override
    public boolean canClaim(Server server) {
        if (server.isReversed()) {
            return kit.shared().canClaim(key(server));
        }
        ServerTerms.Reuse reuse = back.http().servers().reuse();
        boolean may = !multiplexes(server) && mayShare(reuse)
                && !(client.isFirst() && reuse == ServerTerms.Reuse.AGGRESSIVE);
        return may && kit.idle().canClaim(server.idleShare());
    }

    @Override
    public void claim(Server server, IdlePool.Claimant claimant) {
        if (server.isReversed()) {
            HttpKit mine = kit;
            kit.shared().claim(key(server), given -> {
                if (given != null) {
                    ServerConnection.of(given).cameOver(mine);
                }
                claimant.answered(given);
            });
            return;
        }
        kit.idle().claim(key(server), claimant);
    }

    private PoolKey key(Server server) {
        String name = back.preface().poolName(context, server);
        return Targets.key(server, exchange, origin(server), name);
    }

    @Override
    public void connected(Connection connection, boolean reused) {
        exchange.enter();
        connected = true;
        exchange.connected(connection.destination());
        exchange.count(Count.REQUESTS);
        // what came before a server was known is for this one
        exchange.server().counts().cell(exchange.worker().index()).add(Count.BYTES_IN.ordinal(), exchange.bytesIn());
        serverActiveMs = exchange.worker().nowMs();
        if (reused) {
            serverConnection = ServerConnection.of(connection);
            serverConnection.movedTo(kit);
        } else {
            boolean agreed = connection.tls() != null && Alpn.isHttp2(connection.tls().alpn());
            serverConnection = new ServerConnection(exchange.server(), kit, key(exchange.server()),
                    back.http().terms().server(), agreed || multiplexes(exchange.server()), connection.tls() != null);
            serverConnection.open(connection, exchange.server().tls() != null ? null
                    : () -> back.preface().send(exchange, exchange.server(), connection));
        }
        client.own().used(exchange.server(), back.backend());
        Targets.mark(exchange, connection);
        context.connected(connection, true, reused);
        this.reused = reused;
        serverConnection.use(client.own(), back.http().servers().reuse() == ServerTerms.Reuse.NEVER
                && !exchange.server().isReversed());
        serverStream = serverConnection.send(response, request);
        context.serverStream(serverStream, serverConnection.uses());
        response.origin(serverStream.source());
        if (serverConnection.isWornOut()) {
            serverConnection.wearOut(serverStream);
        }
        if (keep() != HttpTerms.Keep.ALIVE && !back.http().servers().pretendsKeepAlive()) {
            serverStream.closeAfter();
        }
        HeaderName sendName = back.http().servers().sendName();
        if (sendName != null) {
            byte[] name = exchange.server().nameBytes();
            requestHead.set(sendName, name, 0, name.length);
        }
        filterRequest();
        serverStream.sink().head(Kind.REQUEST, requestHead);
        request.dropTrailers(back.http().terms().server().dropsTrailers());
        response.dropTrailers(front.http().terms().client().dropsTrailers());
        request.splices(front.splices().request(back.splices()));
        response.splices(front.splices().response(back.splices()));
        request.target(serverStream.sink());
        request.flush();
        watchTimeouts();
        front.log().connected(exchange);
    }

    private void filterRequest() {
        if (isFiltered() && !filtered) {
            filtered = true;
            request.through(Filters.request(context, front.rules().filters(), backFilters()));
        }
    }

    private HttpTerms.Keep keep() {
        HttpTerms.Keep own = front.http().terms().keep();
        return back == null || back.http() == null ? own : own.and(back.http().terms().keep());
    }

    @Override
    public void failed(Failure failure) {
        reply(context.errorPage(failure.status()), failure.cause(), failure.moment());
    }

    private void answered(Kind kind, Head head) {
        exchange.enter();
        serverActiveMs = exchange.worker().nowMs();
        if (back.http().servers().retryOn().covers(head.status()) && replay()) {
            return;
        }
        if (StreamTrace.seesHeads(true)) {
            StreamTrace.head(exchange, head, true, client instanceof H2Slot);
        }
        serverConnection.answered(head);
        if (head.status() == 401 || head.status() == 407) {
            client.own().challenged();
        }
        exchange.server().saw(Observation.Sight.ofStatus(head.status()));
        responded(kind, head);
    }

    /** An answer goes down its road. */
    private void responded(Kind kind, Head head) {
        exchange.passedOut(HttpFacts.size(head));
        responseHead = head;
        responseKind = kind;
        chunked = head.framing() == Framing.CHUNKED;
        exchange.http().responded(head.status(), exchange.worker().nowMicros());
        context.answered(head.status());
        capture(head, true);
        head.limit(kit.plain().limits().maxHead());
        context.responding(head);
        if (exchange.server() != null) {
            back.remember(context, exchange.server());
        }
        if (ResponseRoad.isNeeded(front, back)) {
            roadBack = new ResponseRoad(this, context, front, back);
            if (skipsRules) {
                roadBack.beginAfter();
            } else {
                roadBack.begin(head);
            }
            keepHead();
        } else {
            forward();
        }
    }

    /** Where rules wait the server may be done, and its connection have gone on, before the answer is passed on. */
    private void keepHead() {
        if (!over && !roadBack.isOver() && serverStream != null) {
            serverStream.keepHead();
            keptHead = responseHead;
        }
    }

    /** A service answers in place of a server. */
    void serve(Service service) {
        road.abandon();
        exchange.terminate('L', 'R');
        exchange.servedBy(service.name());
        exchange.servedHere();
        if (back == null) {
            exchange.countFront(Count.ANSWERED);
        }
        boolean passesRules = service.passesResponseRules();
        long asked = exchange.number();
        Reply reply = service.answer(context, late -> exchange.worker().execute(() -> {
            if (!over && exchange.number() == asked) {
                serve(late, passesRules);
            }
        }));
        if (reply != null) {
            serve(reply, passesRules);
        }
    }

    private void serve(Reply reply, boolean passesRules) {
        serve(reply, reply.body() instanceof Reply.Streamed, passesRules);
    }

    /** An answer that is not a server's takes the same road. */
    private void serve(Reply reply, boolean chunked, boolean passesRules) {
        exchange.servedHere();
        filterRequest();
        skipsRules = !passesRules;
        clientStream.source().stop(Reason.ABANDONED);
        request.target(LocalAnswer.DISCARD);
        servedHead = kit.plain().heads().take();
        LocalAnswer.fill(servedHead, reply);
        int length = reply.body() instanceof Reply.Whole whole ? whole.bytes().length : 0;
        boolean bodiless = exchange.http().isForHead() || reply.status() == 304;
        servedHead.framing(bodiless ? Framing.NONE : chunked ? Framing.CHUNKED : Framing.LENGTH, length);
        connected = true;
        ServedAnswer.into(response, bodiless ? NOTHING : reply.body());
        responded(Kind.FINAL, servedHead);
    }

    private boolean isFiltered() {
        return !front.rules().filters().isEmpty() || back != null && !back.rules().filters().isEmpty();
    }

    private Filters backFilters() {
        return back == null || front.isSameAs(back) ? Filters.NONE : back.rules().filters();
    }

    private void closeAfterAnswer() {
        if (keep() == HttpTerms.Keep.CLOSE || front.isLast(exchange.worker().nowMs())) {
            clientStream.closeAfter();
        }
    }

    /** The answer goes to the client from here on. */
    void forward() {
        answered = true;
        exchange.http().status(responseHead.status());
        exchange.countAnswer(responseHead.status(), exchange.server() != null);
        front.log().responded(exchange);
        closeAfterAnswer();
        if (responseKind == Kind.TUNNEL) {
            // both directions go on, and end once more
            request.goOn();
            response.goOn();
        }
        if (isFiltered() && responseKind == Kind.FINAL) {
            response.through(Filters.response(context, front.rules().filters(), backFilters()));
        }
        clientStream.sink().head(responseKind, responseHead);
        boolean waited = response.heldBytes() > 0 || response.hasEnded();
        response.target(clientStream.sink());
        if (waited) {
            response.flush();
        }
    }

    @Override
    public void passed(Side from, int count) {
        exchange.enter();
        if (from == Side.CLIENT) {
            clientActiveMs = exchange.worker().nowMs();
            exchange.passedIn(count);
            if (road.isOver()) {
                context.tracked().bytesIn(count, clientActiveMs);
            } else {
                untold += count;
            }
        } else {
            serverActiveMs = exchange.worker().nowMs();
            exchange.passedOut(count);
            context.tracked().bytesOut(count, serverActiveMs);
        }
    }

    @Override
    public void spliced(Side from, int received, int sent) {
        exchange.spliced(from == Side.CLIENT, received, sent);
    }

    @Override
    public void wrote(Side to) {
        exchange.enter();
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
            if (requestHead.framing() == Framing.CHUNKED && !(client instanceof H2Slot)) {
                // HAProxy counts the end of the trailers
                passed(Side.CLIENT, 1);
            }
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
    public void broken(Side side, Reason reason) {
        if (over || local) {
            return;
        }
        exchange.enter();
        if (reason != Reason.PROTOCOL) {
            context.aborted(side);
        }
        if (side == Side.SERVER) {
            serverBroke(reason);
        } else if (reason == Reason.PROTOCOL) {
            badBody();
        } else {
            exchange.count(Count.CLIENT_ABORTS);
            exchange.terminate('C', connected && request.wasCut() ? 'D' : moment());
            leaveClient();
        }
    }

    /** What the client sends is no body: it is told where no answer has begun, and cannot be understood any more. */
    private void badBody() {
        exchange.countFront(Count.FAILED_REQUESTS);
        exchange.badRequest(client.badMessage());
        if (answered) {
            exchange.terminate('P', 'D');
            leaveClient();
        } else {
            char moment = moment();
            giveUpServer();
            response.discardHeld();
            reply(context.errorPage(400), 'P', moment);
        }
    }

    private void leaveClient() {
        giveUpServer();
        client.leave(front.clientTimeoutMs());
        end();
    }

    /** Before the answer's head the client can still be told; within the answer it can only be cut off. */
    private void serverBroke(Reason reason) {
        serverStream = null;
        boolean junk = reason == Reason.PROTOCOL || reason == Reason.TRUNCATED;
        boolean stale = reused && !client.isFirst() && !junk;
        if (responseHead == null && !stale) {
            exchange.server().saw(sight(reason));
        }
        RetryOn retryOn = back.http().servers().retryOn();
        // a stream that was refused has not been looked at
        boolean again = reason == Reason.REFUSED || (junk ? retryOn.junk() : retryOn.empty());
        if (responseHead == null && again && replay()) {
            return;
        }
        if (reason == Reason.PROTOCOL) {
            exchange.badResponse(serverConnection.badHead());
        }
        exchange.count(Count.SERVER_ABORTS);
        if (responseHead == null && stale) {
            // the client knows that an idle connection can go at any time, and repeats its request
            drop('S', 'H', false);
        } else if (!answered) {
            exchange.count(Count.FAILED_RESPONSES);
            context.tracked().responseFailure(context.nowMs());
            reply(context.errorPage(502), reason == Reason.PROTOCOL ? 'P' : 'S', 'H');
        } else {
            exchange.terminate('S', 'D');
            client.leave(front.clientTimeoutMs());
            end();
        }
    }

    private static Observation.Sight sight(Reason reason) {
        return switch (reason) {
            case PROTOCOL -> Observation.Sight.WRONG_HEADERS;
            case EMPTY, TRUNCATED -> Observation.Sight.CLOSED;
            case TIMEOUT -> Observation.Sight.READ_TIMEOUT;
            default -> Observation.Sight.READ_ERROR;
        };
    }

    /** Sends the request once more, if there is a try left and all of it was kept. */
    private boolean replay() {
        boolean may = (request.canRewind() || request.bytes() == 0) && exchange.adjusted().replays()
                && exchange.retries() < exchange.adjusted().retriesOr(back.retries());
        if (!may) {
            return false;
        }
        abandonServer();
        response.reopen();
        request.rewind();
        connected = false;
        responseHead = null;
        Server failed = exchange.server();
        Finish.leaveServer(exchange);
        watchTimeouts();
        dispatch.again(failed);
        return true;
    }

    /** The client will send no more. */
    void clientEnded() {
        boolean waiting = dispatched && !connected && !local;
        if (waiting && back.http().servers().abortsOnClose()) {
            broken(Side.CLIENT, Reason.ABANDONED);
            client.cut();
        }
    }

    private char moment() {
        if (!connected) {
            return !dispatched ? 'R' : dispatch.isQueued() ? 'Q' : 'C';
        }
        return answered ? 'D' : 'H';
    }

    private void giveUpServer() {
        abandonServer();
        request.discardHeld();
    }

    private void abandonServer() {
        if (serverStream != null) {
            Stream abandoned = serverStream;
            serverStream = null;
            serverConnection.abandon(abandoned, response);
        } else if (dispatched && !connected) {
            dispatch.cancel();
        }
    }

    private boolean isTunnel() {
        return answered && responseKind == Kind.TUNNEL;
    }

    private long clientDeadline() {
        boolean waits = (!request.hasEnded() || response.isBlocked() && answered) && road.isOver();
        int timeout = exchange.adjusted().timeOr(Adjustments.Time.CLIENT, front.clientTimeoutMs());
        return waits ? after(clientActiveMs, timeout) : Timer.NEVER;
    }

    private long serverDeadline() {
        boolean waits = connected && servedHead == null && !response.hasEnded() && (request.hasEnded() || isTunnel());
        int timeout = back == null ? 0 : exchange.adjusted().timeOr(Adjustments.Time.SERVER, back.serverTimeoutMs());
        return waits ? after(serverActiveMs, timeout) : Timer.NEVER;
    }

    private long after(long activeMs, int usualMs) {
        int tunnel = isTunnel() ? exchange.adjusted().timeOr(Adjustments.Time.TUNNEL, back.tunnelTimeoutMs()) : 0;
        int timeout = tunnel > 0 ? tunnel : usualMs;
        return timeout > 0 ? activeMs + timeout : Timer.NEVER;
    }

    private void watchTimeouts() {
        if (over) {
            return;
        }
        long deadline = Math.min(clientDeadline(), serverDeadline());
        if (deadline == Timer.NEVER) {
            exchange.worker().disarm(watch);
        } else {
            exchange.worker().armAt(watch, deadline);
        }
    }

    private void checkTimeouts(long nowMs) {
        if (serverDeadline() <= nowMs) {
            if (responseHead == null) {
                exchange.server().saw(Observation.Sight.READ_TIMEOUT);
            }
            if (responseHead == null && back.http().servers().retryOn().timeout() && replay()) {
                return;
            }
            giveUpServer();
            if (!answered) {
                exchange.count(Count.FAILED_RESPONSES);
                response.discardHeld();
                reply(context.errorPage(504), 's', 'H');
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
        client.leave(front.clientTimeoutMs());
        end();
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
        if (over) {
            return;
        }
        if (connected && !answered && !local) {
            giveUpServer();
            exchange.count(Count.FAILED_RESPONSES);
            response.discardHeld();
            reply(context.errorPage(502), cause, 'H');
        } else {
            drop(cause, moment(), false);
        }
    }

    /** The one exit. */
    private void end() {
        if (over) {
            return;
        }
        over = true;
        road.abandon();
        if (roadBack != null) {
            roadBack.abandon();
        }
        kit.live().remove(this);
        exchange.worker().remove(watch);
        exchange.worker().remove(wait);
        exchange.ended();
        tellBytes();
        if (servedHead != null) {
            kit.plain().heads().give(servedHead);
            servedHead = null;
        }
        if (keptHead != null) {
            kit.plain().heads().give(keptHead);
            keptHead = null;
        }
        request.close();
        response.close();
        if (serverConnection != null) {
            serverConnection.carried(exchange);
        } else if (exchange.backend() == null) {
            LocalAnswer.countForOwn(front, exchange);
        }
        Finish.exchange(exchange, connected && exchange.server() != null);
        if (logged) {
            front.log().ended(exchange);
        }
        context.endExchange();
    }
}
