package dev.weir.config.compile;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerSpec.PortMapping;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must be true of the servers of one proxy: names, references, tracking. Boot's thread. */
final class ServerChecker {

    private final ProxySpec proxy;
    private final Configuration configuration;
    private final Diagnostics diagnostics;
    private final Map<String, ServerSpec> servers = new HashMap<>();

    ServerChecker(ProxySpec proxy, Configuration configuration, Diagnostics diagnostics) {
        this.proxy = proxy;
        this.configuration = configuration;
        this.diagnostics = diagnostics;
    }

    void run() {
        for (ServerSpec server : proxy.servers()) {
            ServerSpec other = servers.putIfAbsent(server.name(), server);
            if (other != null) {
                alert(server, "parsing [" + server.place() + "] : proxy '" + proxy.name() + "', another server named '"
                        + server.name() + "' was already defined at line " + other.place().line()
                        + ", please use distinct names.");
            }
        }
        for (ServerSpec server : proxy.servers()) {
            checkPort(server);
            checkResolvers(server);
            checkTracking(server);
        }
        for (RuleLine rule : proxy.settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals("use-server")) {
                String name = rule.args().getFirst();
                if (name.indexOf('%') < 0 && !servers.containsKey(name)) {
                    diagnostics.report(Level.ALERT, rule.place(), noun() + " '" + proxy.name()
                            + "' : unable to find server '" + name + "' referenced in a 'use-server' rule.");
                }
            }
        }
    }

    private void checkPort(ServerSpec server) {
        boolean ip = server.host() != null || server.address().family().isIp();
        boolean portless = server.settings().get(ServerSpec.PORT_MAPPING) != PortMapping.FIXED;
        if (server.settings().get(ServerSpec.CHECK) && ip && portless
                && server.settings().get(ServerSpec.CHECK_PORT) == 0 && !checksNamePorts()
                && (server.host() == null || !server.host().startsWith("_"))) {
            alert(server, "config: " + noun() + " '" + proxy.name()
                    + "': server '" + server.name() + "' has neither service port nor check port.");
        }
    }

    /** Whether the steps of the check say the port themselves. */
    private boolean checksNamePorts() {
        return !proxy.settings().get(ProxySpec.CHECK_LINES).isEmpty();
    }

    private void checkResolvers(ServerSpec server) {
        String name = server.settings().get(ServerSpec.RESOLVERS);
        if (name == null || server.host() == null) {
            return;
        }
        boolean found = name.equals("default");
        for (ResolversSpec resolvers : configuration.resolvers()) {
            found |= resolvers.name().equals(name);
        }
        if (!found) {
            alert(server, noun() + " '" + proxy.name()
                    + "', server '" + server.name() + "': unable to find required resolvers '" + name + "'");
        }
    }

    private void checkTracking(ServerSpec server) {
        String track = server.settings().get(ServerSpec.TRACK);
        if (track == null) {
            return;
        }
        String where = "[" + server.place() + "] : 'server " + proxy.name() + "/" + server.name() + "' : ";
        Set<ServerSpec> chain = new HashSet<>();
        ProxySpec home = proxy;
        ServerSpec at = server;
        while (track != null) {
            chain.add(at);
            int slash = track.lastIndexOf('/');
            String target = track;
            if (slash >= 0) {
                home = configuration.backend(track.substring(0, slash));
                if (home == null) {
                    alert(server, where + "unable to find required proxy '" + track.substring(0, slash)
                            + "' for tracking.");
                    return;
                }
                target = track.substring(slash + 1);
            }
            at = find(home, target);
            if (at == null) {
                alert(server, where + "unable to find required server '" + target + "' for tracking.");
                return;
            }
            if (chain.contains(at)) {
                alert(server, where + "unable to track " + home.name() + "/" + at.name()
                        + " as it belongs to a tracking chain looping back to " + home.name() + "/" + at.name() + ".");
                return;
            }
            track = at.settings().get(ServerSpec.TRACK);
        }
        if (!at.settings().get(ServerSpec.CHECK) && !at.settings().get(ServerSpec.AGENT_CHECK)) {
            alert(server, where + "unable to use " + home.name() + "/" + at.name()
                    + " for tracking as it does not have any check nor agent enabled.");
        }
    }

    private String noun() {
        return proxy.kind() == ProxySpec.Kind.LISTEN ? "proxy" : ConfigurationChecks.word(proxy);
    }

    private static ServerSpec find(ProxySpec home, String name) {
        for (ServerSpec server : home.servers()) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }

    private void alert(ServerSpec server, String text) {
        diagnostics.report(Level.ALERT, server.place(), text);
    }
}
