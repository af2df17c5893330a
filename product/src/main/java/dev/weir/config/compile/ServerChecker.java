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
import java.util.List;
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
            checkSection(server);
            warn(server);
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

    private void checkSection(ServerSpec server) {
        String name = server.settings().get(ServerSpec.HEALTHCHECK);
        boolean found = name == null;
        for (SectionSpec section : configuration.others()) {
            found |= section.kind() == Section.HEALTHCHECK && section.name().equals(name);
        }
        if (!found) {
            alert(server, "'server " + proxy.name() + "/" + server.name() + "' : unable to find healthcheck section '"
                    + name + "'.");
        }
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
        if (server.settings().get(ServerSpec.CHECK)) {
            alert(server, where + "unable to enable checks and tracking at the same time!");
            return;
        }
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

    private void warn(ServerSpec server) {
        if (server.settings().get(ServerSpec.COOKIE) != null
                && proxy.settings().get(ProxySpec.MODE) != ProxySpec.Mode.HTTP) {
            diagnostics.report(Level.WARNING, server.place(), noun() + " '" + proxy.name()
                    + "' : ignoring cookie for server '" + server.name() + "' as HTTP mode is disabled.");
        }
        if (server.settings().get(ServerSpec.TFO) && !retriesAfterSending()) {
            diagnostics.report(Level.WARNING, server.place(), "[" + server.place() + "] : 'server " + proxy.name() + "/"
                    + server.name() + "' : server has tfo activated, the backend should be configured with at least "
                    + "'conn-failure', 'empty-response' and 'response-timeout' or we wouldn't be able to retry the "
                    + "connection on failure.");
        }
    }

    private boolean retriesAfterSending() {
        for (RuleLine rule : proxy.settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals("retry-on") && (rule.args().contains("all-retryable-errors")
                    || rule.args().containsAll(List.of("conn-failure", "empty-response", "response-timeout")))) {
                return true;
            }
        }
        return false;
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
