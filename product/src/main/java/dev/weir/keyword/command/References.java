package dev.weir.keyword.command;

import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;

/** Where lines of the configuration call backends and servers by their names, so that these must stay. Stateless. */
final class References {

    private References() {}

    /** Whether a rule, a default or the argument of a fetch names the backend. */
    static boolean toBackend(Site site, String name) {
        for (ProxySpec each : site.now().configuration().proxies()) {
            if (name.equals(each.settings().get(ProxySpec.DEFAULT_BACKEND)) || inRules(each, "use_backend", name, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a rule, the argument of a fetch, or another server names the server. */
    static boolean toServer(Site site, Backend backend, Server server) {
        if (inRules(backend.spec(), "use-server", server.name(), server.name())) {
            return true;
        }
        for (ProxySpec each : site.now().configuration().proxies()) {
            if (inRules(each, "", "", server.toString())) {
                return true;
            }
        }
        for (Server other : backend.servers()) {
            String track = other.spec().settings().get(ServerSpec.TRACK);
            if (track != null && (track.equals(server.name()) || track.equals(server.toString()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean inRules(ProxySpec proxy, String kind, String target, String argument) {
        for (RuleLine rule : proxy.settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals(kind) && rule.args().getFirst().equals(target)) {
                return true;
            }
            for (String word : rule.args()) {
                if (isArgument(word, argument)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a word has it among the arguments of a fetch or converter. */
    private static boolean isArgument(String word, String name) {
        int at = word.indexOf(name);
        while (at > 0) {
            int end = at + name.length();
            boolean begins = "(,".indexOf(word.charAt(at - 1)) >= 0;
            if (begins && end < word.length() && "),/".indexOf(word.charAt(end)) >= 0) {
                return true;
            }
            at = word.indexOf(name, end);
        }
        return false;
    }
}
