package dev.weir.admin.stats;

import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerState;

/**
 * Which rows are asked for. Immutable.
 *
 * @param proxy the number of a proxy, -1 for all
 * @param kinds 1 frontends, 2 backends, 4 servers, 8 listeners, added up; -1 for all
 * @param server the number of a server, -1 for all
 */
public record RowFilter(int proxy, int kinds, int server, boolean hidesDown, boolean hidesMaintenance) {

    public static final RowFilter ALL = new RowFilter(-1, -1, -1, false, false);

    boolean showsProxy(ProxySpec spec) {
        return proxy == -1 || proxy == spec.id();
    }

    boolean shows(RowKind kind) {
        return (kinds & 1 << kind.ordinal()) != 0;
    }

    boolean shows(Server each) {
        ServerState state = each.state();
        boolean hidden = hidesDown && state.operation() == ServerState.Operation.STOPPED
                || hidesMaintenance && state.inMaintenance();
        return shows(RowKind.SERVER) && (server == -1 || server == each.id()) && !hidden;
    }
}
