package dev.weir.keyword.command;

import dev.weir.admin.cli.Answer;
import dev.weir.admin.cli.Call;
import dev.weir.admin.cli.Text;
import dev.weir.config.compile.Living;
import dev.weir.config.lang.NameCharacters;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;

/** {@code set server ... name} (management.txt). On the Conductor's thread. */
final class ServerNames {

    private static final int LONGEST = 255;

    private ServerNames() {}

    static Answer rename(Site site, Backend backend, Server server, Call call) {
        String next = call.word(4);
        String wrong = next.isEmpty() ? "set server <b>/<s> name requires a new name."
                : !NameCharacters.areRight(next) ? "Server name contains invalid characters."
                : next.length() > LONGEST ? "Server name too long." : null;
        if (wrong == null && !server.state().inMaintenance()) {
            wrong = "Server must be in maintenance mode to be renamed (set server <b>/<s> state maint).";
        }
        if (wrong == null && References.toServer(site, backend, server)) {
            wrong = "Cannot rename: server's name is statically referenced (use-server, track, or sample argument).";
        }
        if (wrong == null && isTaken(backend, server, next)) {
            wrong = "A server with the same name already exists in this backend.";
        }
        if (wrong != null) {
            return Text.error(wrong);
        }
        String before = server.name();
        if (!Living.isOfFile(backend, server)) {
            ServerSpec old = server.spec();
            server.spec(new ServerSpec(old.id(), next, old.host(), old.address(), old.settings(), old.place()));
        }
        server.rename(next);
        site.changes().renamed(backend, server, before);
        return Text.info("Server name updated.");
    }

    private static boolean isTaken(Backend backend, Server renamed, String name) {
        for (Server each : backend.servers()) {
            if (each != renamed && (each.name().equals(name) || each.spec().name().equals(name))) {
                return true;
            }
        }
        return backend.spec().settings().get(ProxySpec.NAMED_SERVER_DEFAULTS).containsKey(name);
    }
}
