package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Adjustments;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.reply.ErrorPages;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.ReplyMaker;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.RuleSet;
import dev.weir.flow.rule.ServerView;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.server.Count;
import dev.weir.model.stick.TrackedEntries;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Stream;
import dev.weir.net.sock.SockOpt;
import dev.weir.net.tls.TlsFacts;
import dev.weir.wire.http.Head;
import dev.weir.wire.proxyv.HeaderError;
import dev.weir.wire.proxyv.ProxyHeader;

/**
 * A session and the exchange that is going on in it, as rules read and change them. One per client connection, begun anew
 * for each exchange. Worker-owned.
 */
final class ExchangeContext extends RuleContext {

    private FrontendProgram front;
    private RuleKit kit;
    private final ConnectionView client = new ConnectionView(false);
    private final ConnectionView server = new ConnectionView(true);
    private final ExchangeView exchangeView = new ExchangeView(this);
    private final ExchangeRecord record = new ExchangeRecord();
    private final ServerView chosen = new ServerView();
    private final SessionVariables variables;
    private final HeadView request = new HeadView();
    private final HeadView response = new HeadView();
    private SniffedHead sniffed;
    private final TrackedEntries sessionTracked;
    private final TrackedEntries exchangeTracked;
    private final PersistenceCookie.State cookie = new PersistenceCookie.State();
    private final StickyKeys stickyKeys = new StickyKeys();
    private TrackedEntries tracked;
    private RuleHost host;
    private Exchange exchange;
    private BackendProgram back;
    private boolean responding;
    private boolean upgraded;

    ExchangeContext(FrontendProgram front, RuleKit kit) {
        this.front = front;
        this.kit = kit;
        this.variables = new SessionVariables(kit);
        sessionTracked = TrackedEntries.ofSession(kit.tracking().counters());
        exchangeTracked = sessionTracked.ofExchange();
        tracked = sessionTracked;
    }

    /** Of one exchange among several that a session has at once: what is the session's is shared. */
    ExchangeContext(ExchangeContext session) {
        front = session.front;
        kit = session.kit;
        variables = new SessionVariables(session.variables);
        client.like(session.client);
        sessionTracked = session.sessionTracked;
        exchangeTracked = sessionTracked.ofExchange();
        tracked = exchangeTracked;
    }

    /** The session goes on under another program; what is its own stays. Between two exchanges. */
    void adopt(FrontendProgram next, RuleKit nextKit) {
        front.tenure().leave();
        next.tenure().enter();
        front = next;
        kit = nextKit;
        variables.adopt(nextKit);
        back = null;
    }

    FrontendProgram front() {
        return front;
    }

    /** What the client sent before all else. */
    void proxied(ProxyHeader said) {
        client.proxied(said);
    }

    /** What the client sent before all else was none. */
    void headerError(HeaderError error) {
        client.headerError(error);
    }

    /** The connection gets other addresses, but not as {@code fc_src} and {@code fc_dst} tell them. */
    void keepAddresses(Connection of) {
        client.keepAddresses(of);
    }

    /** The connection has passed its rules and is a session. */
    void sessionBegun(long nowMs) {
        sessionTracked.sessionBegun(nowMs);
        tracked = exchangeTracked;
    }

    /** What came was no request, or never became one. */
    void badRequest(long nowMs) {
        tracked.requestBegun(nowMs);
        tracked.requestError(nowMs);
    }

    /** A server has answered. */
    void answered(int status) {
        tracked.answered(status, kit.tracking().errors(), kit.tracking().failures(), nowMs());
    }

    /** The exchange is over: what it tracks is let go. */
    void endExchange() {
        exchangeTracked.release(nowMs());
        letGo();
        stickyKeys.clear();
    }

    PersistenceCookie.State cookie() {
        return cookie;
    }

    StickyKeys stickyKeys() {
        return stickyKeys;
    }

    /** Another exchange begins; without a head where there is none. */
    void begin(RuleHost driver, Exchange next, Connection from, Head head) {
        forget();
        if (!upgraded) {
            variables.endExchange();
        }
        upgraded = false;
        host = driver;
        exchange = next;
        exchange.context(this);
        back = null;
        responding = false;
        client.begin(next, from, next.http() != null);
        server.begin(next, null, false);
        request.of(head);
        response.of(null);
        exchangeView.captures(front.rules().captures());
    }

    /** The session goes on in another protocol; its next exchange is the one that has begun. */
    void upgrade() {
        upgraded = true;
    }

    /** Whether rules may send it there: not to what is not published, unless {@code force-be-switch} says so. */
    boolean mayGoTo(BackendProgram wanted) {
        return wanted.backend().isPublished() || front.isSameAs(wanted)
                || ProxyRules.any(front.rules().forcesSwitch(), this);
    }

    /** The streams that the exchange has, of the client and then of a server. */
    void clientStream(Stream stream) {
        client.another(stream);
    }

    void serverStream(Stream stream, int turn) {
        server.stream(stream, turn);
    }

    /** That side has put an end to the exchange before its time. */
    void aborted(Side side) {
        (side == Side.CLIENT ? client : server).aborted();
    }

    /** The backend is known. */
    void entered(BackendProgram chosenBackend) {
        back = chosenBackend;
    }

    /** A server and we could not agree on encryption. */
    void refusedTls(TlsFacts facts) {
        server.refusedTls(facts);
    }

    void connected(Connection to, boolean http, boolean reused) {
        server.begin(exchange, to, http);
        server.reused(reused);
    }

    /** From here on rules are about the answer; null in TCP mode. */
    void responding(Head head) {
        variables.clear(VariableScope.REQ);
        responding = true;
        response.of(head);
    }

    void endSession(long nowMs) {
        exchangeTracked.release(nowMs);
        sessionTracked.release(nowMs);
        variables.endSession();
    }

    /** Runs a set of rules; after {@link Verdict#WAIT} the same set is to be given again. */
    Verdict run(RuleSet rules) {
        return rules.isEmpty() ? Verdict.CONTINUE : rules.run(this);
    }

    @Override
    public long nowMs() {
        return exchange.worker().nowMs();
    }

    @Override
    public Exchange record() {
        return exchange;
    }

    @Override
    public Head requestHead() {
        return request.head();
    }

    @Override
    public Head responseHead() {
        return response.head();
    }

    @Override
    public LogRecord logRecord() {
        return record.of(exchange, false, null, LogStep.CLOSE.origin());
    }

    @Override
    protected void wakeIn(long ms) {
        host.wakeIn(ms);
    }

    @Override
    public boolean hasBody(long atLeast) {
        return host.hasBody(responding, atLeast);
    }

    @Override
    public void countDenied() {
        countRejected();
        if (!responding) {
            countRequestError();
        }
    }

    @Override
    public void countRequestError() {
        tracked.requestError(nowMs());
    }

    /** Denied without an answer, which is no error of the client's. */
    void countRejected() {
        Count count = responding ? Count.DENIED_RESPONSES : Count.DENIED_REQUESTS;
        exchange.countFront(count);
        exchange.count(count);
    }

    @Override
    public int tarpitMs() {
        int said = back != null ? back.tarpitTimeoutMs() : front.tarpitTimeoutMs();
        return exchange.adjusted().timeOr(Adjustments.Time.TARPIT, said);
    }

    @Override
    public void timesChanged() {
        host.timesChanged();
    }

    @Override
    public Reply errorPage(int status) {
        ReplyMaker own = back == null ? null : back.rules().errors().own(status);
        own = own == null ? front.rules().errors().own(status) : own;
        return own == null ? ErrorPages.reply(status) : own.make(this);
    }

    @Override
    public void inform(Reply early) {
        host.inform(early);
    }

    @Override
    public void clientSource(Address address) {
        exchange.clientAddress(address);
    }

    @Override
    public void clientDestination(Address address) {
        exchange.frontendAddress(address);
    }

    @Override
    public boolean mark(boolean serverSide, boolean typeOfService, int value) {
        if (serverSide) {
            exchange.adjustments().mark(typeOfService, value);
            return true;
        }
        Connection connection = client.connection();
        return typeOfService ? connection.typeOfService(value) : connection.option(SockOpt.SO_MARK, value);
    }

    @Override
    public void log(String step, String profile) {
        front.log().doLog(exchange, LogStep.of(step), profile);
    }

    @Override
    public TrackedEntries tracked() {
        return tracked;
    }

    byte[] uniqueId() {
        return front.uniqueIds().of(exchange);
    }

    @Override
    public Workspace workspace() {
        return kit.workspace();
    }

    @Override
    public boolean isFinal() {
        return host.isFinal();
    }

    @Override
    public boolean isResponse() {
        return responding;
    }

    @Override
    public Variables variables(VariableScope scope) {
        return variables.of(scope);
    }

    @Override
    public ProcessFacts process() {
        return kit.process();
    }

    @Override
    public boolean asksProxy() {
        Head head = requestHead();
        int first = head == null || head.targetLength() == 0 ? '/' : head.area()[head.targetAt()];
        return first != '/' && first != '*' && front.http().terms().usesProxyHeader();
    }

    @Override
    public ConnectionFacts client() {
        return client;
    }

    @Override
    public ConnectionFacts server() {
        return server.connection() == null && exchange.serverAddress() == Address.NONE ? null : server;
    }

    @Override
    public ProxyFacts frontend() {
        return front.view();
    }

    @Override
    public ProxyFacts backend() {
        return back == null ? front.view() : back.view();
    }

    @Override
    public ServerFacts chosenServer() {
        return exchange.server() == null ? null : chosen.of(exchange.server());
    }

    @Override
    public HttpHead request() {
        if (request.head() != null) {
            return request;
        }
        Contents buffer = responding ? null : host.contents(false);
        if (buffer == null) {
            return null;
        }
        sniffed = sniffed == null ? new SniffedHead() : sniffed;
        return sniffed.of(buffer);
    }

    @Override
    public HttpHead response() {
        return response.head() == null || isReplacing() ? null : response;
    }

    @Override
    public Contents requestBody() {
        return request.head() == null ? null : host.contents(false);
    }

    @Override
    public Contents responseBody() {
        return response.head() == null || isReplacing() ? null : host.contents(true);
    }

    @Override
    public Contents requestBuffer() {
        return request.head() == null ? host.contents(false) : null;
    }

    @Override
    public Contents responseBuffer() {
        return request.head() == null && responding ? host.contents(true) : null;
    }

    @Override
    public ExchangeFacts exchange() {
        return exchangeView;
    }

    @Override
    public void debug(String sink, String prefix, Sample value) {
        DebugLine.write(this, sink, prefix, value);
    }
}
