package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.address.IpText;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.lang.NameResolver;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first addresses of servers that are given by name, by the methods of {@code init-addr} in their order. What is
 * found replaces nothing in the Specs: it belongs to this start alone.
 */
public final class ServerAddresses {

    private final Diagnostics diagnostics;
    private final NameResolver names;
    private final boolean tolerant;
    private final Map<ServerSpec, Address> found = new IdentityHashMap<>();
    private boolean failed;

    /** @param tolerant whether a name that cannot be resolved is no error ({@code -dr}) */
    public ServerAddresses(Diagnostics diagnostics, NameResolver names, boolean tolerant) {
        this.diagnostics = diagnostics;
        this.names = names;
        this.tolerant = tolerant;
    }

    /** Resolves all servers of the configuration; false when one that must have an address has none. */
    public boolean resolve(Configuration configuration) {
        for (ProxySpec proxy : configuration.proxies()) {
            if (!proxy.settings().get(ProxySpec.DISABLED)) {
                for (ServerSpec server : proxy.servers()) {
                    if (server.host() != null && server.address().family() == Family.NONE && !server.isService()) {
                        resolve(proxy, server);
                    }
                }
            }
        }
        if (failed) {
            diagnostics.report(Level.ALERT, null, "Failed to initialize server(s) addr.");
        }
        return !failed;
    }

    private void resolve(ProxySpec proxy, ServerSpec server) {
        List<String> methods = server.settings().get(ServerSpec.INIT_ADDR);
        boolean asked = false;
        for (String method : methods) {
            Address address = null;
            if (method.equals("libc")) {
                asked = true;
                address = first(names.resolve(server.host()), server.settings().get(ServerSpec.RESOLVE_PREFER));
            } else if (method.equals("none")) {
                if (asked) {
                    warn(proxy, server);
                }
                return;
            } else if (!method.equals("last")) {
                address = IpText.parse(method);
            }
            if (address != null) {
                found.put(server, address.withPort(server.address().port()));
                return;
            }
        }
        if (tolerant) {
            warn(proxy, server);
        } else {
            failed = true;
            say(Level.ALERT, proxy, server, "'.");
        }
    }

    /** The preferred family's first address, or the first of all. */
    private static Address first(List<Address> addresses, String preferred) {
        for (Address address : addresses) {
            boolean four = address.family() == Family.IPV4;
            if (preferred != null && four == preferred.equals("ipv4")) {
                return address;
            }
        }
        return addresses.isEmpty() ? null : addresses.getFirst();
    }

    private void warn(ProxySpec proxy, ServerSpec server) {
        say(Level.WARNING, proxy, server, "', disabling server.");
    }

    private void say(Level level, ProxySpec proxy, ServerSpec server, String end) {
        diagnostics.report(level, server.place(), "[" + server.place() + "] : 'server " + proxy.name() + "/"
                + server.name() + "' : could not resolve address '" + server.host() + end);
    }

    /** The address that a server begins with; none when only a resolver can tell. */
    public Address of(ServerSpec server) {
        return found.getOrDefault(server, server.address());
    }
}
