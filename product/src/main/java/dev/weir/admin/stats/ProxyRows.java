package dev.weir.admin.stats;

import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.net.mux.Listener;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the living proxies in the order that everybody knows: by proxy, its frontend, servers and backend. One
 * per view; on the thread of who asks.
 */
public final class ProxyRows implements StatsSource {

    /**
     * What a proxy's name stands for; either side may be missing.
     *
     * @param spec for the order of declaration and the name
     */
    public record Shown(ProxySpec spec, Frontend frontend, Backend backend) {}

    private final List<StatsRow> rows = new ArrayList<>();
    private int next;

    public ProxyRows(List<Shown> proxies, long nowMs, RowFilter filter) {
        for (Shown proxy : proxies) {
            if (filter.showsProxy(proxy.spec)) {
                add(proxy, nowMs, filter);
            }
        }
    }

    private void add(Shown proxy, long nowMs, RowFilter filter) {
        if (proxy.frontend != null) {
            if (filter.shows(RowKind.FRONTEND)) {
                rows.add(new FrontendRow(proxy.frontend, nowMs));
            }
            if (filter.shows(RowKind.LISTENER)) {
                addListeners(proxy.frontend);
            }
        }
        if (proxy.backend != null) {
            for (Server server : proxy.backend.servers()) {
                if (filter.shows(server)) {
                    rows.add(new ServerRow(proxy.backend, server, nowMs));
                }
            }
            if (filter.shows(RowKind.BACKEND)) {
                rows.add(new BackendRow(proxy.backend, nowMs));
            }
        }
    }

    private void addListeners(Frontend frontend) {
        if (frontend.spec().settings().get(ProxySpec.SOCKET_STATS)) {
            for (Listener listener : frontend.listeners()) {
                if (listener.admission() instanceof Entrance entrance) {
                    rows.add(new ListenerRow(listener, entrance));
                }
            }
        }
    }

    @Override
    public StatsRow next() {
        return next < rows.size() ? rows.get(next++) : null;
    }
}
