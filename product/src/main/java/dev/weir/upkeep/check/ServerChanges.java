package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogLevel;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerState;
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
    }

    private final Worker conductor;
    private final Announcer announcer;

    public ServerChanges(Worker conductor, Announcer announcer) {
        this.conductor = conductor;
        this.announcer = announcer;
    }

    /**
     * @param cause what led to it, beginning with a comma, or empty
     */
    public void up(Backend backend, Server server, String cause) {
        publish(backend, server, server.state().withOperation(ServerState.Operation.RUNNING));
        announcer.announce(backend.spec(), LogLevel.NOTICE, false,
                subject(server) + " is UP" + cause + ". " + Tally.of(backend).online() + " 0 sessions requeued, "
                        + backend.queue().value() + " total in queue.", null);
    }

    public void down(Backend backend, Server server, String cause) {
        boolean wasLast = backend.isUp();
        publish(backend, server, server.state().withOperation(ServerState.Operation.STOPPED));
        server.counts().cell(conductor.index()).increment(Count.WENT_DOWN.ordinal());
        announcer.announce(backend.spec(), LogLevel.ALERT, false,
                subject(server) + " is DOWN" + cause + ". " + Tally.of(backend).left() + " "
                        + server.sessions().value() + " sessions active, 0 requeued, " + backend.queue().value()
                        + " remaining in queue.", null);
        if (wasLast && !backend.isUp()) {
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

    /** A server that waited for an address has one, or has another one. */
    public void address(Backend backend, Server server, Address address, String by) {
        Address before = server.address();
        server.address(address);
        int bits = server.state().admin();
        boolean waited = (bits & ServerState.Admin.RESOLUTION_MAINTENANCE) != 0;
        announcer.announce(backend.spec(), LogLevel.NOTICE, false,
                server + " changed its IP from " + (before.family().isIp() ? before.host() : "(none)") + " to "
                        + address.host() + " by " + by + ".", null);
        if (waited) {
            publish(backend, server, server.state().withAdmin(bits & ~ServerState.Admin.RESOLUTION_MAINTENANCE));
            announcer.announce(backend.spec(), LogLevel.NOTICE, false, subject(server) + " administratively READY "
                    + "thanks to valid DNS answer.", null);
        }
    }

    /** Names resolve no more: nothing can be sent there until they do. */
    public void unresolved(Backend backend, Server server, String why) {
        boolean wasLast = backend.isUp();
        int bits = server.state().admin() | ServerState.Admin.RESOLUTION_MAINTENANCE;
        publish(backend, server, server.state().withAdmin(bits));
        announcer.announce(backend.spec(), LogLevel.NOTICE, false, subject(server) + " is going DOWN for maintenance ("
                + why + "). " + Tally.of(backend).left() + " " + server.sessions().value() + " sessions active, 0 requeued, "
                + backend.queue().value() + " remaining in queue.", null);
        if (wasLast && !backend.isUp()) {
            lastServerLost(backend);
        }
    }

    /** What {@code option log-health-checks} adds. */
    public void checked(Backend backend, Server server, String outcome) {
        announcer.announce(backend.spec(), LogLevel.NOTICE, false, "Health check for "
                + (server.backup() ? "backup " : "") + "server " + server + " " + outcome + ".", null);
    }

    private void publish(Backend backend, Server server, ServerState next) {
        server.publish(next, conductor.nowMs());
        backend.serverChanged(server);
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
