package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.upkeep.check.ServerCheck;
import java.util.List;

/** Commands that change servers: state, health, weight, limit. */
final class ServerCommands {

    private static final int MOST_WEIGHT = 256;
    private static final String USAGE = "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | "
            + "agent-send | check-addr | check-port | fqdn | health | name | ssl | state | weight";
    static final String CHANGED = ", changed from CLI";

    /** What is done to a server that exists. */
    private interface Deed {
        Answer to(Backend backend, Server server, Call call);
    }

    private final Site site;
    private final ServerAddressCommands addresses;
    private final AgentCommands agents;

    ServerCommands(Site site) {
        this.site = site;
        this.addresses = new ServerAddressCommands(site);
        this.agents = new AgentCommands(site);
    }

    static void addTo(List<Command> table, Site site) {
        ServerCommands own = new ServerCommands(site);
        table.add(own.row("set server", "set server <bk>/<srv> [opts]",
                "change a server's state, weight, address or ssl", own::set));
        table.add(own.row("set weight", "set weight <bk>/<srv>  (DEPRECATED)",
                "change a server's weight (use 'set server' instead)", (b, s, call) -> own.weigh(b, s, call.word(3))));
        table.add(new Command("get weight", Level.USER, "get weight <bk>/<srv>", "report a server's current weight",
                call -> own.on(call, ServerCommands::weight)));
        table.add(own.row("enable server", "enable server  (DEPRECATED)",
                "enable a disabled server (use 'set server' instead)",
                (b, s, call) -> call.word(3).equals("when-healthy") ? new Proving(site).whenHealthy(b, s)
                        : own.state(b, s, "ready")));
        table.add(own.row("disable server", "disable server (DEPRECATED)",
                "disable a server for maintenance (use 'set server' instead)",
                (b, s, call) -> own.state(b, s, "maint")));
        table.add(own.row("enable health", "enable health", "enable health checks",
                (b, s, call) -> own.checks(s, true)));
        table.add(own.row("disable health", "disable health", "disable health checks",
                (b, s, call) -> own.checks(s, false)));
        table.add(own.row("enable agent", "enable agent", "enable agent checks",
                (b, s, call) -> own.agents.enable(s, true)));
        table.add(own.row("disable agent", "disable agent", "disable agent checks",
                (b, s, call) -> own.agents.enable(s, false)));
        table.add(new Command("set maxconn server", Level.ADMIN, "set maxconn server <bk>/<srv>",
                "change a server's maxconn setting", own::maxconn));
    }

    private Command row(String name, String usage, String purpose, Deed deed) {
        return new Command(name, Level.ADMIN, usage, purpose, call -> on(call, deed));
    }

    private Answer on(Call call, Deed deed) {
        Proxies.Found found = Proxies.server(site, call.word(2));
        return found.error() != null ? found.error() : deed.to(found.backend(), found.server(), call);
    }

    private Answer set(Backend backend, Server server, Call call) {
        return switch (call.word(3)) {
            case "state" -> state(backend, server, call.word(4));
            case "weight" -> weigh(backend, server, call.word(4));
            case "health" -> health(backend, server, call.word(4));
            case "addr" -> addresses.addr(backend, server, call);
            case "name" -> ServerNames.rename(site, backend, server, call);
            case "check-port" -> addresses.checkPort(server, call);
            case "check-addr" -> addresses.checkAddr(server, call);
            case "fqdn" -> addresses.name(backend, server, call);
            case "agent" -> agents.force(backend, server, call);
            case "agent-send" -> agents.question(server, call);
            case "agent-addr" -> addresses.agentAddr(server, call);
            case "agent-port" -> addresses.agentPort(server, call);
            case "ssl" -> Text.error("'set server <srv> ssl' cannot be set.  "
                    + "default-server should define ssl settings");
            default -> Text.error(USAGE);
        };
    }

    Answer state(Backend backend, Server server, String wanted) {
        boolean wasOut = server.state().inMaintenance();
        switch (wanted) {
            case "ready" -> site.changes().ready(backend, server);
            case "drain" -> site.changes().drain(backend, server);
            case "maint" -> {
                site.changes().maintain(backend, server);
                IdleConnections.close(site, server);
            }
            default -> {
                return Text.error("'set server <srv> state' expects 'ready', 'drain' and 'maint'.");
            }
        }
        site.checks().administered(server);
        ServerCheck check = site.checks().of(server);
        if (check != null && wasOut != server.state().inMaintenance()) {
            check.maintained(wasOut);
        }
        return Text.NOTHING;
    }

    Answer health(Backend backend, Server server, String wanted) {
        if (server.spec().settings().get(ServerSpec.TRACK) != null) {
            return Text.error("cannot change health on a tracking server.");
        }
        ServerState.Operation next = switch (wanted) {
            case "up" -> ServerState.Operation.RUNNING;
            case "stopping" -> ServerState.Operation.STOPPING;
            case "down" -> ServerState.Operation.STOPPED;
            default -> null;
        };
        if (next == null) {
            return Text.error("'set server <srv> health' expects 'up', 'stopping', or 'down'.");
        }
        ServerCheck check = site.checks().of(server);
        if (check != null) {
            check.force(next != ServerState.Operation.STOPPED);
        }
        site.checks().force(backend, server, next, CHANGED);
        return Text.NOTHING;
    }

    Answer checks(Server server, boolean on) {
        ServerCheck check = site.checks().of(server);
        if (check == null) {
            return on ? Text.error("Health check was not configured on this server, cannot enable.") : Text.NOTHING;
        }
        check.enable(on);
        return Text.NOTHING;
    }

    private static Answer weight(Backend backend, Server server, Call call) {
        return Text.dump(server.state().weight() + " (initial " + server.spec().weight() + ")\n");
    }

    private Answer weigh(Backend backend, Server server, String text) {
        if (text.isEmpty()) {
            return Text.error("Require <weight> or <weight%>.");
        }
        int length = Whole.length(text);
        if (length == 0) {
            return Text.tightError("Empty weight string empty or preceded by garbage");
        }
        boolean relative = text.startsWith("%", length);
        if (length + (relative ? 1 : 0) < text.length()) {
            return Text.tightError("Trailing garbage in weight string");
        }
        int number = Whole.leading(text);
        if (relative ? number < 0 : number < 0 || number > MOST_WEIGHT) {
            return Text.error(relative ? "Relative weight must be positive."
                    : "Absolute weight can only be between 0 and 256 inclusive.");
        }
        int initial = server.spec().weight();
        int weight = relative ? (int) Math.min((long) initial * number / 100, MOST_WEIGHT) : number;
        if (weight > 0 && weight != initial && !Algorithms.isDynamic(backend)) {
            return Text.error("Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.");
        }
        site.changes().weigh(backend, server, weight);
        return Text.NOTHING;
    }

    private Answer maxconn(Call call) {
        Proxies.Found found = Proxies.server(site, call.word(3));
        if (found.error() != null) {
            return found.error();
        }
        String text = call.word(4);
        if (text.isEmpty()) {
            return Text.error("Require <maxconn>.");
        }
        int length = Whole.length(text);
        if (length == 0) {
            return Text.tightError("maxconn string empty or preceded by garbage");
        }
        if (length < text.length()) {
            return Text.tightError("Trailing garbage in maxconn string");
        }
        found.server().maxconn(Math.max(0, Whole.leading(text)));
        found.backend().serverChanged(found.server());
        return Text.NOTHING;
    }
}
