package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.flow.exchange.Exchange;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.PoolKey;
import dev.weir.net.sock.SockOpt;

/** Where to connect for a server: its address, with what the server line takes from the client's. Stateless. */
final class Targets {

    private Targets() {}

    /** Marks the packets to the server as rules have asked for. */
    static void mark(Exchange exchange, Connection connection) {
        if (exchange.adjusted().serverMark() >= 0) {
            connection.option(SockOpt.SO_MARK, exchange.adjusted().serverMark());
        }
        if (exchange.adjusted().serverTos() >= 0) {
            connection.typeOfService(exchange.adjusted().serverTos());
        }
    }

    /**
     * What an idle connection must be to fit: computed once per request.
     *
     * @param name what an encrypted one must have asked for, or null
     */
    static PoolKey key(Server server, Exchange exchange, Address origin, String name) {
        if (server.isReversed()) {
            return name == null ? PoolKey.plain(server.idleShare())
                    : new PoolKey(server.idleShare(), null, null, name, 0);
        }
        boolean fixed = server.portMapping() == ServerSpec.PortMapping.FIXED && !isAny(server.address());
        boolean proxied = server.sendProxy() != ServerSpec.SendProxy.NONE;
        if (fixed && !proxied && origin == null && name == null) {
            return PoolKey.plain(server.idleShare());
        }
        long preamble = proxied ? 31 * exchange.clientAddress().hashCode() + exchange.frontendAddress().hashCode() : 0;
        return new PoolKey(server.idleShare(), fixed ? null : of(server, exchange), origin, name, preamble);
    }

    /** 0.0.0.0 and ::, which stand for whatever the client called. */
    private static boolean isAny(Address address) {
        return address.family().isIp() && address.low() == 0 && address.high() == 0;
    }

    static Address of(Server server, Exchange exchange) {
        Address address = server.address();
        if (isAny(address) && exchange.frontendAddress().family().isIp()) {
            Address called = exchange.frontendAddress();
            return address.port() > 0 && server.portMapping() == ServerSpec.PortMapping.FIXED
                    ? called.withPort(address.port()) : called;
        }
        ServerSpec.PortMapping mapping = server.portMapping();
        if (mapping == ServerSpec.PortMapping.FIXED || !address.family().isIp()) {
            return address;
        }
        int asked = exchange.frontendAddress().port();
        return address.withPort(mapping == ServerSpec.PortMapping.SAME ? asked : asked + address.port());
    }
}
