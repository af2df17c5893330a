package dev.weir.config.compile;

import dev.weir.base.address.Family;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Mode;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.BindSpec;
import java.util.List;

/** What must be true of reverse HTTP: who dials, who is dialled, and what is attached to whom. Boot's thread. */
final class ReverseChecks {

    private final Configuration configuration;
    private final Diagnostics diagnostics;

    ReverseChecks(Configuration configuration, Diagnostics diagnostics) {
        this.configuration = configuration;
        this.diagnostics = diagnostics;
    }

    void check(ProxySpec proxy) {
        for (BindSpec bind : proxy.binds()) {
            if (bind.address().family() == Family.RHTTP) {
                check(proxy, bind);
            }
        }
        for (ServerSpec server : proxy.servers()) {
            if (server.address().family() == Family.RHTTP) {
                check(proxy, server);
            }
        }
        for (RuleLine rule : proxy.settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals("tcp-request session") && rule.args().getFirst().equals("attach-srv")) {
                check(proxy, rule);
            }
        }
    }

    private void check(ProxySpec proxy, BindSpec bind) {
        String where = "'bind rhttp@" + bind.address().path() + "' : ";
        ServerSpec server = server(bind.address().path());
        if (proxy.settings().get(ProxySpec.MODE) != Mode.HTTP) {
            alert(bind.place(), where + "reverse HTTP needs a proxy in HTTP mode.");
        }
        if (bind.settings().get(BindSpec.SSL)) {
            alert(bind.place(), where + "'ssl' stands on the line of the server that is dialled, not here.");
        }
        if (server == null) {
            alert(bind.place(), where + "no such server, <backend>/<server> is expected.");
        } else if (server.address().family() == Family.RHTTP) {
            alert(bind.place(), where + "that server has no address to dial.");
        }
    }

    private void check(ProxySpec proxy, ServerSpec server) {
        String where = "'server " + proxy.name() + "/" + server.name() + "' : ";
        if (proxy.settings().get(ProxySpec.MODE) != Mode.HTTP) {
            alert(server.place(), where + "an address 'rhttp@' needs a proxy in HTTP mode.");
        }
        if (!server.address().path().isEmpty()) {
            alert(server.place(), where + "nothing is expected behind 'rhttp@', connections are attached by rules.");
        }
        List<String> kind = proxy.settings().get(ProxySpec.CHECK_KIND);
        boolean asks = !kind.isEmpty() && kind.getFirst().equals("httpchk")
                || server.settings().get(ServerSpec.HEALTHCHECK) != null;
        if (server.settings().get(ServerSpec.CHECK) && !asks) {
            alert(server.place(), where
                    + "'check' has nobody to connect to where the address is 'rhttp@', only 'option httpchk' can be asked.");
        }
    }

    private void check(ProxySpec proxy, RuleLine rule) {
        String target = rule.args().size() > 1 ? rule.args().get(1) : "";
        ServerSpec server = server(target);
        if (server != null && server.address().family() != Family.RHTTP) {
            alert(rule.place(), "Proxy '" + proxy.name() + "' : 'attach-srv' : server '" + target
                    + "' is not of reverse HTTP, its address should be 'rhttp@'.");
        }
        if (server != null && proxy.settings().get(ProxySpec.MODE) != Mode.HTTP) {
            alert(rule.place(), "Proxy '" + proxy.name() + "' : 'attach-srv' needs a proxy in HTTP mode.");
        }
    }

    private ServerSpec server(String target) {
        int slash = target.indexOf('/');
        ProxySpec backend = slash < 0 ? null : configuration.backend(target.substring(0, slash));
        if (backend != null) {
            for (ServerSpec server : backend.servers()) {
                if (server.name().equals(target.substring(slash + 1))) {
                    return server;
                }
            }
        }
        return null;
    }

    private void alert(Place place, String text) {
        diagnostics.report(Level.ALERT, place, text);
    }
}
