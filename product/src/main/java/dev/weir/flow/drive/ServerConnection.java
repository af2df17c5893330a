package dev.weir.flow.drive;

import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.H1Mux;
import dev.weir.net.mux.MuxOwner;
import dev.weir.net.mux.PoolKey;

/** A connection to a server that outlives the exchange it was made for. Worker-owned; it may change its worker. */
final class ServerConnection implements MuxOwner {

    private final Server server;
    private final H1Mux mux;
    private HttpKit kit;

    ServerConnection(Server server, HttpKit kit) {
        this.server = server;
        this.kit = kit;
        this.mux = H1Mux.asking(kit.servers(), this);
    }

    /** The one whose engine is in charge of that connection. */
    static ServerConnection of(Connection connection) {
        return (ServerConnection) ((H1Mux) connection.engine()).owner();
    }

    H1Mux mux() {
        return mux;
    }

    /** It belongs to the worker of that kit now. */
    void movedTo(HttpKit next) {
        kit = next;
        mux.movedTo(next.servers());
    }

    @Override
    public void idle() {
        kit.idle().put(PoolKey.plain(server.idleShare()), mux.connection());
    }

    @Override
    public void gone() {
        // an exchange that was under way has heard of it by itself
    }
}
