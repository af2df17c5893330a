package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.config.compile.DynamicServers;
import dev.weir.config.compile.DynamicTls;
import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands that add and remove servers while traffic runs. */
final class DynamicServerCommands {

    /** What is only for servers of the configuration. */
    private static final Set<String> STATIC_OPTIONS = Set.of("enabled", "init-addr", "log-bufsize", "log-proto",
            "max-reuse", "namespace", "non-stick", "redir", "resolve-net", "resolve-opts", "resolve-prefer", "resolvers",
            "stick", "socks4", "check-sni-auto", "no-check-ssl", "no-send-proxy-v2-ssl", "no-send-proxy-v2-ssl-cn",
            "no-ssl", "sni-auto", "ssl-reuse", "no-agent-check", "no-check", "no-check-reuse-pool",
            "no-check-send-proxy", "cc", "tcp-md5sig", "tcp-ut", "quic-cc-algo");

    private final Site site;

    private DynamicServerCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        DynamicServerCommands own = new DynamicServerCommands(site);
        table.add(new Command("add server", Level.ADMIN, "add server <bk>/<srv>", "create a new server", own::add));
        table.add(new Command("del server", Level.ADMIN, "del server <bk>/<srv>",
                "remove a dynamically added server", own::delete));
        table.add(new Command("wait", Level.ADMIN, "wait {-h|<delay>} cond [args...]",
                "wait the specified delay or condition (-h to see list)", own::await));
    }

    private Answer add(Call call) {
        String words = call.word(2);
        int slash = words.indexOf('/');
        if (slash < 0 || slash == words.length() - 1) {
            return Text.tightError("Require 'backend/server'.");
        }
        Backend backend = Proxies.backend(site, words.substring(0, slash));
        if (backend == null) {
            return Text.tightError("No such backend.");
        }
        String name = words.substring(slash + 1);
        if (!Algorithms.isDynamic(backend)) {
            return Text.tightError("Backend does not support dynamic servers : "
                    + (backend.spec().kind() == ProxySpec.Kind.LISTEN ? "proxy" : "backend") + " '" + backend.name()
                    + "' uses a non dynamic load balancing method.");
        }
        for (Server server : backend.servers()) {
            if (server.name().equals(name)) {
                return Text.error("Already exists a server with the same name in backend.");
            }
        }
        if (!call.has(3)) {
            return Text.error("'server' expects <name> and <addr>[:<port>] as arguments.");
        }
        return create(backend, name, call);
    }

    private Answer create(Backend backend, String name, Call call) {
        List<String> line = new ArrayList<>();
        line.add(name);
        line.addAll(call.words().subList(3, call.words().size()));
        for (String word : line.subList(2, line.size())) {
            if (STATIC_OPTIONS.contains(word)) {
                return Text.error("'" + word + "' option is not accepted for dynamic server");
            }
        }
        Site.ServerLines.Read read = site.lines().read(backend.spec(), line);
        if (read.error() != null) {
            return Text.error(read.error());
        }
        boolean numbered = line.contains("id");
        if (numbered && DynamicServers.has(backend, read.spec().id())) {
            return Text.error("'id' : custom id " + read.spec().id() + " already used in the backend.");
        }
        if (read.spec().settings().get(ServerSpec.TRACK) != null) {
            return Text.error("'track' option is not accepted for dynamic server");
        }
        String wrong = DynamicTls.equip(site.now().configuration().global(), backend.name(), read.spec());
        if (wrong != null) {
            return Text.error(wrong);
        }
        Server server = DynamicServers.make(site.runtime(), site.now().configuration().global(), backend,
                read.spec(), numbered);
        boolean wasUp = backend.isUp();
        backend.join(server);
        site.changes().reckon(backend, wasUp);
        site.checks().add(backend, server);
        if (server.spec().host() != null && server.address().family() == Family.NONE) {
            resolve(backend, server);
        }
        return Text.info("New server registered.");
    }

    /** Asks the system once, beside the Conductor; the server gets its address when the answer comes. */
    private void resolve(Backend backend, Server server) {
        String host = server.spec().host();
        Thread.ofVirtual().name("weir-names").start(() -> {
            List<Address> found = site.lines().resolve(host);
            if (!found.isEmpty()) {
                Address address = found.getFirst().withPort(server.spec().address().port());
                site.runtime().conductor().execute(() -> {
                    if (backend.servers().contains(server) && server.address().family() == Family.NONE) {
                        site.changes().moved(backend, server, address);
                    }
                });
            }
        });
    }

    private Answer delete(Call call) {
        Proxies.Found found = Proxies.server(site, call.word(2));
        if (found.error() != null) {
            return Text.tightError(found.error().text().strip());
        }
        String hindrance = hindrance(found.backend(), found.server());
        if (hindrance != null) {
            return Text.tightError(hindrance);
        }
        boolean wasUp = found.backend().isUp();
        site.checks().remove(found.server());
        found.backend().leave(found.server());
        DynamicTls.forget(site.now().configuration().global(), found.server().spec());
        site.changes().reckon(found.backend(), wasUp);
        return Text.tightInfo("Server deleted.");
    }

    /** Why a server cannot be removed now, or null. */
    private static String hindrance(Backend backend, Server server) {
        if (isNamed(backend, server)) {
            return "This server cannot be removed at runtime due to other configuration elements pointing to it.";
        }
        if (!server.state().inMaintenance()) {
            return "Only servers in maintenance mode can be deleted.";
        }
        boolean used = server.served() > 0 || server.sessions().value() > 0 || server.queue().value() > 0
                || server.idleShare().total() > 0;
        return used ? "Server still has connections attached to it, cannot remove it." : null;
    }

    private static boolean isNamed(Backend backend, Server server) {
        for (RuleLine rule : backend.spec().settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals("use-server") && rule.args().getFirst().equals(server.name())) {
                return true;
            }
        }
        for (Server other : backend.servers()) {
            String track = other.spec().settings().get(ServerSpec.TRACK);
            if (track != null && (track.equals(server.name()) || track.equals(server.toString()))) {
                return true;
            }
        }
        return server.spec().host() != null && server.spec().settings().get(ServerSpec.RESOLVERS) != null;
    }

    private Answer await(Call call) {
        if (call.word(1).equals("-h")) {
            return Text.dump("""
                    Usage: wait {-h|<delay>} [condition [args...]]
                      - '-h' displays this help
                      - <delay> is the maximum wait time
                    The supported conditions are:
                      - srv-removable <proxy>/<server> : this server has no connection attached
                    """);
        }
        long ms = Numbers.time(call.word(1), Numbers.Unit.MS,
                Numbers.Unit.MS);
        if (ms < 0 || !call.has(1)) {
            return Text.error("Invalid duration.");
        }
        if (!call.has(2)) {
            return new Waiting(site, call.terminal(), ms, () -> new Waiting.State(false, null));
        }
        if (!call.word(2).equals("srv-removable")) {
            return Text.error("Unknown condition '" + call.word(2) + "'.");
        }
        return new Waiting(site, call.terminal(), ms, () -> {
            Proxies.Found found = Proxies.server(site, call.word(3));
            if (found.error() != null) {
                return new Waiting.State(true, found.error().text().strip());
            }
            String hindrance = hindrance(found.backend(), found.server());
            boolean settled = hindrance == null || isNamed(found.backend(), found.server());
            return new Waiting.State(settled, hindrance);
        });
    }
}
