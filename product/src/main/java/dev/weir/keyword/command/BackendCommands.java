package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.base.collect.Settings;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Latecomers;
import dev.weir.config.lang.NameCharacters;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Commands that add and remove backends, and show what they and servers can be made of. */
final class BackendCommands {

    private static final String USAGE = "Usage: add backend <name> from <defproxy>.";
    private static final String NAMED =
            "This proxy cannot be removed at runtime due to other configuration elements pointing to it.";

    private final Site site;

    private BackendCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        BackendCommands own = new BackendCommands(site);
        table.add(new Command("add backend", Level.ADMIN, "add backend <backend>", "add a new backend", own::add));
        table.add(new Command("del backend", Level.ADMIN, "del backend <backend>", "delete a backend", own::delete));
        table.add(new Command("show default-server", Level.USER, "show default-server [<backend>]",
                "list default-server instances that servers can be made of", own::serverDefaults));
        table.add(new Command("show defaults", Level.USER, "show defaults",
                "list defaults sections that backends can be made of", call -> own.defaults()));
    }

    private Latecomers latecomers() {
        return site.now().configuration().global().get(GlobalSpec.LATECOMERS);
    }

    private Answer add(Call call) {
        String name = call.word(2);
        if (name.isEmpty()) {
            return Text.error("Require backend name.");
        }
        if (!call.word(3).equals("from") || !call.has(4)) {
            return Text.error(USAGE);
        }
        if (isTaken(name)) {
            return Text.error("Error during backend creation : a proxy with the same name already exists.");
        }
        if (!NameCharacters.areRight(name)) {
            return Text.error("Error during backend creation : invalid character in the name '" + name + "'.");
        }
        Settings defaults = latecomers().defaults(call.word(4));
        if (defaults == null) {
            return Text.error("Cannot find default proxy '" + call.word(4) + "'.");
        }
        ProxySpec.Mode mode = defaults.has(ProxySpec.MODE) ? defaults.get(ProxySpec.MODE) : null;
        String guid = null;
        for (int at = 5; call.has(at); at += 2) {
            if (call.word(at).equals("mode")) {
                mode = mode(call.word(at + 1));
                if (mode == null) {
                    return Text.error("Unknown proxy mode.");
                }
            } else if (call.word(at).equals("guid") && call.has(at + 1)) {
                guid = call.word(at + 1);
            } else {
                return Text.error(USAGE);
            }
        }
        return make(new Latecomers.Wanted(name, call.word(4), mode, guid));
    }

    private Answer make(Latecomers.Wanted wanted) {
        if (wanted.mode() == null) {
            return Text.error("Mode is required as '" + wanted.defaults() + "' default proxy does not explicitly defines it.");
        }
        if (wanted.mode() != ProxySpec.Mode.TCP && wanted.mode() != ProxySpec.Mode.HTTP) {
            return Text.error("Dynamic backends are compatible with only TCP or HTTP mode.");
        }
        String wrong = site.additions().addBackend(wanted);
        if (wrong != null) {
            return Text.error(wrong);
        }
        Backend backend = Proxies.backend(site, wanted.name());
        return Text.info(Algorithms.isDynamic(backend) ? "New backend registered."
                : "New backend registered (no support for dynamic servers: backend '" + backend.name()
                        + "' uses a non dynamic load balancing method).");
    }

    private boolean isTaken(String name) {
        boolean taken = Proxies.backend(site, name) != null || Proxies.frontend(site, name) != null
                || latecomers().defaults(name) != null;
        for (ProxySpec each : site.now().configuration().proxies()) {
            taken |= each.name().equals(name);
        }
        return taken || name.startsWith("#");
    }

    private static ProxySpec.Mode mode(String word) {
        return switch (word) {
            case "tcp" -> ProxySpec.Mode.TCP;
            case "http" -> ProxySpec.Mode.HTTP;
            case "log" -> ProxySpec.Mode.LOG;
            case "spop" -> ProxySpec.Mode.SPOP;
            default -> null;
        };
    }

    private Answer delete(Call call) {
        Waiting.State state = removable(site, call.word(2));
        if (state.reason() != null) {
            return Text.error(state.reason());
        }
        Backend backend = Proxies.backend(site, call.word(2));
        site.additions().removeBackend(Proxies.program(site, backend));
        return Everywhere.settled(site, call, Text.info("Backend deleted."));
    }

    /** Whether a backend can be removed now; what will never be removable is settled. */
    static Waiting.State removable(Site site, String name) {
        Backend backend = Proxies.backend(site, name);
        if (backend == null) {
            return new Waiting.State(true, "No such backend.");
        }
        ProxySpec spec = backend.spec();
        if (spec.kind() == ProxySpec.Kind.LISTEN) {
            return new Waiting.State(true, "Cannot delete a listen section.");
        }
        if (spec.settings().get(ProxySpec.STICK_TABLE) != null) {
            return new Waiting.State(true, "Cannot remove a backend with stick-table.");
        }
        if (References.toBackend(site, spec.name())) {
            return new Waiting.State(true, NAMED);
        }
        if (backend.isPublished()) {
            return new Waiting.State(true, "Backend must be unpublished prior to its deletion.");
        }
        if (!backend.servers().isEmpty()) {
            return new Waiting.State(true, "Only a backend without server can be deleted.");
        }
        return backend.sessions().value() > 0 || backend.queue().value() > 0
                ? new Waiting.State(false, "Backend still has attached streams on it.") : new Waiting.State(true, null);
    }

    private Answer defaults() {
        StringBuilder out = new StringBuilder();
        latecomers().defaults().forEach(name -> out.append(name).append('\n'));
        return Text.dump(out);
    }

    private Answer serverDefaults(Call call) {
        Backend only = call.has(2) ? Proxies.backend(site, call.word(2)) : null;
        if (call.has(2) && only == null) {
            return Text.error("No such backend.");
        }
        StringBuilder out = new StringBuilder();
        List<BackendProgram> all = ServerOrigin.arePurged(site) ? List.of() : new ArrayList<>(site.now().backends());
        for (BackendProgram program : all) {
            Backend backend = program.backend();
            if (only != null && backend != only) {
                continue;
            }
            Settings settings = backend.spec().settings();
            if (settings.get(ProxySpec.SERVER_DEFAULTS).saysAnything()) {
                out.append("* ").append(backend.name()).append('\n');
            }
            for (String name : new TreeMap<>(settings.get(ProxySpec.NAMED_SERVER_DEFAULTS)).keySet()) {
                out.append("* ").append(backend.name()).append('/').append(name).append('\n');
            }
        }
        return Text.dump(out);
    }
}
