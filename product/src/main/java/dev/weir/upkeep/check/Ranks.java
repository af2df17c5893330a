package dev.weir.upkeep.check;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;

/**
 * Lets servers of a service stand by that come after others in its order (RFC 2782: a client must try the lowest priority
 * that it can reach). Whoever is sent to one of them on purpose still gets there. Only for the Conductor's thread.
 */
final class Ranks {

    private Ranks() {}

    /** The best rank that anybody usable has serves. */
    static void settle(Backend backend) {
        int best = Integer.MAX_VALUE;
        boolean ranked = false;
        for (Server server : backend.servers()) {
            ranked |= server.rank() > 0 || server.isStandby();
            best = server.usable() ? Math.min(best, server.rank()) : best;
        }
        if (!ranked) {
            return;
        }
        for (Server server : backend.servers()) {
            boolean waits = server.rank() > best;
            if (waits != server.isStandby()) {
                server.standby(waits);
                backend.serverChanged(server);
            }
        }
    }
}
