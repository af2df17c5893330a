package dev.weir.keyword.command;

import dev.weir.admin.stats.StatsAdmin;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.upkeep.check.ServerCheck;
import java.util.function.Consumer;

/** What the forms of the statistics page do, done like the commands of the same effect. On the Conductor's thread. */
public final class PageAdmin implements StatsAdmin {

    private final Site site;
    private final ServerCommands servers;
    private final AgentCommands agents;

    public PageAdmin(Site site) {
        this.site = site;
        this.servers = new ServerCommands(site);
        this.agents = new AgentCommands(site);
    }

    @Override
    public void perform(Order order, Consumer<Outcome> then) {
        site.runtime().conductor().execute(() -> then.accept(perform(order)));
    }

    private Outcome perform(Order order) {
        if (order.backend() == null || order.action() == null || order.servers().isEmpty()) {
            return bad(order) ? Outcome.ERRP : Outcome.NONE;
        }
        Backend backend = backend(order.backend());
        if (backend == null || !isKnown(order.action())) {
            return Outcome.ERRP;
        }
        int asked = 0;
        int done = 0;
        for (String name : order.servers()) {
            Server server = server(backend, name);
            boolean did = server != null && on(backend, server, order.action());
            done += did ? 1 : 0;
            asked += server == null || did ? 1 : 0;
        }
        if (done == asked) {
            return done == 0 ? Outcome.NONE : Outcome.DONE;
        }
        return done == 0 ? Outcome.ERRP : Outcome.PART;
    }

    /** What is said must be right, even where too little is said. */
    private boolean bad(Order order) {
        return order.backend() != null && backend(order.backend()) == null
                || order.action() != null && !isKnown(order.action());
    }

    private static boolean isKnown(String action) {
        return switch (action) {
            case "ready", "drain", "maint", "dhlth", "ehlth", "hrunn", "hnolb", "hdown", "dagent", "eagent", "arunn",
                    "adown", "shutdown", "disable", "enable", "stop", "start" -> true;
            default -> false;
        };
    }

    private Backend backend(String said) {
        for (BackendProgram program : site.now().backends()) {
            Backend backend = program.backend();
            if (backend.name().equals(said) || said.equals("#" + backend.id())) {
                return backend;
            }
        }
        return null;
    }

    private static Server server(Backend backend, String said) {
        for (Server server : backend.servers()) {
            if (server.name().equals(said) || said.equals("#" + server.id())) {
                return server;
            }
        }
        return null;
    }

    /** Whether there was something to do. */
    private boolean on(Backend backend, Server server, String action) {
        ServerState state = server.state();
        ServerCheck check = site.checks().of(server);
        ServerCheck agent = site.checks().agentOf(server);
        boolean tracks = server.spec().settings().get(ServerSpec.TRACK) != null;
        return switch (action) {
            case "ready" -> state(backend, server, "ready");
            case "drain" -> state(backend, server, "drain");
            case "maint" -> state(backend, server, "maint");
            case "disable" -> !state.inMaintenance() && state(backend, server, "maint");
            case "enable" -> state.inMaintenance() && state(backend, server, "ready");
            case "stop" -> !state.isDraining() && state(backend, server, "drain");
            case "start" -> state.isDraining() && state(backend, server, "ready");
            case "dhlth", "ehlth" -> check != null && did(() -> servers.checks(server, action.equals("ehlth")));
            case "hrunn" -> !tracks && did(() -> servers.health(backend, server, "up"));
            case "hnolb" -> !tracks && did(() -> servers.health(backend, server, "stopping"));
            case "hdown" -> !tracks && did(() -> servers.health(backend, server, "down"));
            case "dagent", "eagent" -> agent != null && did(() -> agents.enable(server, action.equals("eagent")));
            case "arunn", "adown" -> agent != null && agent.isEnabled()
                    && did(() -> agents.force(backend, server, action.equals("arunn")));
            default -> did(() -> site.changes().cutOff(server));
        };
    }

    private boolean state(Backend backend, Server server, String wanted) {
        return did(() -> servers.state(backend, server, wanted));
    }

    private static boolean did(Runnable what) {
        what.run();
        return true;
    }
}
