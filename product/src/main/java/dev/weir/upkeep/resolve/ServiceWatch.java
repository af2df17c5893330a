package dev.weir.upkeep.resolve;

import dev.weir.base.address.Family;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Gives the servers of templates the instances of a service (SRV): a name, a port and a weight each. An instance stays with
 * its server as long as answers tell of it. Instances of a higher priority value wait until nobody of a lower one can serve.
 * Owned by the Conductor.
 */
final class ServiceWatch extends Watch<ServiceRecord> {

    private static final String REMOVED = "entry removed from SRV record";
    private static final String IGNORE_WEIGHT = "ignore-weight";
    private static final String IGNORE_PRIORITY = "weir.ignore-priority";

    ServiceWatch(NameService home, String name) {
        super(home, name, Resolution.Wanted.services());
    }

    @Override
    public void records(List<ServiceRecord> records) {
        Map<Backend, List<Server>> groups = new LinkedHashMap<>();
        for (Follower each : followers()) {
            groups.computeIfAbsent(each.backend(), backend -> new ArrayList<>()).add(each.server());
        }
        groups.forEach((backend, servers) -> settle(backend, servers, records));
    }

    private void settle(Backend backend, List<Server> servers, List<ServiceRecord> records) {
        Map<String, Server> placed = new HashMap<>();
        for (Server server : servers) {
            if (server.host() != null) {
                placed.put(ServiceRecord.instance(server.host(), server.address().port()), server);
            }
        }
        Map<String, Server> gone = new HashMap<>(placed);
        records.forEach(each -> gone.remove(each.instance()));
        for (Server server : gone.values()) {
            remove(backend, server);
            home().spare(backend, server);
            // the one that has been free for the longest is taken next
            servers.remove(server);
            servers.add(server);
            moveToEnd(server);
        }
        TreeSet<Integer> priorities = new TreeSet<>();
        records.forEach(each -> priorities.add(each.priority()));
        for (ServiceRecord record : records) {
            Server server = placed.get(record.instance());
            if (server == null) {
                server = free(backend, servers);
                if (server == null) {
                    continue;
                }
                place(backend, server, record);
            } else if (record.address().family() == Family.NONE) {
                // a state file has told who it is
                home().followHostOnce(backend, server);
            }
            update(backend, server, record, priorities.headSet(record.priority()).size());
        }
        home().changes().ranked(backend);
    }

    /** A server without an instance, or a new one where the template has no fixed number. */
    private Server free(Backend backend, List<Server> servers) {
        for (Server server : servers) {
            if (server.host() == null) {
                return server;
            }
        }
        Server like = servers.getFirst();
        Server more = like.spec().settings().get(ServerSpec.OPEN_TEMPLATE) == null ? null
                : home().maker().another(backend, like);
        if (more != null) {
            add(backend, more);
            servers.add(more);
        }
        return more;
    }

    private void place(Backend backend, Server server, ServiceRecord record) {
        server.host(record.target());
        server.portMapping(ServerSpec.PortMapping.FIXED);
        home().changes().named(server, record.port());
        if (record.address().family() == Family.NONE) {
            home().followHost(backend, server);
        }
    }

    private void update(Backend backend, Server server, ServiceRecord record, int rank) {
        List<String> options = server.spec().settings().get(ServerSpec.RESOLVE_OPTS);
        if (!options.contains(IGNORE_WEIGHT) && server.state().weight() != record.serverWeight()) {
            home().changes().weigh(backend, server, record.serverWeight());
        }
        server.rank(options.contains(IGNORE_PRIORITY) ? 0 : rank);
        boolean told = record.address().family() != Family.NONE;
        if (told && !record.address().sameHost(server.address())) {
            home().changes().address(backend, server, record.address().withPort(record.port()),
                    "DNS additional record", false);
        }
    }

    private void moveToEnd(Server server) {
        for (Follower each : List.copyOf(followers())) {
            if (each.server() == server) {
                followers().remove(each);
                followers().add(each);
            }
        }
    }

    private void remove(Backend backend, Server server) {
        home().forgetHost(server);
        home().changes().unresolved(backend, server, REMOVED);
        server.host(null);
        server.rank(0);
        home().changes().named(server, 0);
    }

    @Override
    public void status(DnsStatus status) {
        for (Follower follower : List.copyOf(followers())) {
            if (follower.server().host() != null) {
                remove(follower.backend(), follower.server());
            }
        }
    }
}
