package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.address.Network;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState.Admin;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives servers the addresses of their name. An address that still holds is kept; else one of a preferred network, and none
 * that another server of the backend has by the same name. Owned by the Conductor.
 */
final class HostWatch extends Watch<Address> {

    private static final int MOST = 512;

    HostWatch(NameService home, String name, Family preferred) {
        super(home, name, Resolution.Wanted.addresses(preferred));
    }

    @Override
    public void records(List<Address> addresses) {
        String by = home().answering();
        for (Follower follower : List.copyOf(followers())) {
            adopt(follower, addresses, by);
            by = "DNS cache";
        }
        for (Follower open : openTemplates()) {
            while (isAnyFree(open, addresses) && open.backend().servers().size() < MOST) {
                Server more = home().maker().another(open.backend(), open.server());
                if (more == null) {
                    return;
                }
                add(open.backend(), more);
                adopt(followers().getLast(), addresses, by);
            }
        }
    }

    /** One server of each template that grows. */
    private List<Follower> openTemplates() {
        List<Follower> open = new ArrayList<>();
        for (Follower each : followers()) {
            if (each.server().spec().settings().get(ServerSpec.OPEN_TEMPLATE) != null
                    && open.stream().noneMatch(other -> other.backend() == each.backend())) {
                open.add(each);
            }
        }
        return open;
    }

    private static boolean isAnyFree(Follower follower, List<Address> addresses) {
        for (Address address : addresses) {
            if (!isTaken(follower.backend(), null, follower.server(), address)) {
                return true;
            }
        }
        return false;
    }

    private void adopt(Follower follower, List<Address> addresses, String by) {
        Server server = follower.server();
        Address chosen = choose(follower, addresses);
        boolean waits = (server.state().admin() & Admin.RESOLUTION_MAINTENANCE) != 0;
        if (chosen == null) {
            if (!waits) {
                home().changes().unresolved(follower.backend(), server, "No IP for server ");
                home().spare(follower.backend(), server);
            }
        } else if (waits || !chosen.sameHost(server.address())) {
            home().changes().address(follower.backend(), server, chosen.withPort(server.address().port()), by, true);
        }
    }

    private static Address choose(Follower follower, List<Address> addresses) {
        Server server = follower.server();
        boolean mayShare = server.spec().settings().get(ServerSpec.RESOLVE_OPTS).contains("allow-dup-ip");
        Address best = null;
        int most = -1;
        for (Address address : addresses) {
            boolean same = address.sameHost(server.address());
            boolean taken = isTaken(follower.backend(), server, server, address);
            int score = (isPreferred(server.spec(), address) ? 4 : 0) + (taken ? 0 : 2) + (same ? 1 : 0);
            // whoever shares an address since the start keeps it rather than having none
            if (score > most && (!taken || mayShare || same)) {
                best = address;
                most = score;
            }
        }
        return best;
    }

    private static boolean isPreferred(ServerSpec spec, Address address) {
        for (String text : spec.settings().get(ServerSpec.RESOLVE_NETS)) {
            Network network = Network.parse(text);
            if (network != null && network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a server other than the one has the address by the same name; instances of a service differ by port. */
    private static boolean isTaken(Backend backend, Server except, Server like, Address address) {
        for (Server other : backend.servers()) {
            if (other != except && like.host().equalsIgnoreCase(other.host()) && other.address().sameHost(address)
                    && (like.service() == null || other.address().port() == like.address().port())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void status(DnsStatus status) {
        for (Follower follower : followers()) {
            if ((follower.server().state().admin() & Admin.RESOLUTION_MAINTENANCE) == 0) {
                home().changes().unresolved(follower.backend(), follower.server(), words(status));
            }
        }
    }
}
