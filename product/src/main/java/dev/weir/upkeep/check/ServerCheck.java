package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.CheckView;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.SockOpt;
import io.netty.buffer.ByteBuf;

/**
 * Checks one server again and again by connecting to it, and turns results into states. One connection at a time; the
 * next check begins an interval after the last one began. Owned by the Conductor.
 */
public final class ServerCheck extends Timer {

    private final Worker conductor;
    private final Backend backend;
    private final Server server;
    private final ServerChanges changes;
    private final Health health;

    private Probe probe;
    private CheckStatus status = CheckStatus.INITIALIZING;
    private long beganMs;
    private long durationMs = -1;
    private String info = "";
    private boolean stopped;
    private boolean enabled;
    private Address givenAddress;
    private int givenPort;

    public ServerCheck(Worker conductor, Backend backend, Server server, ServerChanges changes) {
        this.conductor = conductor;
        this.backend = backend;
        this.server = server;
        this.changes = changes;
        givenAddress = server.spec().settings().get(ServerSpec.CHECK_ADDR);
        givenPort = setting(ServerSpec.CHECK_PORT);
        health = new Health(setting(ServerSpec.RISE), setting(ServerSpec.FALL));
        health.reset(!server.state().inMaintenance());
        publish();
    }

    private int setting(dev.weir.base.collect.Setting<Integer> which) {
        return server.spec().settings().get(which);
    }

    public void start(long delayMs) {
        enabled = true;
        publish();
        conductor.arm(this, delayMs);
    }

    /** {@code enable health}, {@code disable health}. */
    public void enable(boolean on) {
        if (on && !enabled) {
            conductor.arm(this, 1);
        }
        enabled = on;
        publish();
    }

    /** A command says how the server is: checks go on from there. */
    public void force(boolean up) {
        health.force(up);
        publish();
    }

    /** The server goes into maintenance, or comes out: just up, so that the first failed check takes it down. */
    public void maintained(boolean over) {
        health.reset(over);
        publish();
    }

    public void port(int port) {
        givenPort = port;
        publish();
    }

    public void address(Address address) {
        givenAddress = address;
        publish();
    }

    public void stop() {
        stopped = true;
        conductor.remove(this);
        if (probe != null) {
            probe.end();
        }
    }

    public CheckStatus status() {
        return status;
    }

    public Health health() {
        return health;
    }

    public long durationMs() {
        return durationMs;
    }

    /** Time for the next check, or the running one has taken too long. */
    @Override
    protected void fire(long nowMs) {
        if (probe != null) {
            finish(CheckStatus.L4_TIMEOUT, "");
        } else if (!enabled) {
            // until it is enabled again nothing is to be done
            return;
        } else if (server.state().inMaintenance() || !target().family().isIp() && !target().family().isUnix()) {
            conductor.arm(this, interval());
        } else {
            begin(nowMs);
        }
    }

    private void begin(long nowMs) {
        beganMs = nowMs;
        probe = new Probe();
        conductor.arm(this, timeout());
        probe.connection = Connection.dial(conductor, server.dialer().withoutFastOpen(), target(),
                server.dialer().source().address(), probe, probe);
    }

    private Address target() {
        Address own = server.address();
        Address given = givenAddress;
        Address address = given == null ? own : given.port() == 0 ? given.withPort(own.port()) : given;
        return givenPort > 0 && address.family().isIp() ? address.withPort(givenPort) : address;
    }

    /** A check may take as long as connecting may, but not longer than until the next one. */
    private int timeout() {
        int connect = backend.spec().settings().get(ProxySpec.TIMEOUT_CONNECT);
        int inter = interval();
        return connect > 0 ? Math.min(connect, inter) : inter;
    }

    private int interval() {
        int normal = setting(ServerSpec.INTER_MS);
        int chosen = 0;
        if (health.isWavering()) {
            chosen = setting(ServerSpec.FASTINTER_MS);
        } else if (!health.isUp()) {
            chosen = setting(ServerSpec.DOWNINTER_MS);
        }
        return chosen > 0 ? chosen : normal;
    }

    private void finish(CheckStatus result, String explanation) {
        probe.end();
        probe = null;
        if (stopped || !enabled || server.state().inMaintenance()) {
            // what was under way says nothing any more
            again();
            return;
        }
        durationMs = conductor.nowMs() - beganMs;
        CheckStatus before = status;
        int valueBefore = health.value();
        status = result;
        info = explanation;
        judge(before, valueBefore);
        publish();
        again();
    }

    private void again() {
        if (!stopped) {
            conductor.armAt(this, Math.max(conductor.nowMs(), beganMs + interval()));
        }
    }

    private void publish() {
        boolean never = status == CheckStatus.INITIALIZING;
        server.check(new CheckView(status.word(), -1, durationMs, never ? "" : status.sentence(), health.rise(),
                health.fall(), health.value(), new CheckView.Detail(info, status.ordinal(), status.verdict().result(),
                enabled, probe != null, givenPort, givenAddress)));
    }

    private void judge(CheckStatus before, int valueBefore) {
        boolean passed = status.verdict() == CheckStatus.Verdict.PASSED;
        boolean turned = passed ? health.succeeded() : health.failed();
        if (!passed && valueBefore >= health.rise()) {
            server.counts().cell(conductor.index()).increment(Count.FAILED_CHECKS.ordinal());
            backend.counts().cell(conductor.index()).increment(Count.FAILED_CHECKS.ordinal());
        }
        boolean logged = backend.spec().settings().get(ProxySpec.LOG_HEALTH_CHECKS);
        boolean settled = passed ? valueBefore == health.rise() + health.fall() - 1 : valueBefore == 0;
        if (logged && (before != status || !settled)) {
            changes.checked(backend, server, (passed ? "succeeded" : "failed") + reason() + ", status: "
                    + health.fraction() + (health.isUp() ? " UP" : " DOWN"));
        }
        boolean stopping = server.state().operation() == ServerState.Operation.STOPPING;
        if (passed && (turned || stopping)) {
            changes.up(backend, server, logged ? "" : reason());
        } else if (turned && !passed) {
            changes.down(backend, server, logged ? "" : reason());
        }
    }

    private String reason() {
        return ", reason: " + status.sentence() + (info.isEmpty() ? "" : ", info: \"" + info + "\"")
                + ", check duration: " + durationMs + "ms";
    }

    /** The connection of one check. Being established is all that is asked of it. */
    private final class Probe implements Mux, Dialer.DialOutcome {

        private Connection connection;
        private boolean over;

        /** With a reset: the port is free again at once, and the server sees that nobody wanted anything. */
        void end() {
            over = true;
            if (connection != null) {
                connection.closeWithReset();
            }
        }

        @Override
        public void opened(Connection established) {
            connection = established;
            if (over) {
                established.closeWithReset();
            } else {
                finish(CheckStatus.L4_OK, "");
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (!over) {
                finish(CheckStatus.L4_CONNECTION, SockOpt.words(cause));
            }
        }

        @Override
        public void received(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void broken(Reason reason) {
            // it was established, which is all that was asked
        }
    }
}
