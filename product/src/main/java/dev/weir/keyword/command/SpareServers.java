package dev.weir.keyword.command;

import dev.weir.base.time.Timer;
import dev.weir.config.compile.Living;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Servers that a template without a fixed number has made and that answers of name servers tell of no more. Each is taken
 * away once nothing uses it; one that is needed again meanwhile stays. Owned by the Conductor.
 */
public final class SpareServers extends Timer {

    private static final int LOOK_EVERY_MS = 500;

    private final Site site;
    private final Map<Server, Backend> spare = new LinkedHashMap<>();

    public SpareServers(Site site) {
        this.site = site;
    }

    /** The server is needed no more, as it seems now. */
    public void add(Backend backend, Server server) {
        if (!Living.isOfFile(backend, server)) {
            spare.put(server, backend);
            // not at once: whoever tells that is reading an answer, of which the server may be given something else
            site.runtime().conductor().arm(this, 1);
        }
    }

    @Override
    protected void fire(long nowMs) {
        spare.entrySet().removeIf(each -> isDone(each.getValue(), each.getKey()));
        if (!spare.isEmpty()) {
            site.runtime().conductor().arm(this, LOOK_EVERY_MS);
        }
    }

    private boolean isDone(Backend backend, Server server) {
        boolean needed = server.service() != null ? server.host() != null : server.address().family().isIp();
        if (needed || !backend.servers().contains(server)) {
            return true;
        }
        IdleConnections.close(site, server);
        boolean removable = ServerRemoval.hindrance(site, backend, server) == null;
        if (removable) {
            ServerRemoval.remove(site, backend, server);
        }
        return removable;
    }
}
