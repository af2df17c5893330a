package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Connection;
import dev.weir.net.sock.SockOpt;

/** Where to connect for a server: its address, with what the server line takes from the client's. Stateless. */
final class Targets {

    private Targets() {}

    /** Marks the packets to the server as rules have asked for. */
    static void mark(Exchange exchange, Connection connection) {
        if (exchange.adjustments().serverMark() >= 0) {
            connection.option(SockOpt.SO_MARK, exchange.adjustments().serverMark());
        }
        if (exchange.adjustments().serverTos() >= 0) {
            connection.typeOfService(exchange.adjustments().serverTos());
        }
    }

    static Address of(Server server, Exchange exchange) {
        Address address = server.address();
        ServerSpec.PortMapping mapping = server.portMapping();
        if (mapping == ServerSpec.PortMapping.FIXED || !address.family().isIp()) {
            return address;
        }
        int asked = exchange.frontendAddress().port();
        return address.withPort(mapping == ServerSpec.PortMapping.SAME ? asked : asked + address.port());
    }
}
