package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec.PortMapping;
import dev.weir.upkeep.check.ServerCheck;

/** {@code set server}: where a server is, and where it is checked. */
final class ServerAddressCommands {

    private static final String BY = "stats socket command";

    private final Site site;

    ServerAddressCommands(Site site) {
        this.site = site;
    }

    Answer addr(Backend backend, Server server, Call call) {
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> addr requires an address and optionally a port.");
        }
        String text = call.word(4);
        Address host = IpText.parse(text);
        if (host == null) {
            return Text.warning("Invalid addr '" + text + "' by '" + BY + "'");
        }
        Address old = server.address();
        if (!old.family().isIp() && server.spec().host() == null) {
            return Text.warning("Update for the current server address family is only supported through "
                    + "configuration file. by '" + BY + "'");
        }
        Port port = call.word(5).equals("port") ? Port.of(call.word(6), server) : Port.kept(server);
        if (port.error != null) {
            return Text.warning((host.sameHost(old) ? "" : move(backend, server, host.withPort(old.port())) + ", ")
                    + port.error + " by '" + BY + "'");
        }
        boolean samePort = port.number == old.port() && port.mapping == server.portMapping();
        if (host.sameHost(old) && samePort) {
            return Text.warning("nothing changed");
        }
        String before = shown(old.port(), server.portMapping());
        server.portMapping(port.mapping);
        String moved = move(backend, server, host.withPort(port.number));
        String ported = samePort ? "" : "port changed from '" + before + "' to '"
                + shown(port.number, port.mapping) + "'";
        return Text.warning((moved.isEmpty() || ported.isEmpty() ? moved + ported : moved + ", " + ported) + " by '"
                + BY + "'");
    }

    private String move(Backend backend, Server server, Address next) {
        Address old = server.address();
        site.changes().moved(backend, server, next);
        IdleConnections.close(site, server);
        return next.sameHost(old) ? "" : "IP changed from '" + (old.family().isIp() ? old.host() : "(none)") + "' to '"
                + next.host() + "'";
    }

    private static String shown(int port, PortMapping mapping) {
        return mapping == PortMapping.FIXED ? Integer.toString(port) : (port >= 0 ? "+" : "") + port;
    }

    /**
     * A port as commands write it.
     *
     * @param error why it cannot be, or null
     */
    private record Port(int number, PortMapping mapping, String error) {

        static Port kept(Server server) {
            return new Port(server.address().port(), server.portMapping(), null);
        }

        static Port of(String text, Server server) {
            int length = Whole.length(text);
            if (length == 0 || length < text.length()) {
                return new Port(0, null, "problem converting port '" + text + "' to an int");
            }
            boolean shifts = text.charAt(0) == '+' || text.charAt(0) == '-';
            boolean ownCheckPort = server.check() != null && server.check().detail().port() > 0;
            if (shifts && !ownCheckPort) {
                return new Port(0, null, "can't change <port> to port map because it is incompatible with current "
                        + "health check port configuration (use 'port' statement from the 'server' directive.");
            }
            int number = Whole.leading(text);
            if (Math.abs(number) > 65535) {
                return new Port(0, null, "problem converting port '" + text + "' to an int");
            }
            return new Port(number, shifts ? PortMapping.OFFSET : PortMapping.FIXED, null);
        }
    }

    Answer checkPort(Server server, Call call) {
        ServerCheck check = site.checks().of(server);
        if (check == null) {
            return Text.tightError("health checks are not enabled on this server");
        }
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> check-port requires a port.");
        }
        if (!Whole.is(call.word(4))) {
            return Text.tightError("provided port is not an integer");
        }
        int port = Whole.leading(call.word(4));
        if (port < 0 || port > 65535) {
            return Text.tightError("provided port is invalid");
        }
        check.port(port);
        return Text.NOTHING;
    }

    Answer checkAddr(Server server, Call call) {
        ServerCheck check = site.checks().of(server);
        if (check == null) {
            return Text.tightError("health checks are not enabled on this server");
        }
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> check-addr requires an address and optionally a port.");
        }
        Address address = IpText.parse(call.word(4));
        if (address == null) {
            return Text.tightError("invalid addr '" + call.word(4) + "'");
        }
        if (call.word(5).equals("port")) {
            if (!Whole.is(call.word(6))) {
                return Text.tightError("provided port is not an integer");
            }
            check.port(Math.clamp(Whole.leading(call.word(6)), 0, 65535));
        }
        check.address(address);
        return Text.NOTHING;
    }
}
