package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Command;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Text;
import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code deploy}: replaces servers of a backend by others while traffic runs. A command of ours. */
final class DeployCommands {

    private static final String USAGE = "Usage: deploy <backend> from <srv>[,<srv>...] to <srv>[,<srv>...] [step <n>%] "
            + "[drain <time>] [healthy-within <time>] [abort-if errors > <n>[%]]";
    private static final int DRAIN_MS = 30_000;
    private static final int HEALTHY_WITHIN_MS = 30_000;

    private final Site site;
    private final Set<Backend> busy = new HashSet<>();

    private DeployCommands(Site site) {
        this.site = site;
    }

    static void addTo(List<Command> table, Site site) {
        DeployCommands own = new DeployCommands(site);
        table.add(new Command("deploy", Level.ADMIN, "deploy <bk> from <srv,...> to <srv,...> [opts]",
                "replace servers step by step, health first, and back if that fails", own::deploy));
    }

    private Answer deploy(Call call) {
        if (!call.word(2).equals("from") || !call.word(4).equals("to") || !call.has(5)) {
            return Text.error(USAGE);
        }
        Backend backend = Proxies.backend(site, call.word(1));
        if (backend == null) {
            return Text.error("No such backend.");
        }
        List<Server> from = new ArrayList<>();
        List<Server> to = new ArrayList<>();
        String wrong = find(backend, call.word(3), from);
        wrong = wrong == null ? find(backend, call.word(5), to) : wrong;
        wrong = wrong == null ? unfit(from, to) : wrong;
        if (wrong != null) {
            return Text.error(wrong);
        }
        DeployTerms terms = terms(call);
        if (terms == null) {
            return Text.error(USAGE);
        }
        if (!busy.add(backend)) {
            return Text.error("Another deployment of backend '" + backend.name() + "' is still in progress.");
        }
        Deployment deployment = new Deployment(site, call.terminal(), backend, from, to, terms,
                () -> busy.remove(backend));
        deployment.begin();
        return deployment;
    }

    private static String find(Backend backend, String names, List<Server> found) {
        for (String name : names.split(",")) {
            Server named = null;
            for (Server server : backend.servers()) {
                named = server.name().equals(name) ? server : named;
            }
            if (named == null) {
                return "No such server '" + name + "'.";
            }
            if (found.contains(named)) {
                return "Server '" + name + "' is named twice.";
            }
            found.add(named);
        }
        return found.isEmpty() ? USAGE : null;
    }

    private String unfit(List<Server> from, List<Server> to) {
        for (Server server : to) {
            if (from.contains(server)) {
                return "Server '" + server.name() + "' is named on both sides.";
            }
            if (site.checks().of(server) == null) {
                return "Server '" + server.name() + "' has no health check to wait for.";
            }
            if (server.state().isUsable()) {
                return "Server '" + server.name() + "' gets traffic already.";
            }
        }
        return null;
    }

    /** Null when they cannot be read. */
    private static DeployTerms terms(Call call) {
        int step = 100;
        long drain = DRAIN_MS;
        long within = HEALTHY_WITHIN_MS;
        DeployTerms.Limit limit = null;
        for (int at = 6; call.has(at); at += 2) {
            String value = call.word(at + 1);
            switch (call.word(at)) {
                case "step" -> step = value.endsWith("%") ? Whole.leading(value) : 0;
                case "drain" -> drain = Numbers.time(value, Numbers.Unit.MS, Numbers.Unit.MS);
                case "healthy-within" -> within = Numbers.time(value, Numbers.Unit.MS, Numbers.Unit.MS);
                case "abort-if" -> {
                    limit = DeployTerms.Limit.of(value, call.word(at + 2), call.word(at + 3));
                    if (limit == null) {
                        return null;
                    }
                    at += 2;
                }
                default -> {
                    return null;
                }
            }
        }
        boolean fits = step >= 1 && step <= 100 && drain >= 0 && within > 0;
        return fits ? new DeployTerms(step, drain, within, limit) : null;
    }
}
