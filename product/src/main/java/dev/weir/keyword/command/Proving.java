package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Family;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.upkeep.check.ServerCheck;

/**
 * Brings servers into traffic only once a check has passed, and says how far one is from getting any. Additions of ours to
 * HAProxy's commands. On the Conductor's thread.
 */
final class Proving {

    private final Site site;

    Proving(Site site) {
        this.site = site;
    }

    /** {@code enable server ... when-healthy}. */
    Answer whenHealthy(Backend backend, Server server) {
        if (site.checks().of(server) == null) {
            return Text.error("Health check was not configured on this server, cannot wait for it.");
        }
        begin(backend, server, false);
        return Text.NOTHING;
    }

    /**
     * Out of maintenance: into traffic after one check, or at once where there is none.
     *
     * @param heldBack whether it stays drained also when it is well
     */
    void begin(Backend backend, Server server, boolean heldBack) {
        ServerCheck check = site.checks().of(server);
        ServerCheck agent = site.checks().agentOf(server);
        boolean serves = !server.state().inMaintenance() && server.state().operation() != ServerState.Operation.STOPPED;
        if (serves || check == null) {
            if (heldBack) {
                site.changes().drain(backend, server);
            } else {
                site.changes().ready(backend, server);
            }
        } else {
            site.changes().prove(backend, server, heldBack);
            check.prove();
        }
        if (agent != null && !agent.isEnabled()) {
            agent.enable(true);
        }
        site.checks().administered(server);
    }

    /** What state a server is in and what it still lacks to get traffic, in sentences. */
    String situation(Backend backend, Server server) {
        ServerState state = server.state();
        ServerCheck check = site.checks().of(server);
        StringBuilder out = new StringBuilder();
        boolean forced = (state.admin() & ServerState.Admin.FORCED_MAINTENANCE) != 0;
        boolean nowhere = server.host() != null && server.address().family() == Family.NONE;
        if (state.isUsable()) {
            out.append("Server ").append(server).append(" is UP and gets traffic.\n");
            return out.toString();
        }
        out.append("Server ").append(server).append(" is in state ")
                .append(forced ? "MAINT" : nowhere ? "MAINT (resolution)" : state.isDraining() ? "DRAIN" : "DOWN")
                .append(" and gets no traffic.\n");
        if (nowhere) {
            out.append("Its name ").append(server.host()).append(" has no address yet; it is asked for again and again.\n");
        }
        if (forced) {
            out.append("Missing: ").append(check == null ? "set server " + server + " state ready"
                    : check.isEnabled() ? "enable server " + server + " when-healthy"
                            : "enable health " + server + "; set server " + server + " state ready, or both at once: "
                                    + "enable server " + server + " when-healthy").append('\n');
        } else if (server.spec().settings().get(ServerSpec.WEIGHT) == 0 || state.weight() == 0) {
            out.append("Missing: set server ").append(server).append(" weight <more than 0>\n");
        } else {
            out.append("It gets traffic as soon as ").append(nowhere ? "it has an address"
                    + (check == null ? "" : " and a check has passed") : "a check has passed").append(".\n");
        }
        if (!backend.isPublished()) {
            out.append("Missing: publish backend ").append(backend.name()).append('\n');
        }
        return out.toString();
    }
}
