package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLevel;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.server.ServerState.Admin;
import dev.weir.model.server.ServerState.Operation;
import dev.weir.net.loop.Worker;

/**
 * Changes of servers, each in one place: publishes the state, tells the balancer, counts, and announces it in the words
 * that operators know. Only for the Conductor's thread.
 */
public final class ServerChanges {

    /** Where announcements go: standard error and the logs of the proxy. */
    public interface Announcer {

        /** @param onAlert whether standard error shows it as an alert instead of a warning */
        void announce(ProxySpec proxy, LogLevel level, boolean onAlert, String text, String onStderr);

        /** The same sentence may go out by mail too. */
        default void mail(ProxySpec proxy, LogLevel level, String text) {
            // not everybody knows mailers
        }
    }

    /** Who can end the sessions of a server; called on the Conductor's thread. */
    public interface Shutter {

        /** @param letter the first of their termination letters */
        void shutdown(Server server, char letter);
    }

    private final Worker conductor;
    private final Announcer announcer;
    private Shutter shutter = (server, letter) -> { };

    public ServerChanges(Worker conductor, Announcer announcer) {
        this.conductor = conductor;
        this.announcer = announcer;
    }

    /** Says who ends sessions when {@code on-marked-down} or {@code on-marked-up} asks for it. */
    public void shutter(Shutter who) {
        shutter = who;
    }

    /** Its sessions are killed. */
    public void cutOff(Server server) {
        shutter.shutdown(server, 'K');
    }

    /**
     * @param cause what led to it, beginning with a comma, or empty
     */
    public void up(Backend backend, Server server, String cause) {
        publish(backend, server, server.state().withSlowstart(100).withOperation(Operation.RUNNING));
        isUp(backend, server, cause);
    }

    /** The same with {@code slowstart}: it begins with little of its weight. */
    public void starting(Backend backend, Server server, String cause) {
        publish(backend, server, server.state().withSlowstart(0).withOperation(Operation.STARTING));
        isUp(backend, server, cause);
    }

    private void tellDraining(Backend backend, Server server) {
        if ((server.state().admin() & Admin.FORCED_DRAIN) != 0) {
            notice(backend, subject(server) + " remains in forced drain mode.");
        }
    }

    private void isUp(Backend backend, Server server, String cause) {
        String text = subject(server) + " is UP" + cause + ". " + online(backend);
        notice(backend, text);
        announcer.mail(backend.spec(), LogLevel.NOTICE, text);
        tellDraining(backend, server);
        if (server.spec().settings().get(ServerSpec.SHUTDOWN_BACKUPS_ON_UP) && server.usable() && !server.backup()) {
            for (Server other : backend.servers()) {
                if (other.backup()) {
                    shutter.shutdown(other, 'U');
                }
            }
        }
    }

    /** So much of its weight has a starting server got back; at 100 it runs. Nobody is told. */
    public void warmed(Backend backend, Server server, int percent) {
        ServerState next = server.state().withSlowstart(percent);
        publish(backend, server, percent < 100 ? next : next.withOperation(Operation.RUNNING));
    }

    /** It gets nothing new, but keeps who has business with it. */
    public void stopping(Backend backend, Server server, String cause) {
        boolean wasUp = backend.isUp();
        publish(backend, server, server.state().withOperation(Operation.STOPPING));
        notice(backend, subject(server) + " is stopping" + cause + ". " + online(backend));
        tellIfLast(backend, wasUp);
    }

    /** {@code set server ... state maint}: no traffic, no checks. */
    public void maintain(Backend backend, Server server) {
        ServerState before = server.state();
        if ((before.admin() & Admin.FORCED_MAINTENANCE) != 0) {
            return;
        }
        boolean wasUp = backend.isUp();
        boolean wasDown = before.operation() == Operation.STOPPED;
        boolean quiet = before.isDraining() || before.operation() == Operation.STOPPING || wasDown;
        int bits = before.admin() & ~Admin.FORCED_DRAIN | Admin.FORCED_MAINTENANCE;
        publish(backend, server, before.withAdmin(bits).withOperation(Operation.STOPPED));
        if (before.inMaintenance()) {
            return;
        }
        say(backend, quiet ? LogLevel.NOTICE : LogLevel.ALERT, wasDown
                ? subject(server) + " was DOWN and now enters maintenance."
                : subject(server) + " is going DOWN for maintenance. " + left(backend, server));
        tellIfLast(backend, wasUp);
    }

    /** {@code set server ... state drain}: only those who are sent there on purpose. */
    public void drain(Backend backend, Server server) {
        ServerState before = server.state();
        if ((before.admin() & Admin.FORCED_DRAIN) != 0) {
            return;
        }
        boolean wasUp = backend.isUp();
        boolean leaves = (before.admin() & Admin.FORCED_MAINTENANCE) != 0;
        ServerState next = before.withAdmin(before.admin() & ~Admin.FORCED_MAINTENANCE | Admin.FORCED_DRAIN);
        publish(backend, server, leaves && !next.inMaintenance() ? next.withOperation(Operation.RUNNING) : next);
        if (leaves) {
            notice(backend, subject(server) + " is UP/DRAIN (leaving forced maintenance).");
            notice(backend, subject(server) + " remains in forced drain mode.");
        } else {
            String text = subject(server) + " enters drain state. " + (before.operation() == Operation.STOPPED
                    ? left(backend, server) : online(backend));
            notice(backend, text);
            announcer.mail(backend.spec(), LogLevel.NOTICE, text);
        }
        tellIfLast(backend, wasUp);
    }

    /** {@code set server ... state ready}: as if it had never been taken out. */
    public void ready(Backend backend, Server server) {
        ServerState before = server.state();
        int forced = Admin.FORCED_MAINTENANCE | Admin.FORCED_DRAIN;
        if ((before.admin() & forced) == 0) {
            return;
        }
        boolean leaves = (before.admin() & Admin.FORCED_MAINTENANCE) != 0;
        ServerState next = before.withAdmin(before.admin() & ~forced);
        publish(backend, server, leaves && !next.inMaintenance() ? next.withOperation(Operation.RUNNING) : next);
        if (!leaves) {
            notice(backend, subject(server) + (before.operation() == Operation.STOPPED ? " is DOWN" : " is UP")
                    + " (leaving forced drain).");
        } else if (!next.inMaintenance()) {
            notice(backend, subject(server) + " is UP/READY (leaving forced maintenance).");
        } else if ((next.admin() & Admin.INHERITED_MAINTENANCE) != 0) {
            String tracked = server.spec().settings().get(ServerSpec.TRACK);
            notice(backend, subject(server) + " is leaving forced maintenance but remains in maintenance via "
                    + (tracked.indexOf('/') < 0 ? backend.name() + "/" : "") + tracked + ".");
        }
    }

    /** Out of maintenance, and down until a check has passed; then it gets traffic unless it is held back. */
    public void prove(Backend backend, Server server, boolean heldBack) {
        ServerState before = server.state();
        int bits = before.admin() & ~(Admin.FORCED_MAINTENANCE | Admin.FORCED_DRAIN)
                | (heldBack ? Admin.FORCED_DRAIN : 0);
        publish(backend, server, before.withAdmin(bits).withOperation(Operation.STOPPED));
        notice(backend, subject(server) + " is DOWN (leaving forced maintenance) until a check has passed.");
    }

    /** A server is in maintenance, or drained, as the one that it tracks. */
    public void inherit(Backend backend, Server server, Server from) {
        ServerState before = server.state();
        boolean out = from.state().inMaintenance();
        int bits = before.admin() & ~(Admin.INHERITED_MAINTENANCE | Admin.INHERITED_DRAIN)
                | (out ? Admin.INHERITED_MAINTENANCE : from.state().isDraining() ? Admin.INHERITED_DRAIN : 0);
        if (bits == before.admin()) {
            return;
        }
        boolean wasUp = backend.isUp();
        ServerState next = before.withAdmin(bits);
        publish(backend, server, next.inMaintenance() ? next.withOperation(Operation.STOPPED)
                : before.inMaintenance() ? next.withOperation(from.state().operation()) : next);
        tellInherited(backend, server, before, " via " + from);
        tellIfLast(backend, wasUp);
    }

    /** The same before any traffic: that is how it begins, and nobody is told. */
    public void inheritQuietly(Backend backend, Server server, Server from) {
        ServerState before = server.state();
        if (!before.inMaintenance()) {
            publish(backend, server, before.withAdmin(before.admin() | Admin.INHERITED_MAINTENANCE)
                    .withOperation(Operation.STOPPED));
        }
    }

    private void tellInherited(Backend backend, Server server, ServerState before, String via) {
        boolean isOut = server.state().inMaintenance();
        if (isOut && !before.inMaintenance()) {
            boolean wasDown = before.operation() == Operation.STOPPED;
            say(backend, wasDown || before.isDraining() ? LogLevel.NOTICE : LogLevel.ALERT, wasDown
                    ? subject(server) + " was DOWN and now enters maintenance" + via + "."
                    : subject(server) + " is going DOWN for maintenance" + via + ". " + left(backend, server));
        } else if (before.inMaintenance() && !isOut) {
            notice(backend, subject(server) + " is UP/READY (leaving maintenance).");
        } else if (!isOut && server.state().isDraining() && !before.isDraining()) {
            notice(backend, subject(server) + " enters drain state" + via + ". " + online(backend));
        } else if (!isOut && before.isDraining() && !server.state().isDraining()) {
            notice(backend, subject(server) + (before.operation() == Operation.STOPPED ? " is DOWN" : " is UP")
                    + " (leaving forced drain).");
        }
    }

    /** Servers that come or go change what the backend can do. */
    public void reckon(Backend backend, boolean wasUp) {
        if (wasUp != backend.isUp()) {
            backend.turned(!wasUp, conductor.nowMs());
        }
    }

    /** Another weight; what hangs on it is told. */
    public void weigh(Backend backend, Server server, int weight) {
        publish(backend, server, server.state().withWeight(weight));
    }


    public void down(Backend backend, Server server, String cause) {
        boolean wasLast = backend.isUp();
        boolean expected = server.state().operation() == Operation.STOPPING || server.state().isDraining();
        publish(backend, server, server.state().withOperation(Operation.STOPPED));
        server.counts().cell(conductor.index()).increment(Count.WENT_DOWN.ordinal());
        LogLevel level = expected ? LogLevel.NOTICE : LogLevel.ALERT;
        String text = subject(server) + " is DOWN" + cause + ". " + left(backend, server);
        say(backend, level, text);
        announcer.mail(backend.spec(), level, text);
        if (server.spec().settings().get(ServerSpec.SHUTDOWN_SESSIONS_ON_DOWN)) {
            shutter.shutdown(server, 'D');
        }
        tellDraining(backend, server);
        tellIfLast(backend, wasLast);
    }

    private void tellIfLast(Backend backend, boolean wasUp) {
        if (wasUp && !backend.isUp()) {
            lastServerLost(backend);
        }
    }

    private void lastServerLost(Backend backend) {
        backend.counts().cell(conductor.index()).increment(Count.WENT_DOWN.ordinal());
        String kind = backend.spec().kind() == ProxySpec.Kind.LISTEN ? "proxy" : "backend";
        announcer.announce(backend.spec(), LogLevel.EMERG, true,
                kind + " " + backend.name() + " has no server available!",
                kind + " '" + backend.name() + "' has no server available!");
    }

    /**
     * A server that waited for an address has one, or has another one.
     *
     * @param answered whether an answer for its name said so
     */
    public void address(Backend backend, Server server, Address address, String by, boolean answered) {
        Address before = server.address();
        server.address(address);
        backend.serverMoved(server);
        int bits = server.state().admin();
        boolean waited = (bits & Admin.RESOLUTION_MAINTENANCE) != 0;
        announcer.announce(backend.spec(), LogLevel.NOTICE, false,
                server + " changed its IP from " + (before.family().isIp() ? before.host() : "(none)") + " to "
                        + address.host() + " by " + by + ".", null);
        if (waited) {
            ServerState next = server.state().withAdmin(bits & ~Admin.RESOLUTION_MAINTENANCE);
            publish(backend, server, next.inMaintenance() ? next : next.withOperation(Operation.RUNNING));
            notice(backend, subject(server) + " ('" + server.host() + "') is UP/READY (resolves again).");
            if (answered) {
                notice(backend, subject(server) + " administratively READY thanks to valid DNS answer.");
            }
        }
    }

    /** Its service has given it a name and this port, or takes them away; where that is will be known later. */
    public void named(Server server, int port) {
        server.address(Address.NONE.withPort(port));
        server.publish(server.state().withAdmin(server.state().admin() | Admin.HOSTNAME_MAINTENANCE), conductor.nowMs());
    }

    /** Servers of a service have got their ranks. */
    public void ranked(Backend backend) {
        Ranks.settle(backend);
    }

    /** A command says where a server is. */
    public void moved(Backend backend, Server server, Address next) {
        Address before = server.address();
        server.address(next);
        backend.serverMoved(server);
        if (!next.sameHost(before)) {
            notice(backend, server + " changed its IP from " + (before.family().isIp() ? before.host() : "(none)")
                    + " to " + next.host() + " by stats socket command.");
        }
        int bits = server.state().admin();
        if ((bits & Admin.RESOLUTION_MAINTENANCE) != 0) {
            ServerState ready = server.state().withAdmin(bits & ~Admin.RESOLUTION_MAINTENANCE);
            boolean hasToProve = server.check() != null && server.check().health() < server.check().rise();
            publish(backend, server, ready.inMaintenance() || hasToProve ? ready
                    : ready.withOperation(Operation.RUNNING));
        }
    }

    /** A command calls it something else. */
    public void renamed(Backend backend, Server server, String before) {
        notice(backend, "Server " + server + " renamed from '" + before + "'.");
    }

    /** Names resolve no more: nothing can be sent there until they do. */
    public void unresolved(Backend backend, Server server, String why) {
        boolean wasLast = backend.isUp();
        boolean told = (server.state().admin() & Admin.RESOLUTION_MAINTENANCE) != 0;
        int bits = server.state().admin() | Admin.RESOLUTION_MAINTENANCE;
        publish(backend, server, server.state().withAdmin(bits).withOperation(Operation.STOPPED));
        server.address(Address.NONE.withPort(server.address().port()));
        if (told) {
            return;
        }
        notice(backend, subject(server) + " is going DOWN for maintenance (" + why + "). " + left(backend, server));
        tellIfLast(backend, wasLast);
    }

    /** {@code disable frontend}. */
    public void paused(ProxySpec frontend) {
        announcer.announce(frontend, LogLevel.WARNING, false, "Paused " + noun(frontend) + ".", null);
    }

    /** {@code enable frontend}. */
    public void resumed(ProxySpec frontend) {
        announcer.announce(frontend, LogLevel.WARNING, false, "Resumed " + noun(frontend) + ".", null);
    }

    private static String noun(ProxySpec frontend) {
        return (frontend.kind() == ProxySpec.Kind.FRONTEND ? "frontend " : "proxy ") + frontend.name();
    }

    /** {@code shutdown frontend}. @param back its backend side, or null */
    public void stopped(Frontend frontend, Backend back) {
        announcer.announce(frontend.spec(), LogLevel.WARNING, false, "Proxy " + frontend.name()
                + " stopped (cumulated conns: FE: " + frontend.counts().sum(Count.CONNECTIONS) + ", BE: "
                + (back == null ? 0 : back.counts().sum(Count.SESSIONS)) + ").", null);
    }

    /**
     * What {@code option log-health-checks} adds.
     *
     * @param who {@code Health} or {@code Agent}
     */
    public void checked(Backend backend, Server server, String who, String outcome) {
        String text = who + " check for " + (server.backup() ? "backup " : "") + "server " + server + " " + outcome + ".";
        notice(backend, text);
        announcer.mail(backend.spec(), LogLevel.INFO, text);
    }

    private void publish(Backend backend, Server server, ServerState next) {
        boolean wasUp = backend.isUp();
        server.publish(next, conductor.nowMs());
        backend.serverChanged(server);
        Ranks.settle(backend);
        reckon(backend, wasUp);
    }

    private void notice(Backend backend, String text) {
        say(backend, LogLevel.NOTICE, text);
    }

    private void say(Backend backend, LogLevel level, String text) {
        announcer.announce(backend.spec(), level, false, text, null);
    }

    private static String online(Backend backend) {
        return Tally.of(backend).online() + " 0 sessions requeued, " + backend.queue().value() + " total in queue.";
    }

    private static String left(Backend backend, Server server) {
        return Tally.of(backend).left() + " " + server.sessions().value() + " sessions active, 0 requeued, "
                + backend.queue().value() + " remaining in queue.";
    }

    private static String subject(Server server) {
        return (server.backup() ? "Backup Server " : "Server ") + server;
    }

    /** How many servers of each kind a backend can use. */
    private record Tally(int active, int backup) {

        static Tally of(Backend backend) {
            int active = 0;
            int backup = 0;
            for (Server server : backend.servers()) {
                if (server.usable()) {
                    if (server.backup()) {
                        backup++;
                    } else {
                        active++;
                    }
                }
            }
            return new Tally(active, backup);
        }

        String online() {
            return counts() + "online." + runningOn();
        }

        String left() {
            return counts() + "left." + runningOn();
        }

        private String counts() {
            return active + " active and " + backup + " backup servers ";
        }

        private String runningOn() {
            return active == 0 && backup > 0 ? " Running on backup." : "";
        }
    }
}
