package dev.weir.keyword.command;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import java.util.List;

/**
 * Keeps the name of a server that a command has added resolved: the system is asked beside the Conductor, often until
 * there is an address, then now and again; an address that the name still has is kept. Owned by the Conductor.
 */
final class KeptNames extends Timer {

    private static final int UNTIL_KNOWN_MS = 1000;
    private static final int SINCE_MS = 10_000;

    private final Site site;
    private final Backend backend;
    private final Server server;

    private KeptNames(Site site, Backend backend, Server server) {
        this.site = site;
        this.backend = backend;
        this.server = server;
    }

    static void follow(Site site, Backend backend, Server server) {
        new KeptNames(site, backend, server).ask();
    }

    private void ask() {
        String host = server.host();
        Thread.ofVirtual().name("weir-names").start(() -> {
            List<Address> found = site.lines().resolve(host);
            site.runtime().conductor().execute(() -> found(host, found));
        });
    }

    private void found(String host, List<Address> found) {
        if (!backend.servers().contains(server)) {
            return;
        }
        boolean same = host.equals(server.host());
        if (same && !found.isEmpty() && !isAmong(found)) {
            site.changes().moved(backend, server, found.getFirst().withPort(port()));
            IdleConnections.close(site, server);
        }
        boolean known = server.address().family() != Family.NONE;
        site.runtime().conductor().arm(this, known ? SINCE_MS : UNTIL_KNOWN_MS);
    }

    private int port() {
        return server.address().family() == Family.NONE ? server.spec().address().port() : server.address().port();
    }

    private boolean isAmong(List<Address> found) {
        for (Address each : found) {
            if (each.sameHost(server.address())) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void fire(long nowMs) {
        if (backend.servers().contains(server) && server.host() != null) {
            ask();
        }
    }
}
