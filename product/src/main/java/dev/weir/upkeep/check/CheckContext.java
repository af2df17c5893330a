package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.expr.ConnectionFacts;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.ExchangeFacts;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.ProcessFacts;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.RuleContext;
import dev.weir.flow.rule.ServerView;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.value.LocalVariables;
import dev.weir.model.value.Sample;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;
import dev.weir.model.value.Workspace;
import dev.weir.net.loop.Worker;
import dev.weir.wire.http.Head;

/**
 * What expressions and formats of a check can read: its server, its variables and what has been answered. There is no
 * client and no exchange. One per check. Owned by the Conductor.
 */
public final class CheckContext extends RuleContext {

    private final Worker conductor;
    private final RuleKit kit;
    private final ProxyFacts backend;
    private final ServerView view;
    private final CheckRecord record;
    private final LocalVariables session;
    private final LocalVariables check;
    private GrowingBytes input;
    private HttpAnswer answer;

    CheckContext(CheckKit shared, Backend home, Server server) {
        conductor = shared.conductor();
        kit = shared.rules();
        backend = shared.views().backend(home.name());
        view = new ServerView().of(server);
        record = new CheckRecord(this, home, server);
        session = new LocalVariables(new VariableBudget(kit.budget(), kit.limits().session()));
        check = new LocalVariables(new VariableBudget(kit.budget(), kit.limits().session()));
    }

    /** Before another run: nothing is left of the last one. */
    void begin(GrowingBytes bytes) {
        session.clear();
        check.clear();
        input = bytes;
        answer = null;
    }

    void answering(HttpAnswer next) {
        answer = next;
    }

    @Override
    public long nowMs() {
        return conductor.nowMs();
    }

    @Override
    public Workspace workspace() {
        return kit.workspace();
    }

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public boolean isResponse() {
        return true;
    }

    @Override
    public Variables variables(VariableScope scope) {
        return switch (scope) {
            case PROC -> kit.variables();
            case SESS -> session;
            case CHECK -> check;
            default -> null;
        };
    }

    @Override
    public ProcessFacts process() {
        return kit.process();
    }

    @Override
    public ProxyFacts backend() {
        return backend;
    }

    @Override
    public ServerFacts chosenServer() {
        return view;
    }

    @Override
    public HttpHead response() {
        return answer == null ? null : answer.head();
    }

    @Override
    public Contents responseBody() {
        return answer == null ? null : answer.body();
    }

    @Override
    public Contents responseBuffer() {
        return answer == null ? input : null;
    }

    @Override
    public void debug(String sink, String prefix, Sample value) {
        // nobody reads them
    }

    @Override
    public LogRecord logRecord() {
        return record;
    }

    @Override
    public Exchange record() {
        throw unused();
    }

    @Override
    public Head requestHead() {
        return null;
    }

    @Override
    public Head responseHead() {
        return null;
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("an action of traffic in a check");
    }

    @Override
    protected void wakeIn(long ms) {
        throw unused();
    }

    @Override
    public boolean hasBody(long atLeast) {
        throw unused();
    }

    @Override
    public Reply errorPage(int status) {
        throw unused();
    }

    @Override
    public void countDenied() {
        throw unused();
    }

    @Override
    public int tarpitMs() {
        throw unused();
    }

    @Override
    public void timesChanged() {
        throw unused();
    }

    @Override
    public void inform(Reply early) {
        throw unused();
    }

    @Override
    public void clientSource(Address address) {
        throw unused();
    }

    @Override
    public void clientDestination(Address address) {
        throw unused();
    }

    @Override
    public boolean mark(boolean serverSide, boolean typeOfService, int value) {
        throw unused();
    }

    @Override
    public void log(String step) {
        throw unused();
    }
}
