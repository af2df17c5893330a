package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Terminal;
import dev.weir.admin.cli.Text;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.config.compile.DynamicServers;
import dev.weir.config.compile.DynamicTls;
import dev.weir.config.compile.Living;
import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.upkeep.resolve.NameService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands that add and remove servers while traffic runs. */
final class DynamicServerCommands {

    /** What is only for servers of the configuration. */
    private static final Set<String> STATIC_OPTIONS = Set.of("init-addr", "log-bufsize", "log-proto",
            "max-reuse", "namespace", "non-stick", "redir", "stick", "socks4", "check-sni-auto", "no-check-ssl", "no-send-proxy-v2-ssl", "no-send-proxy-v2-ssl-cn",
            "no-ssl", "sni-auto", "ssl-reuse", "no-agent-check", "no-check", "no-check-reuse-pool",
            "no-check-send-proxy", "cc", "tcp-md5sig", "tcp-ut", "quic-cc-algo");

    private final Site site;
    private final Proving proving;

    private DynamicServerCommands(Site site) {
        this.site = site;
        this.proving = new Proving(site);
    }

    static void addTo(List<Command> table, Site site) {
        DynamicServerCommands own = new DynamicServerCommands(site);
        table.add(new Command("add server", Level.ADMIN, "add server <bk>/<srv>", "create a new server", own::add));
        table.add(new Command("del server", Level.ADMIN, "del server <bk>/<srv>",
                "remove a dynamically added server", own::delete));
        table.add(new Command("wait", Level.ADMIN, "wait {-h|<delay>} cond [args...]",
                "wait the specified delay or condition (-h to see list)", own::await));
    }

    private Answer help() {
        StringBuilder out = new StringBuilder("List of keywords supported for dynamic servers:\n");
        for (String keyword : site.lines().keywords()) {
            if (!STATIC_OPTIONS.contains(keyword)) {
                out.append(keyword).append('\n');
            }
        }
        return Text.dump(out);
    }

    private Answer add(Call call) {
        if (call.word(2).equals("help")) {
            return help();
        }
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
        Map<String, Settings> named = backend.spec().settings().get(ProxySpec.NAMED_SERVER_DEFAULTS);
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
        if (named.containsKey(name)) {
            return Text.error("Already exists a server with the same name in backend.");
        }
        if (!call.has(3)) {
            return Text.error("'server' expects <name> and <addr>[:<port>] as arguments.");
        }
        return create(backend, name, call);
    }

    /**
     * What of the words is ours and not the server's.
     *
     * @param line the words of a {@code server} line, from the name on
     */
    private record Asked(List<String> line, boolean enabled, boolean verbose, String track, String resolvers) {

        static Asked of(String name, Call call, int from) {
            List<String> line = new ArrayList<>(List.of(name, call.word(3)));
            List<String> options = new ArrayList<>(call.words().subList(from, call.words().size()));
            boolean verbose = options.remove("verbose");
            boolean enabled = options.remove("enabled");
            String track = taken(options, "track");
            String resolvers = taken(options, "resolvers");
            line.addAll(options);
            return new Asked(line, enabled, verbose || call.terminal().mode() == Terminal.Mode.PROMPT, track, resolvers);
        }

        /** The value of an option that is looked at here, or null. */
        private static String taken(List<String> options, String name) {
            int at = options.indexOf(name);
            if (at < 0 || at + 1 == options.size()) {
                return null;
            }
            String value = options.get(at + 1);
            options.subList(at, at + 2).clear();
            return value;
        }
    }

    private Answer create(Backend backend, String name, Call call) {
        ServerOrigin origin = ServerOrigin.of(site, backend, call.words().subList(4, call.words().size()));
        if (origin.error() != null) {
            return Text.error("'server " + backend.name() + "/" + name + "' : " + origin.error());
        }
        Asked asked = Asked.of(name, call, 4 + origin.words());
        for (String word : asked.line.subList(2, asked.line.size())) {
            if (STATIC_OPTIONS.contains(word)) {
                return Text.error("'" + word + "' option is not accepted for dynamic server");
            }
        }
        Site.ServerLines.Read read = site.lines().read(backend.spec(), asked.line);
        if (read.error() != null) {
            return Text.error(read.error());
        }
        boolean numbered = asked.line.contains("id");
        if (numbered && DynamicServers.has(backend, read.spec().id())) {
            return Text.error("'id' : custom id " + read.spec().id() + " already used in the backend.");
        }
        ServerSpec spec = layered(read.spec(), origin.settings());
        if (asked.resolvers != null) {
            spec.settings().set(ServerSpec.RESOLVERS, asked.resolvers, spec.place());
        }
        String wrong = asked.track == null ? null : follow(backend, spec, asked.track);
        String section = spec.settings().get(ServerSpec.RESOLVERS);
        if (wrong == null && section != null && names(section) == null) {
            wrong = "unable to find required resolvers '" + section + "'";
        }
        return wrong != null ? Text.error(wrong) : register(backend, spec, numbered, asked);
    }

    private static ServerSpec layered(ServerSpec read, Settings base) {
        return new ServerSpec(read.id(), read.name(), read.host(), read.address(),
                read.settings().over(base == null ? new Settings() : base), read.place());
    }

    /** Has the server track another one; what is wrong, or null. */
    private String follow(Backend backend, ServerSpec spec, String track) {
        if (spec.settings().get(ServerSpec.CHECK)) {
            return "unable to enable checks and tracking at the same time!";
        }
        if (spec.settings().get(ServerSpec.INIT_STATE) != null) {
            return "unable to set init-state and tracking at the same time!";
        }
        int slash = track.indexOf('/');
        Backend home = slash < 0 ? backend : Proxies.backend(site, track.substring(0, slash));
        if (home == null) {
            return "unable to find required proxy '" + track.substring(0, slash) + "' for tracking.";
        }
        for (Server server : home.servers()) {
            if (server.name().equals(track.substring(slash + 1))) {
                boolean checked = site.checks().of(server) != null || site.checks().agentOf(server) != null;
                if (!Living.isOfFile(home, server)) {
                    return "unable to use " + server + " for tracking as it is a dynamic server.";
                }
                spec.settings().set(ServerSpec.TRACK, track, spec.place());
                return checked ? null : "unable to use " + server
                        + " for tracking as it does not have any check nor agent enabled.";
            }
        }
        return "unable to find required server '" + track.substring(slash + 1) + "' for tracking.";
    }

    private Answer register(Backend backend, ServerSpec spec, boolean numbered, Asked asked) {
        String wrong = DynamicTls.equip(site.now().configuration().global(), backend.name(), spec);
        if (wrong != null) {
            return Text.error(wrong);
        }
        Server server = DynamicServers.make(site.runtime(), site.now().configuration().global(), backend, spec, numbered);
        wrong = site.additions().equip(Proxies.program(site, backend), server);
        if (wrong != null) {
            DynamicTls.forget(site.now().configuration().global(), server.spec());
            return Text.error(wrong);
        }
        boolean wasUp = backend.isUp();
        backend.join(server);
        site.changes().reckon(backend, wasUp);
        site.checks().add(backend, server);
        String section = server.spec().settings().get(ServerSpec.RESOLVERS);
        if (server.spec().host() != null && section != null) {
            names(section).follow(backend, server);
        } else if (server.spec().host() != null && server.address().family() == Family.NONE) {
            KeptNames.follow(site, backend, server);
        }
        if (asked.enabled) {
            proving.begin(backend, server, false);
        }
        return asked.verbose ? Text.info("New server registered.\n" + proving.situation(backend, server).stripTrailing())
                : Text.info("New server registered.");
    }

    /** The section that resolves names, or null. */
    private NameService names(String section) {
        for (NameService each : site.resolvers().get()) {
            if (each.spec().name().equals(section)) {
                return each;
            }
        }
        return null;
    }

    private Answer delete(Call call) {
        Proxies.Found found = Proxies.server(site, call.word(2));
        if (found.error() != null) {
            return Text.tightError(found.error().text().strip());
        }
        return switch (call.word(3)) {
            case "drain" -> {
                long ms = Numbers.time(call.word(4), Numbers.Unit.MS, Numbers.Unit.MS);
                yield ms < 0 || !call.has(4) ? Text.tightError("Invalid duration.")
                        : ServerRemoval.after(site, call.terminal(), found.backend(), found.server(), ms);
            }
            case "force" -> ServerRemoval.after(site, call.terminal(), found.backend(), found.server(), 0);
            default -> ServerRemoval.now(site, found.backend(), found.server());
        };
    }

    private Answer await(Call call) {
        if (call.word(1).equals("-h")) {
            return Text.dump("""
                    Usage: wait {-h|<delay>} [condition [args...]]
                      - '-h' displays this help
                      - <delay> is the maximum wait time
                    The supported conditions are:
                      - srv-removable <proxy>/<server> : this server has no connection attached
                      - be-removable <proxy>           : this backend has no server and no stream attached
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
        if (call.word(2).equals("be-removable")) {
            return new Waiting(site, call.terminal(), ms, () -> BackendCommands.removable(site, call.word(3)));
        }
        if (!call.word(2).equals("srv-removable")) {
            return Text.error("Unknown condition '" + call.word(2) + "'.");
        }
        return new Waiting(site, call.terminal(), ms, () -> {
            Proxies.Found found = Proxies.server(site, call.word(3));
            if (found.error() != null) {
                return new Waiting.State(true, found.error().text().strip());
            }
            String hindrance = ServerRemoval.hindrance(site, found.backend(), found.server());
            boolean settled = hindrance == null || ServerRemoval.isNamed(site, found.backend(), found.server());
            return new Waiting.State(settled, hindrance);
        });
    }
}
