package dev.weir.flow.drive;

import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Connection;

/**
 * What goes to a server before the first byte of the client: a PROXY header, a hello with a name, or nothing. Chosen at
 * construction.
 */
public interface ServerPreface {

    void send(Exchange exchange, Server server, Connection connection);

    /** Takes over what another one knows of a server that has come. */
    default void add(Server server, ServerPreface others) {
        // what says nothing of any server has nothing to add
    }

    /** The name that an encrypted connection to that server asks for, or null. */
    default String serverName(ExchangeContext context, Server server) {
        return null;
    }

    /** The name that only connections have which this exchange may use, or null. */
    default String poolName(ExchangeContext context, Server server) {
        return null;
    }
}
