package dev.weir.keyword.command;

import dev.weir.flow.drive.HttpKit;
import dev.weir.model.server.Server;

/** The connections to a server that carry nothing. Stateless. */
final class IdleConnections {

    private IdleConnections() {}

    /** Closes them on all workers, each in its next turn. */
    static void close(Site site, Server server) {
        for (HttpKit kit : site.runtime().kits()) {
            if (kit != null) {
                kit.idle().forget(server.idleShare());
                kit.shared().forget(server.idleShare());
            }
        }
    }
}
