package dev.weir.flow.drive;

import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;

/** The connection to a server that serves one client connection only, while it waits for its next request. Worker-owned. */
final class OwnServer {

    private ServerConnection own;
    private boolean left;

    void keep(ServerConnection connection) {
        if (left) {
            connection.connection().close();
            return;
        }
        if (own != null && own != connection) {
            own.connection().close();
        }
        own = connection;
    }

    void lost(ServerConnection connection) {
        if (own == connection) {
            own = null;
        }
    }

    /** It, if it leads to that server; to another one it is of no use any more. */
    Connection take(Server server) {
        ServerConnection kept = own;
        own = null;
        if (kept == null) {
            return null;
        }
        Connection to = kept.connection();
        if (kept.server() == server && to.isOpen()) {
            return to;
        }
        to.close();
        return null;
    }

    /** The client is gone. */
    void leave() {
        left = true;
        if (own != null) {
            own.connection().close();
        }
    }
}
