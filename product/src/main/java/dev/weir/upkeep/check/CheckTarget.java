package dev.weir.upkeep.check;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerSpec.SendProxy;
import dev.weir.net.tls.Alpn;
import dev.weir.net.tls.TlsClient;
import dev.weir.net.tls.TlsServerEnd;

/**
 * Where the connections of one check go and how they begin, unless a step says otherwise. Immutable.
 *
 * @param address instead of the server's, or null
 * @param port instead of the server's, or 0
 */
record CheckTarget(Address address, int port) {

    /** Where a step connects to. */
    Address of(Server server, ConnectStep step, int stepPort) {
        Address own = server.address();
        Address to = step.address() != null ? step.address() : address != null ? address : own;
        if (!to.family().isIp()) {
            return to;
        }
        int chosen = stepPort > 0 ? stepPort : port > 0 ? port : to.port() > 0 ? to.port() : own.port();
        return to.withPort(chosen);
    }

    /** Which PROXY header a step sends: that of traffic, where neither port nor address is the check's own. */
    SendProxy header(Server server, ConnectStep step) {
        boolean always = server.spec().settings().get(ServerSpec.CHECK_SEND_PROXY);
        boolean own = port > 0 || address != null;
        SendProxy usual = server.sendProxy();
        boolean wanted = step.sendProxy() || step.byServer() && (always || usual != SendProxy.NONE && !own);
        return !wanted ? SendProxy.NONE : usual == SendProxy.NONE ? SendProxy.V1 : usual;
    }

    /**
     * How a step's connection is encrypted: as traffic is, where neither port nor address is the check's own.
     *
     * @param host what is going to be asked for, which is the name where lines say none; or null
     */
    TlsClient tls(Server server, ConnectStep step, String host) {
        Settings settings = server.spec().settings();
        boolean own = port > 0 || address != null;
        boolean asked = step.byServer() && (settings.get(ServerSpec.CHECK_SSL) || settings.get(ServerSpec.SSL) && !own);
        TlsServerEnd end = settings.get(ServerSpec.CHECK_TLS);
        if (end == null || !asked && step.tls() == null) {
            return null;
        }
        return new TlsClient(end, 0, name(server, step, host), step.tls() == null ? Alpn.NONE : step.tls().protocols());
    }

    /** The name that an encrypted connection asks for, or null. */
    String name(Server server, ConnectStep step, String host) {
        Settings settings = server.spec().settings();
        String name = step.tls() != null && step.tls().name() != null ? step.tls().name()
                : step.byServer() ? settings.get(ServerSpec.CHECK_SNI) : null;
        return name == null && settings.get(ServerSpec.CHECK_SNI_AUTO) ? host : name;
    }

    /** The SOCKS4 proxy that a step goes through, or null. */
    Address socks4(Server server, ConnectStep step) {
        boolean asked = step.viaSocks4() || step.byServer() && server.spec().settings().get(ServerSpec.CHECK_VIA_SOCKS4);
        return asked ? server.socks4() : null;
    }
}
