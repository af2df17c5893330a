package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.tls.TlsClient;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * One run of a check: goes through its steps, waiting where a step waits, and tells its owner once how it ended. Answers
 * are kept up to the size of a buffer; a step that sends begins a new one. Owned by the Conductor.
 */
public final class CheckRun implements CheckConnection.Owner {

    /** Who wants the check. */
    interface Owner {

        void over(CheckResult result);

        /** From now on the run may take so long. */
        void deadlineIn(long ms);
    }

    private final CheckKit kit;
    private final Backend backend;
    private final Server server;
    private final CheckProgram program;
    private final CheckContext context;
    private final CheckTarget target;
    private final int intervalMs;
    private final Owner owner;

    private int at;
    /** The first of the expectations that look at the same answer. */
    private int chain;
    private CheckLine connection;
    private boolean connecting;
    private boolean encrypted;
    private boolean connected;
    private boolean ended;
    private boolean over;
    private boolean pooled;
    private GrowingBytes input;
    private HttpAnswer answer;

    CheckRun(CheckKit kit, Backend backend, Server server, CheckProgram program, CheckContext context,
            CheckTarget target, int intervalMs, Owner owner) {
        this.kit = kit;
        this.backend = backend;
        this.server = server;
        this.program = program;
        this.context = context;
        this.target = target;
        this.intervalMs = intervalMs;
        this.owner = owner;
        input = new GrowingBytes(kit.bufferSize());
        context.begin(input);
    }

    void begin() {
        proceed();
    }

    /** The time is up. */
    void timedOut() {
        CheckStep step = step();
        boolean securing = connection != null && connection.isSecuring();
        CheckStatus status = connected ? step.timeoutStatus() : securing ? CheckStatus.L6_TIMEOUT
                : CheckStatus.L4_TIMEOUT;
        if (connected && step instanceof ConnectStep) {
            status = CheckStatus.L7_TIMEOUT;
        }
        over(CheckResult.of(status, whereIs(step, true)));
    }

    /** Nobody wants to know any more. */
    void abandon() {
        over = true;
        if (connection != null) {
            connection.end();
        }
    }

    private void proceed() {
        List<CheckStep> steps = program.steps();
        while (!over && at < steps.size()) {
            CheckStep step = steps.get(at);
            if (isExpectation(step) && (at == 0 || !isExpectation(steps.get(at - 1)))) {
                chain = at;
            }
            if (step.run(this) != CheckStep.Progress.NEXT) {
                flush();
                return;
            }
            at++;
        }
        if (!over) {
            CheckResult result = steps.getLast().conclude(this);
            over(result != null ? result : CheckResult.of(CheckStatus.L7_OK, isScript() ? "(tcp-check)" : ""));
        }
    }

    /** What several steps sent goes at once. */
    private void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    private static boolean isExpectation(CheckStep step) {
        return step instanceof ExpectStep || step instanceof HttpExpectStep;
    }

    private CheckStep step() {
        return program.steps().get(Math.min(at, program.steps().size() - 1));
    }

    CheckContext context() {
        return context;
    }

    Server server() {
        return server;
    }

    boolean isScript() {
        return program.kind() == CheckProgram.Kind.SCRIPT;
    }

    CheckStep.Progress over(CheckResult result) {
        if (!over) {
            flush();
            over = true;
            if (connection != null) {
                connection.end();
            }
            owner.over(result);
        }
        return CheckStep.Progress.OVER;
    }

    /** Connects, or says how far connecting is. */
    CheckStep.Progress connect(ConnectStep step) {
        if (connecting) {
            connecting = !connected;
            return connected ? CheckStep.Progress.NEXT : CheckStep.Progress.WAIT;
        }
        int port = step.portFor(context);
        if (port < 0) {
            return over(CheckResult.of(CheckStatus.SOCKET_ERROR, whereIs(step, true)));
        }
        if (connection != null) {
            flush();
            connection.end();
        }
        connecting = true;
        connected = false;
        ended = false;
        forgetAnswer();
        dial(step, target.of(server, step, port));
        return over ? CheckStep.Progress.OVER : CheckStep.Progress.WAIT;
    }

    /** What the first request is for, or null. */
    private String hostAsked() {
        for (CheckStep each : program.steps()) {
            if (each instanceof HttpSendStep send) {
                return send.host(context());
            }
        }
        return null;
    }

    private void dial(ConnectStep step, Address to) {
        owner.deadlineIn(connectMs());
        pooled = PooledLine.isFor(server, program, step);
        if (pooled) {
            encrypted = server.tls() != null;
            connection = new PooledLine(kit, this, backend, server, target.name(server, step, hostAsked()));
            return;
        }
        Address proxy = target.socks4(server, step);
        TlsClient tls = target.tls(server, step, step.implied() ? hostAsked() : null);
        encrypted = tls != null;
        CheckConnection own = new CheckConnection(this, target.header(server, step), proxy == null ? null : to, tls,
                step.lingers(), speaksHttp2(step) ? kit.bufferSize() : 0, kit.neverLocal());
        connection = own;
        own.dial(kit.conductor(), server.dialer().withoutFastOpen(), proxy == null ? to : proxy);
    }

    /** As the step says it, or the server's line: its checks apart, or its traffic. */
    private boolean speaksHttp2(ConnectStep step) {
        if (program.kind() != CheckProgram.Kind.HTTP) {
            return false;
        }
        String ofCheck = server.spec().settings().get(ServerSpec.CHECK_PROTO);
        String said = step.protocol() != null || !step.byServer() ? step.protocol()
                : ofCheck != null ? ofCheck : server.spec().settings().get(ServerSpec.PROTO);
        return "h2".equals(said);
    }

    /** With {@code timeout check} connecting has a time of its own; without it all of the check has the interval. */
    private int connectMs() {
        int connect = backend.spec().settings().get(ProxySpec.TIMEOUT_CONNECT);
        boolean apart = connect > 0 && backend.spec().settings().get(ProxySpec.TIMEOUT_CHECK) > 0;
        return apart ? Math.min(connect, intervalMs) : intervalMs;
    }

    @Override
    public void connected() {
        connected = true;
        int answerMs = backend.spec().settings().get(ProxySpec.TIMEOUT_CHECK);
        if (answerMs > 0) {
            owner.deadlineIn(answerMs);
        }
        proceed();
    }

    @Override
    public void failed(boolean ofOurs, String why) {
        over(CheckResult.of(ofOurs ? CheckStatus.SOCKET_ERROR : CheckStatus.L4_CONNECTION, why + whereIs(step(), true)));
    }

    @Override
    public void refused(String why) {
        over(CheckResult.of(CheckStatus.L6_RESPONSE, why + whereIs(step(), true)));
    }

    /** Whether the connection that it has is to be kept. */
    boolean isPooled() {
        return pooled;
    }

    /** Whether its last connection is encrypted. */
    boolean isEncrypted() {
        return encrypted;
    }

    @Override
    public void received(ByteBuf bytes) {
        if (answer != null) {
            answer.feed(bytes);
        } else {
            input.append(bytes, bytes.readableBytes());
        }
        bytes.release();
        again();
    }

    @Override
    public void ended() {
        ended = true;
        again();
    }

    @Override
    public void broken() {
        boolean something = input.length() > 0 || answer != null && answer.hasHead();
        if (something) {
            // what came before counts
            ended();
        }
        if (!over) {
            over(CheckResult.of(CheckStatus.SOCKET_ERROR, "Connection reset by peer" + whereIs(step(), true)));
        }
    }

    /** Something new: expectations look at the whole answer again. */
    private void again() {
        if (!over && !connecting) {
            at = isExpectation(step()) ? chain : at;
            proceed();
        }
    }

    void send(byte[] bytes) {
        forgetAnswer();
        if (connection != null && bytes.length > 0) {
            connection.write(bytes);
        }
    }

    void sendRequest(byte[] bytes, String method) {
        send(bytes);
        answer = new HttpAnswer(kit.bufferSize(), method);
        context.answering(answer);
    }

    private void forgetAnswer() {
        input.clear();
        answer = null;
        context.answering(null);
    }

    boolean isEmpty() {
        return input.length() == 0;
    }

    int length() {
        return input.length();
    }

    byte[] bytes() {
        return input.bytes();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether the answer will not become longer. */
    boolean isComplete() {
        return ended || input.isFull();
    }

    HttpAnswer answer() {
        return answer;
    }

    /** Whether the server may ask for no more traffic by an answer that is not there. */
    boolean mayStop() {
        return program.disableOn404() && server.state().operation()
                != dev.weir.model.server.ServerState.Operation.STOPPED;
    }

    CheckStep.Progress emptyAnswer(CheckStep step, CheckStatus status) {
        String comment = commentOn();
        return over(CheckResult.of(status, "TCPCHK got an empty response at step " + number()
                + (comment == null ? "" : " comment: '" + comment + "'")));
    }

    /** The number of the step; what nobody asked for is not counted. */
    int number() {
        boolean implied = program.steps().getFirst() instanceof ConnectStep first && first.implied();
        return implied ? at : at + 1;
    }

    private String whereIs(CheckStep step, boolean named) {
        if (!isScript()) {
            return "";
        }
        if (number() == 0) {
            return " at initial connection step of tcp-check";
        }
        String comment = commentOn();
        return " at step " + number() + " of tcp-check" + (named ? " (" + step.called() + ")" : "")
                + (comment == null ? "" : " comment: '" + comment + "'");
    }

    /** What stands at the step itself, or in the remark right before it. */
    private String commentOn() {
        List<CheckStep> steps = program.steps();
        int here = Math.min(at, steps.size() - 1);
        if (steps.get(here).comment() != null) {
            return steps.get(here).comment();
        }
        return here > 0 && steps.get(here - 1) instanceof CommentStep remark ? remark.comment() : null;
    }

    /** What {@code http-check send-state} tells the server. */
    String serverState() {
        return ServerStateText.of(backend, server, kit.node());
    }
}
