package dev.weir.upkeep.check;

import dev.weir.flow.drive.ProcessContext;
import dev.weir.flow.expr.Contents;
import dev.weir.flow.expr.HttpHead;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.flow.rule.ServerView;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.value.LocalVariables;
import dev.weir.model.value.VariableBudget;
import dev.weir.model.value.VariableScope;
import dev.weir.model.value.Variables;

/**
 * What expressions and formats of a check can read: its server, its variables and what has been answered. There is no
 * client and no exchange. One per check. Owned by the Conductor.
 */
public final class CheckContext extends ProcessContext {

    private final ProxyFacts backend;
    private final ServerView view;
    private final CheckRecord record;
    private final LocalVariables session;
    private final LocalVariables check;
    private GrowingBytes input;
    private HttpAnswer answer;

    CheckContext(CheckKit shared, Backend home, Server server) {
        super(shared.conductor(), shared.rules());
        backend = shared.views().backend(home.name());
        view = new ServerView().of(server);
        record = new CheckRecord(this, home, server);
        session = new LocalVariables(new VariableBudget(kit().budget(), kit().limits().session()));
        check = new LocalVariables(new VariableBudget(kit().budget(), kit().limits().session()));
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
    public boolean isResponse() {
        return true;
    }

    @Override
    public Variables variables(VariableScope scope) {
        return switch (scope) {
            case PROC -> kit().variables();
            case SESS -> session;
            case CHECK -> check;
            default -> null;
        };
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
    public LogRecord logRecord() {
        return record;
    }
}
