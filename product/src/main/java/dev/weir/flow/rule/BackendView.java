package dev.weir.flow.rule;

import dev.weir.base.collect.Settings;
import dev.weir.base.time.Clock;
import dev.weir.flow.expr.ProxyFacts;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import java.util.List;

/** A backend as expressions see it. Shared: what it tells is atomic. */
final class BackendView implements ProxyFacts {

    /** Set before any traffic comes. */
    Backend backend;
    int retries;

    @Override
    public byte[] name() {
        return backend.nameBytes();
    }

    @Override
    public byte[] defaultBackend() {
        return null;
    }

    @Override
    public long number(Number which) {
        return switch (which) {
            case ID -> backend.id();
            case CONNECTIONS -> backend.sessions().value();
            case SESSION_RATE, REQUEST_RATE -> backend.sessionPace().perSecond(Clock.SYSTEM.millis());
            case USABLE_SERVERS -> usable();
            case QUEUED -> queued();
            case AVERAGE_QUEUE -> averageQueue();
            case FREE_CONNECTIONS -> free(false);
            case FREE_SLOTS -> free(true);
            case MAX_RETRIES -> retries;
            default -> said(which, backend.spec());
        };
    }

    /** What the lines of a proxy say of servers, also where it is a listen section that has not chosen one yet. */
    static long said(Number which, ProxySpec spec) {
        Settings settings = spec.settings();
        return switch (which) {
            case MAX_RETRIES -> settings.get(ProxySpec.RETRIES);
            case CONNECT_TIMEOUT -> settings.get(ProxySpec.TIMEOUT_CONNECT);
            case QUEUE_TIMEOUT -> orConnect(settings.get(ProxySpec.TIMEOUT_QUEUE), settings);
            case SERVER_TIMEOUT -> settings.get(ProxySpec.TIMEOUT_SERVER);
            case TARPIT_TIMEOUT -> tarpit(spec);
            case TUNNEL_TIMEOUT -> settings.get(ProxySpec.TIMEOUT_TUNNEL);
            default -> NONE;
        };
    }

    /** As long as nothing else is said, the connect timeout stands in. */
    static int tarpit(ProxySpec spec) {
        return orConnect(spec.settings().get(ProxySpec.TIMEOUT_TARPIT), spec.settings());
    }

    private static int orConnect(int said, Settings settings) {
        return said > 0 ? said : settings.get(ProxySpec.TIMEOUT_CONNECT);
    }

    /** Backups count when they are all there is. */
    private long usable() {
        long active = 0;
        long backups = 0;
        List<Server> servers = backend.servers();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(i);
            if (server.usable() && server.backup()) {
                backups++;
            } else if (server.usable()) {
                active++;
            }
        }
        return active > 0 ? active : backups;
    }

    private long queued() {
        long all = backend.queue().value();
        List<Server> servers = backend.servers();
        for (int i = 0; i < servers.size(); i++) {
            all += servers.get(i).queue().value();
        }
        return all;
    }

    private long averageQueue() {
        long servers = usable();
        return servers > 0 ? (queued() + servers - 1) / servers : queued() * 2;
    }

    /** -1 as soon as one usable server has no limit. */
    private long free(boolean withQueues) {
        long free = 0;
        List<Server> servers = backend.servers();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(i);
            if (!server.usable()) {
                continue;
            }
            int most = server.maxconn();
            int queue = server.maxqueue();
            if (most == 0 || withQueues && queue == 0) {
                return -1;
            }
            free += withQueues ? most - server.served() + queue - server.queue().value()
                    : Math.max(0, most - server.served());
        }
        return free;
    }
}
