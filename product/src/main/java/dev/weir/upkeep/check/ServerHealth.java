package dev.weir.upkeep.check;

import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.net.loop.Worker;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a server is up, as its checks and its agent together say, or as the server says that it tracks; and whoever
 * tracks it is told in turn. A server that comes back with {@code slowstart} gets its weight step by step. Owned by the
 * Conductor.
 */
final class ServerHealth {

    private static final long SHORTEST_STEP_MS = 1000;
    private static final int STEPS = 20;

    private final Worker conductor;
    private final Backend backend;
    private final Server server;
    private final ServerChanges changes;
    private final List<ServerHealth> followers = new ArrayList<>();
    private final Warming warming = new Warming();
    private ServerCheck check;
    private ServerCheck agent;

    ServerHealth(Worker conductor, Backend backend, Server server, ServerChanges changes) {
        this.conductor = conductor;
        this.backend = backend;
        this.server = server;
        this.changes = changes;
    }

    void watch(ServerCheck byCheck, ServerCheck byAgent) {
        check = byCheck;
        agent = byAgent;
    }

    void followedByNobody() {
        followers.clear();
    }

    void leftBy(ServerHealth follower) {
        followers.remove(follower);
    }

    void follow(ServerHealth other) {
        other.followers.add(this);
        if (other.server.state().inMaintenance()) {
            changes.inheritQuietly(backend, server, other.server);
        }
        mirror(other.server.state().operation(), null);
    }

    /** What commands have made of the server holds for whoever tracks it. */
    void handOn() {
        for (ServerHealth follower : followers) {
            changes.inherit(follower.backend, follower.server, server);
            follower.handOn();
        }
    }

    Backend backend() {
        return backend;
    }

    Server server() {
        return server;
    }

    ServerChanges changes() {
        return changes;
    }

    ServerCheck check() {
        return check;
    }

    ServerCheck agent() {
        return agent;
    }

    /** Before the first check: what {@code init-state} says. Nobody is told. */
    void begin() {
        boolean down = check != null && !check.health().isUp();
        if (down && !server.state().inMaintenance()) {
            server.publish(server.state().withOperation(Operation.STOPPED), conductor.nowMs());
            backend.serverChanged(server);
        }
    }

    /** A check or the agent has said something; the cause is what is said about it, or empty. */
    void judged(ServerCheck by, CheckStatus status, String cause) {
        switch (status.verdict()) {
            case FAILED -> {
                // that an agent cannot be reached says nothing about its server
                boolean counts = by != agent || status == CheckStatus.L7_STATUS;
                if (counts && by.health().value() == 0) {
                    stop(cause);
                }
            }
            case PASSED -> {
                boolean stopping = server.state().operation() == Operation.STOPPING;
                if (isWell(check) && isWell(agent) && !(by == agent && stopping)) {
                    run(cause);
                }
            }
            case CONDITIONAL -> {
                if (by != agent && isWell(check) && isWell(agent)) {
                    leave(cause);
                }
            }
            case NONE -> { }
        }
    }

    private static boolean isWell(ServerCheck by) {
        return by == null || !by.isEnabled() || by.health().isUp();
    }

    private boolean mayBecome(Operation next) {
        ServerState now = server.state();
        return !now.inMaintenance() && now.operation() != next;
    }

    private void stop(String cause) {
        if (mayBecome(Operation.STOPPED)) {
            conductor.disarm(warming);
            changes.down(backend, server, cause);
            tell(Operation.STOPPED);
        }
    }

    private void leave(String cause) {
        if (mayBecome(Operation.STOPPING)) {
            conductor.disarm(warming);
            changes.stopping(backend, server, cause);
            tell(Operation.STOPPING);
        }
    }

    private void run(String cause) {
        if (!mayBecome(Operation.RUNNING) || !mayBecome(Operation.STARTING)) {
            return;
        }
        int slowly = server.spec().settings().get(ServerSpec.SLOWSTART_MS);
        if (slowly > 0) {
            changes.starting(backend, server, cause);
            warming.sinceMs = conductor.nowMs();
            conductor.arm(warming, stepMs(slowly));
        } else {
            changes.up(backend, server, cause);
        }
        tell(Operation.RUNNING);
    }

    private void tell(Operation operation) {
        for (ServerHealth follower : followers) {
            follower.mirror(operation, " via " + server);
        }
    }

    /** Without a cause nobody is told: that is how it begins. */
    private void mirror(Operation operation, String cause) {
        if (cause == null) {
            boolean differs = operation == Operation.STOPPED || operation == Operation.STOPPING;
            if (differs && !server.state().inMaintenance()) {
                server.publish(server.state().withOperation(operation), conductor.nowMs());
                backend.serverChanged(server);
            }
            return;
        }
        become(operation, cause);
    }

    /** It is so from now on, unless it is in maintenance. */
    void become(Operation operation, String cause) {
        switch (operation) {
            case STOPPED -> stop(cause);
            case STOPPING -> leave(cause);
            default -> run(cause);
        }
    }

    private static long stepMs(int slowly) {
        return Math.max(SHORTEST_STEP_MS, slowly / STEPS);
    }

    /** Raises the weight of a server that has come back. */
    private final class Warming extends Timer {

        private long sinceMs;

        @Override
        protected void fire(long nowMs) {
            if (server.state().operation() != Operation.STARTING) {
                return;
            }
            int slowly = Math.max(1, server.spec().settings().get(ServerSpec.SLOWSTART_MS));
            long percent = Math.min(100, (nowMs - sinceMs) * 100 / slowly);
            changes.warmed(backend, server, (int) percent);
            if (percent < 100) {
                conductor.arm(this, stepMs(slowly));
            }
        }
    }
}
