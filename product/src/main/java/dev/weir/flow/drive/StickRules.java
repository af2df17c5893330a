package dev.weir.flow.drive;

import dev.weir.flow.expr.ExpressionContext;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.KnownNames;
import dev.weir.model.stick.StickTable;
import dev.weir.model.value.Sample;

/**
 * The stick rules of a backend: which server a key was remembered with, and what is to be remembered of this exchange.
 * Three calls per exchange: {@link #select} before a server is chosen, {@link #learn} with the response's head, and
 * {@link #store} right after that with the server that answered. Immutable.
 */
public final class StickRules {

    private final StickRule[] rules;
    private final Backend backend;
    private final StickServers servers;
    private final boolean learnsFromResponse;

    public StickRules(StickRule[] rules, Backend backend, KnownNames names) {
        this.rules = rules;
        this.backend = backend;
        this.servers = new StickServers(backend, names);
        boolean learns = false;
        for (StickRule rule : rules) {
            learns |= rule.use().storesResponse;
        }
        learnsFromResponse = learns;
    }

    public boolean isEmpty() {
        return rules.length == 0;
    }

    /**
     * Matches and collects in the order of the rules. A rule that stores is passed over, its matching included, once a key
     * for its table was collected (the manual says that of storing only; HAProxy does so for both).
     *
     * @param assigned whether a cookie or a rule has chosen a server, which then stays
     * @param forced whether a server that is down will do: {@code force-persist}
     * @return the server that one of the keys was remembered with, or null
     */
    public Server select(ExpressionContext context, Sample scratch, boolean assigned, boolean forced, StickyKeys keys) {
        keys.clear();
        Server found = null;
        for (StickRule rule : rules) {
            StickRule.Use use = rule.use();
            if (use.storesResponse || use.storesRequest && keys.has(rule.table(), false)
                    || !rule.key(context, scratch)) {
                continue;
            }
            if (use.storesRequest && !keys.isFull()) {
                keys.add(rule.table(), scratch);
            }
            if (use.matches) {
                found = match(rule.table(), scratch, found, assigned, forced, context.nowMs());
            }
        }
        return found;
    }

    private Server match(StickTable table, Sample key, Server found, boolean assigned, boolean forced, long nowMs) {
        long entry = table.pinIfPresent(key, nowMs);
        if (entry == StickTable.NONE) {
            return found;
        }
        Server server = found;
        if (found == null && !assigned) {
            server = remembered(table, entry, nowMs);
            boolean usable = server != null && (server.state().isReachable() || forced
                    || backend.spec().settings().get(ProxySpec.PERSIST));
            server = usable ? server : null;
        }
        table.unpin(entry, nowMs);
        return server;
    }

    /** By name or address if that is stored, by number when nothing has it. */
    private Server remembered(StickTable table, long entry, long nowMs) {
        long key = table.readPinned(entry, DataType.SERVER_KEY, 0, nowMs);
        Server server = key > 0 ? servers.byKey(table.spec().serverKey(), key) : null;
        if (server != null) {
            return server;
        }
        long id = table.readPinned(entry, DataType.SERVER_ID, 0, nowMs);
        return id > 0 ? servers.byId(id) : null;
    }

    /** Collects what the response says; in TCP mode too, once there is something to look at. */
    public void learn(ExpressionContext context, Sample scratch, StickyKeys keys) {
        if (!learnsFromResponse) {
            return;
        }
        keys.beginResponse();
        for (StickRule rule : rules) {
            if (rule.use().storesResponse && !keys.isFull() && !keys.has(rule.table(), true)
                    && rule.key(context, scratch)) {
                keys.add(rule.table(), scratch);
            }
        }
    }

    /** Remembers the server under everything that was collected. */
    public void store(Server server, StickyKeys keys, long nowMs) {
        if (server != null && !server.spec().settings().get(ServerSpec.NON_STICK)) {
            for (int i = 0; i < keys.count(); i++) {
                store(server, keys.table(i), keys.key(i), nowMs);
            }
        }
        keys.clear();
    }

    private void store(Server server, StickTable table, Sample key, long nowMs) {
        long entry = table.pin(key, nowMs);
        if (entry == StickTable.NONE) {
            return;
        }
        table.set(entry, DataType.SERVER_ID, 0, server.id(), nowMs);
        if (table.stores(DataType.SERVER_KEY)) {
            table.set(entry, DataType.SERVER_KEY, 0, servers.keyOf(table.spec().serverKey(), server), nowMs);
        }
        table.unpin(entry, nowMs);
    }
}
