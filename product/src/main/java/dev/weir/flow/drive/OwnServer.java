package dev.weir.flow.drive;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;

/**
 * What a client connection has of servers: the one that answered last, and a connection to it that serves this client only,
 * while it waits for the next request. Worker-owned.
 */
final class OwnServer {

    private ServerConnection own;
    private Server last;
    private Backend home;
    private boolean authenticating;
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

    /** A server has been connected to. */
    void used(Server server, Backend of) {
        last = server;
        home = of;
    }

    /** A server asks who the client is: what follows is for the same one, as long as its connection lasts. */
    void challenged() {
        authenticating = true;
    }

    /** The server to ask again before one is balanced, or null. */
    Server preferred(Backend of, ServerTerms terms) {
        boolean bound = authenticating && own != null;
        if (last == null || home != of || !bound && !terms.prefersLast() || !last.state().isUsable()) {
            return null;
        }
        boolean full = last.maxconn() > 0 && last.sessions().value() >= last.maxconn();
        boolean crowded = !bound && terms.mostQueued() >= 0 && full && last.queue().value() >= terms.mostQueued();
        return crowded ? null : last;
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
