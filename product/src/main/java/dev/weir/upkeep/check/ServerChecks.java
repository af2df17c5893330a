package dev.weir.upkeep.check;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks of all servers that have one. Filled at start; owned by the Conductor from then on. */
public final class ServerChecks {

    private final Worker conductor;
    private final ServerChanges changes;
    private final Map<Server, ServerCheck> checks = new LinkedHashMap<>();

    public ServerChecks(Worker conductor, ServerChanges changes) {
        this.conductor = conductor;
        this.changes = changes;
    }

    /** Makes the check of a server that wants one. It makes none before it is started or enabled. */
    public void add(Backend backend, Server server) {
        if (server.spec().settings().get(ServerSpec.CHECK)) {
            checks.put(server, new ServerCheck(conductor, backend, server, changes));
        }
    }

    /** The check of a server, or null when none was configured. */
    public ServerCheck of(Server server) {
        return checks.get(server);
    }

    /** Starts them, spread over the shortest interval, so that they do not come in bursts ever after. */
    public void start() {
        int shortest = Integer.MAX_VALUE;
        for (Server server : checks.keySet()) {
            shortest = Math.min(shortest, server.spec().settings().get(ServerSpec.INTER_MS));
        }
        int started = 0;
        for (ServerCheck check : checks.values()) {
            check.start((long) shortest * started++ / checks.size());
        }
    }

    public void remove(Server server) {
        ServerCheck check = checks.remove(server);
        if (check != null) {
            check.stop();
        }
    }

    public void stop() {
        checks.values().forEach(ServerCheck::stop);
    }
}
