package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Later;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec.PortMapping;
import dev.weir.upkeep.check.ServerCheck;
import dev.weir.upkeep.resolve.NameService;
import java.util.List;

/** {@code set server}: where a server is, and where it is checked. */
final class ServerAddressCommands {

    private static final int HIGHEST_PORT = 65_535;
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
            if (Math.abs(number) > HIGHEST_PORT) {
                return new Port(0, null, "problem converting port '" + text + "' to an int");
            }
            return new Port(number, shifts ? PortMapping.OFFSET : PortMapping.FIXED, null);
        }
    }

    /** Another name to follow. */
    Answer name(Backend backend, Server server, Call call) {
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> fqdn requires a FQDN.");
        }
        for (NameService service : site.resolvers().get()) {
            if (service.follows(server)) {
                return rename(service, backend, server, call.word(4));
            }
        }
        return Text.error("set server <b>/<s> fqdn failed because no resolution is configured.");
    }

    private static Answer rename(NameService service, Backend backend, Server server, String next) {
        String before = server.host();
        if (next.equals(before)) {
            return Text.warning("no need to change the FDQN by '" + BY + "'");
        }
        if (!next.chars().allMatch(ServerAddressCommands::isOfName)) {
            return Text.warning("invalid fqdn '" + next + "' by '" + BY + "'");
        }
        if (!service.rename(backend, server, next)) {
            return Text.warning("could not update " + server + " FQDN by '" + BY + "'");
        }
        return Text.warning(server + " changed its FQDN from " + before + " to " + next + " by '" + BY + "'");
    }

    private static boolean isOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    Answer checkPort(Server server, Call call) {
        return port(site.checks().of(server), "check", "health", call);
    }

    Answer agentPort(Server server, Call call) {
        return port(site.checks().agentOf(server), "agent", "agent", call);
    }

    private static Answer port(ServerCheck check, String word, String kind, Call call) {
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> " + word + "-port requires a port.");
        }
        Answer refusal = refusal(check, kind, call.word(4));
        if (refusal == null) {
            check.port(Whole.leading(call.word(4)));
        }
        return refusal == null ? Text.NOTHING : refusal;
    }

    /** Why a check cannot get that port, or null. */
    private static Answer refusal(ServerCheck check, String kind, String port) {
        if (check == null || !check.isEnabled()) {
            return Text.tightError(kind + " checks are not enabled on this server");
        }
        if (!Whole.is(port)) {
            return Text.tightError("provided port is not an integer");
        }
        int number = Whole.leading(port);
        return number < 0 || number > HIGHEST_PORT ? Text.tightError("provided port is invalid") : null;
    }

    Answer checkAddr(Server server, Call call) {
        Answer refusal = addressRefusal(site.checks().of(server), "check", "health", call);
        if (refusal != null) {
            return refusal;
        }
        Address address = IpText.parse(call.word(4));
        return address == null ? invalid(call) : place(site.checks().of(server), address, call);
    }

    /** A name is asked of the system; that may take long, so others are served meanwhile. */
    Answer agentAddr(Server server, Call call) {
        ServerCheck agent = site.checks().agentOf(server);
        Answer refusal = addressRefusal(agent, "agent", "agent", call);
        if (refusal != null) {
            return refusal;
        }
        Address address = IpText.parse(call.word(4));
        if (address != null) {
            return place(agent, address, call);
        }
        Later later = new Later(call.terminal());
        Thread.ofVirtual().name("weir-names").start(() -> {
            List<Address> found = site.lines().resolve(call.word(4));
            site.runtime().conductor().execute(() -> later.give(
                    found.isEmpty() ? invalid(call) : place(agent, found.getFirst(), call)));
        });
        return later;
    }

    private static Answer invalid(Call call) {
        return Text.tightError("invalid addr '" + call.word(4) + "'");
    }

    private static Answer addressRefusal(ServerCheck check, String word, String kind, Call call) {
        if (!call.has(4)) {
            return Text.error("set server <b>/<s> " + word + "-addr requires an address and optionally a port.");
        }
        return refusal(check, kind, "0");
    }

    private static Answer place(ServerCheck check, Address address, Call call) {
        if (call.word(5).equals("port")) {
            Answer refusal = refusal(check, "", call.word(6));
            if (refusal != null) {
                return refusal;
            }
            check.port(Whole.leading(call.word(6)));
        }
        check.address(address);
        return Text.NOTHING;
    }
}
