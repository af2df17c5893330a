package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.log.TraceLock;
import dev.weir.base.log.TraceSources;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.CheckView;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.net.loop.Worker;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Checks one server again and again, or asks its agent, and counts what comes of it. One run at a time; the next begins an
 * interval after the last one began. Owned by the Conductor.
 */
public final class ServerCheck extends Timer implements CheckRun.Owner {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int USUALLY_LATE_MS = 2;
    private static final int MOST_FORGIVEN_MS = 200;
    private static final int AGENT_INTERVAL_MS = 2000;

    private CheckKit kit;
    private final Worker conductor;
    private final ServerHealth fate;
    private final Backend backend;
    private final Server server;
    private final boolean isAgent;
    private CheckProgram program;
    private CheckContext context;
    private final Health health;
    private final SplittableRandom random = new SplittableRandom();

    private CheckRun run;
    private ExternalCheck process;
    private CheckResult last = CheckResult.of(CheckStatus.INITIALIZING, "");
    private long beganMs;
    private long dueMs;
    private long forgivenMs;
    private boolean looked;
    private long durationMs = -1;
    private boolean stopped;
    private boolean enabled;
    private boolean hurried;
    private Address givenAddress;
    private int givenPort;

    ServerCheck(CheckKit kit, ServerHealth fate, boolean isAgent, CheckProgram program, Address address) {
        this.kit = kit;
        this.conductor = kit.conductor();
        this.fate = fate;
        this.backend = fate.backend();
        this.server = fate.server();
        this.isAgent = isAgent;
        this.program = program;
        this.context = new CheckContext(kit, backend, server);
        givenAddress = address;
        givenPort = setting(isAgent ? ServerSpec.AGENT_PORT : ServerSpec.CHECK_PORT);
        health = isAgent ? new Health(1, 1) : new Health(setting(ServerSpec.RISE), setting(ServerSpec.FALL));
        if (!isAgent) {
            health.begin(server.spec().settings().get(ServerSpec.INIT_STATE));
        }
        publish();
    }

    /** Goes on under another configuration, which checks it in the same way. A check under way ends as it began. */
    void adopt(CheckKit next, CheckProgram by) {
        kit = next;
        program = by;
        context = new CheckContext(next, backend, server);
    }

    private int setting(Setting<Integer> which) {
        return server.spec().settings().get(which);
    }

    public void start(long delayMs) {
        enabled = true;
        publish();
        conductor.arm(this, delayMs);
    }

    /** {@code enable health}, {@code disable health} and the same of agents. */
    public void enable(boolean on) {
        if (on && !enabled) {
            conductor.arm(this, 1);
        }
        enabled = on;
        publish();
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** A command says how the server is: checks go on from there. */
    public void force(boolean up) {
        health.force(up);
        publish();
    }

    /** The server goes into maintenance, or comes out. */
    public void maintained(boolean over) {
        if (over) {
            begin();
        } else {
            health.reset(false);
            publish();
        }
    }

    /** The server comes out of maintenance and begins as {@code init-state} says. */
    public void begin() {
        health.begin(isAgent ? null : server.spec().settings().get(ServerSpec.INIT_STATE));
        publish();
    }

    /** The server has to pass one check before it gets traffic; that is made at once. */
    public void prove() {
        health.begin("down");
        enabled = true;
        publish();
        if (!isRunning()) {
            conductor.arm(this, 1);
        }
    }

    public void port(int port) {
        givenPort = port;
        publish();
    }

    public void address(Address address) {
        givenAddress = address;
        publish();
    }

    /** What is sent to an agent first, from its next check on. */
    public void question(String text) {
        program = AgentAnswer.program(fate.changes(), backend, server, text);
    }

    public void stop() {
        stopped = true;
        conductor.remove(this);
        if (run != null) {
            run.abandon();
        }
        if (process != null) {
            process.abandon();
        }
    }

    public CheckStatus status() {
        return last.status();
    }

    public Health health() {
        return health;
    }

    public long durationMs() {
        return durationMs;
    }

    private boolean isRunning() {
        return run != null || process != null;
    }

    /** Time for the next check, or the running one has taken too long. */
    @Override
    protected void fire(long nowMs) {
        if (run != null) {
            if (!isForgiven(nowMs)) {
                run.timedOut();
            }
        } else if (process != null) {
            process.timedOut();
        } else if (!enabled) {
            // until it is enabled again nothing is to be done
            return;
        } else if (rests() || !hasTarget()) {
            conductor.arm(this, interval());
        } else {
            begin(nowMs);
        }
    }

    /** In maintenance nothing is checked; an agent that asked for it may end it. */
    private boolean rests() {
        return !isAgent && server.state().inMaintenance();
    }

    private boolean hasTarget() {
        Address to = givenAddress != null ? givenAddress : server.address();
        return to.family().isIp() || to.family().isUnix() || server.isReversed();
    }

    private void begin(long nowMs) {
        beganMs = nowMs;
        forgivenMs = 0;
        hurried = false;
        trace(TraceSources.CHECK_START, null);
        if (program.kind() == CheckProgram.Kind.EXTERNAL) {
            process = new ExternalCheck(conductor, this::over);
            deadlineIn(externalMs());
            publish();
            process.begin(backend, server, kit.keepsEnvironment());
        } else {
            run = new CheckRun(kit, backend, server, program, context, new CheckTarget(givenAddress, givenPort),
                    interval(), this);
            deadlineIn(interval());
            publish();
            run.begin();
        }
    }

    private int externalMs() {
        int connect = backend.spec().settings().get(ProxySpec.TIMEOUT_CONNECT);
        boolean apart = connect > 0 && backend.spec().settings().get(ProxySpec.TIMEOUT_CHECK) > 0;
        return apart ? Math.min(connect, interval()) : interval();
    }

    @Override
    public void deadlineIn(long ms) {
        looked = false;
        dueMs = conductor.nowMs() + ms;
        conductor.arm(this, ms);
    }

    /** Time in which this thread was busy is none that the server took: with timeouts of a few milliseconds that counts. */
    private boolean isForgiven(long nowMs) {
        long late = nowMs - dueMs;
        if (looked) {
            return false;
        }
        if (late > USUALLY_LATE_MS && forgivenMs < MOST_FORGIVEN_MS) {
            forgivenMs += late;
            deadlineIn(late + 1);
        } else {
            // what has come by now is read before it is called too late
            looked = true;
            conductor.arm(this, 1);
        }
        return true;
    }

    private int interval() {
        if (isAgent) {
            int said = setting(ServerSpec.AGENT_INTER_MS);
            return said > 0 ? said : AGENT_INTERVAL_MS;
        }
        int normal = setting(ServerSpec.INTER_MS);
        int chosen = 0;
        if (health.isWavering() || hurried) {
            chosen = setting(ServerSpec.FASTINTER_MS);
        } else if (!health.isUp()) {
            chosen = setting(ServerSpec.DOWNINTER_MS);
        }
        return chosen > 0 ? chosen : normal;
    }

    @Override
    public void over(CheckResult result) {
        run = null;
        process = null;
        if (stopped) {
            return;
        }
        if (enabled && !rests()) {
            durationMs = conductor.nowMs() - beganMs;
            judge(result);
        }
        publish();
        conductor.armAt(this, Math.max(conductor.nowMs(), beganMs + spread(interval())));
    }

    /** With {@code spread-checks} no two servers are checked in step for long. */
    private long spread(int interval) {
        int range = interval * kit.spreadPercent() / 100;
        return range <= 0 ? interval : interval + random.nextInt(-range, range + 1);
    }

    private void trace(int event, CheckResult result) {
        if (TraceSources.CHECK.sees(event)) {
            String more = result == null ? "" : " status=" + result.status().word() + " ms=" + durationMs;
            TraceSources.CHECK.tell(event, conductor.index(), sort -> sort == TraceLock.SERVER ? server
                    : sort == TraceLock.CHECK ? this : null, (isAgent ? "agent " : "server ") + server + more);
        }
    }

    private void judge(CheckResult result) {
        trace(TraceSources.CHECK_END, result);
        trace(result.status().verdict() != CheckStatus.Verdict.FAILED ? TraceSources.CHECK_SUCCESS : TraceSources.CHECK_FAILURE, result);
        CheckStatus before = last.status();
        last = result;
        boolean report = count(result.status()) || before != result.status();
        boolean logged = backend.spec().settings().get(ProxySpec.LOG_HEALTH_CHECKS);
        if (logged && report && result.status().verdict() != CheckStatus.Verdict.NONE) {
            fate.changes().checked(backend, server, isAgent ? "Agent" : "Health", outcome(result.status()) + reason()
                    + ", status: " + health.fraction() + (health.isUp() ? " UP" : " DOWN"));
        }
        publish();
        fate.judged(this, result.status(), logged ? "" : reason());
    }

    private static String outcome(CheckStatus status) {
        return switch (status.verdict()) {
            case PASSED -> "succeeded";
            case CONDITIONAL -> "conditionally succeeded";
            default -> "failed";
        };
    }

    /** Whether it changed the counter. */
    private boolean count(CheckStatus status) {
        switch (status.verdict()) {
            case FAILED -> {
                boolean counts = health.value() > 0 && (!isAgent || status.hasCode());
                if (counts) {
                    server.counts().cell(conductor.index()).increment(Count.FAILED_CHECKS.ordinal());
                    backend.counts().cell(conductor.index()).increment(Count.FAILED_CHECKS.ordinal());
                    health.failed();
                }
                return counts;
            }
            case PASSED, CONDITIONAL -> {
                boolean counts = health.value() < health.rise() + health.fall() - 1;
                health.succeeded();
                if (server.observation() != null) {
                    server.observation().reset();
                }
                return counts;
            }
            default -> {
                return false;
            }
        }
    }

    /** Traffic has seen so many errors in a row that {@code on-error} says what to do. */
    void suspected(String what) {
        String mode = server.spec().settings().get(ServerSpec.ON_ERROR);
        if (!enabled || stopped || server.state().operation() == ServerState.Operation.STOPPED) {
            return;
        }
        if (!mode.equals("fastinter")) {
            if (mode.equals("sudden-death")) {
                health.brink(2);
            } else if (mode.equals("mark-down")) {
                health.brink(1);
            }
            durationMs = -1;
            judge(CheckResult.of(CheckStatus.ANALYZED, what));
        }
        hurry();
    }

    private void hurry() {
        hurried = true;
        int fast = setting(ServerSpec.FASTINTER_MS);
        if (fast > 0 && !isRunning()) {
            conductor.arm(this, Math.min(fast, Math.max(1, beganMs + setting(ServerSpec.INTER_MS) - conductor.nowMs())));
        }
    }

    private void publish() {
        CheckStatus status = last.status();
        boolean never = status == CheckStatus.INITIALIZING;
        CheckView view = new CheckView(status.word(), status.hasCode() ? last.code() : -1, durationMs,
                never ? "" : status.sentence(), health.rise(), health.fall(), health.value(),
                new CheckView.Detail(last.info(), status.ordinal(), status.verdict().result(), enabled, isRunning(),
                        givenPort, givenAddress));
        if (isAgent) {
            server.agent(view);
        } else {
            server.check(view);
        }
    }

    private String reason() {
        CheckStatus status = last.status();
        return ", reason: " + status.sentence() + (status.hasCode() ? ", code: " + last.code() : "")
                + (last.info().isEmpty() ? "" : ", info: \"" + printable(last.info()) + "\"")
                + (durationMs < 0 ? "" : ", check duration: " + durationMs + "ms");
    }

    /** What a server says may forge lines and quotes: what is not plain is shown as numbers. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '<' && c != '>' && c != '"') {
                shown.append(c);
            } else {
                shown.append('<').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c)).append('>');
            }
        }
        return shown.toString().strip().isEmpty() ? "" : shown.toString();
    }
}
