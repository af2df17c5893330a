package dev.weir.flow.rule;

import dev.weir.flow.expr.ProxyFacts;
import dev.weir.flow.expr.ServerFacts;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.server.Server;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The proxies of a configuration as expressions see them: known by name while the configuration is read, shown the living
 * objects before any traffic comes. Proxies that commands add come later. Shared: concurrent maps.
 */
public final class ProxyViews {

    private final Map<String, FrontendView> frontends = new ConcurrentHashMap<>();
    private final Map<String, BackendView> backends = new ConcurrentHashMap<>();
    private final Map<String, ServerView> servers = new ConcurrentHashMap<>();

    public void addFrontend(String name, byte[] defaultBackend) {
        frontends.put(name, new FrontendView(defaultBackend));
    }

    public void addBackend(String name) {
        backends.put(name, new BackendView());
    }

    public void removeBackend(String name) {
        backends.remove(name);
    }

    public void addServer(String backend, String name) {
        servers.put(backend + "/" + name, new ServerView());
    }

    public void show(Frontend living) {
        frontends.get(living.name()).frontend = living;
    }

    public void show(Backend living, int retries) {
        BackendView view = backends.get(living.name());
        view.backend = living;
        view.retries = retries;
        for (Server server : living.servers()) {
            ServerView known = servers.get(living.name() + "/" + server.name());
            if (known != null) {
                known.server = server;
            }
        }
    }

    /** Null when there is none of that name. */
    public ProxyFacts frontend(String name) {
        return frontends.get(name);
    }

    public ProxyFacts backend(String name) {
        return backends.get(name);
    }

    public ServerFacts server(String backend, String name) {
        return servers.get(backend + "/" + name);
    }
}
