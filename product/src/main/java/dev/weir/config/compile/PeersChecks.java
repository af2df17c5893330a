package dev.weir.config.compile;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.upkeep.peers.PeersSpec;

/** What must be true of peers sections and of the tables that they share. Boot's thread. */
final class PeersChecks {

    private final Configuration configuration;
    private final Diagnostics diagnostics;

    PeersChecks(Configuration configuration, Diagnostics diagnostics) {
        this.configuration = configuration;
        this.diagnostics = diagnostics;
    }

    /** A section in which nobody has our name cannot work: said here, refused by a start. */
    void run() {
        configuration.global().get(GlobalSpec.PEERS_TABLES).forEach(this::checkTarget);
        for (PeersSpec section : configuration.global().get(GlobalSpec.PEERS)) {
            if (!section.disabled() && section.local() != null && section.own() == null) {
                diagnostics.report(Level.WARNING, section.place(), "Removing incomplete section 'peers " + section.name()
                        + "' (no peer named '" + section.local() + "')." + hint(section));
            }
            for (ServerSpec peer : section.peers()) {
                int shard = peer.settings().get(ServerSpec.SHARD);
                if (shard > section.shards()) {
                    diagnostics.report(Level.WARNING, peer.place(), "parsing [" + peer.place() + "] : 'peer "
                            + peer.name() + "' : shard " + shard + " is greater than 'shards' and ignored.");
                }
            }
        }
    }

    /** The names that it could have been. */
    private static String hint(PeersSpec section) {
        StringBuilder names = new StringBuilder();
        for (ServerSpec peer : section.peers()) {
            names.append(names.isEmpty() ? " Start with '-L' and one of: " : ", ").append(peer.name());
        }
        return names.isEmpty() ? "" : names.append('.').toString();
    }

    /** {@code write-to} names another table with the same keys. */
    private void checkTarget(StickTableSpec table) {
        if (table.writeTo() == null) {
            return;
        }
        StickTableSpec target = null;
        for (StickTableSpec each : configuration.global().get(GlobalSpec.PEERS_TABLES)) {
            target = each.name().equals(table.writeTo()) ? each : target;
        }
        for (ProxySpec each : configuration.proxies()) {
            StickTableSpec own = each.settings().get(ProxySpec.STICK_TABLE);
            target = own != null && own.name().equals(table.writeTo()) ? own : target;
        }
        String fault = target == null ? "unable to find table '" + table.writeTo() + "' of 'write-to'"
                : target.name().equals(table.name()) ? "'write-to' cannot be the table itself"
                : !target.hasKeysOf(table) ? "table '" + target.name() + "' of 'write-to' has other keys" : null;
        if (fault != null) {
            diagnostics.report(Level.ALERT, table.place(), "parsing [" + table.place() + "] : stick-table '" + table.name()
                    + "' : " + fault + ".");
        }
    }

    void check(ProxySpec proxy) {
        StickTableSpec table = proxy.settings().get(ProxySpec.STICK_TABLE);
        if (table != null) {
            checkTarget(table);
        }
        if (table == null || table.peers() == null || proxy.settings().get(ProxySpec.DISABLED)) {
            return;
        }
        for (PeersSpec section : configuration.global().get(GlobalSpec.PEERS)) {
            if (section.name().equals(table.peers())) {
                return;
            }
        }
        diagnostics.report(Level.ALERT, table.place(), "Proxy '" + proxy.name() + "': unable to find sync peers '"
                + table.peers() + "'.");
    }
}
