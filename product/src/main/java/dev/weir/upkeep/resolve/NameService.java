package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.time.Timer;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.DatagramPort;
import dev.weir.upkeep.check.ServerChanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * One {@code resolvers} section at work: its name servers, the names that servers wait for, and what their addresses
 * become. Servers that ask for the same name share one resolution. Owned by the Conductor.
 */
public final class NameService {

    private final Worker conductor;
    private final ResolversSpec spec;
    private final ServerChanges changes;
    private final List<Route> routes = new ArrayList<>();
    private final long[][] counters;
    private final Map<String, Watch> watches = new HashMap<>();
    private int answering;

    public NameService(Worker conductor, ResolversSpec spec, ServerChanges changes) {
        this.conductor = conductor;
        this.spec = spec;
        this.changes = changes;
        this.counters = new long[spec.nameservers().size()][DnsCounter.values().length];
    }

    /** A way to a name server. */
    private record Route(Predicate<ByteBuf> sending, Runnable closing) {

        boolean send(ByteBuf message) {
            return sending.test(message);
        }
    }

    public ResolversSpec spec() {
        return spec;
    }

    /** What a name server's counter holds. */
    public long count(int nameserver, DnsCounter counter) {
        return counters[nameserver][counter.ordinal()];
    }

    /** Opens the ways to the name servers. */
    public void open() {
        for (int i = 0; i < spec.nameservers().size(); i++) {
            int index = i;
            ResolversSpec.Nameserver each = spec.nameservers().get(i);
            DatagramPort.Receiver receiver = message -> received(index, message);
            if (each.tcp()) {
                StreamRoute route = new StreamRoute(conductor, each.address(), receiver);
                routes.add(new Route(route::send, route::close));
            } else {
                DatagramPort route = DatagramPort.open(conductor, each.address(), receiver);
                routes.add(new Route(route::send, route::close));
            }
        }
    }

    /** Whether that section asks the same name servers in the same way. */
    public boolean isAs(ResolversSpec other) {
        boolean same = spec.nameservers().size() == other.nameservers().size();
        for (int i = 0; same && i < other.nameservers().size(); i++) {
            ResolversSpec.Nameserver own = spec.nameservers().get(i);
            ResolversSpec.Nameserver its = other.nameservers().get(i);
            same = own.name().equals(its.name()) && own.address().equals(its.address()) && own.tcp() == its.tcp();
        }
        for (Setting<?> each : ResolversSpec.SETTINGS) {
            same &= spec.settings().same(other.settings(), each);
        }
        return same;
    }

    /** Asks nobody any more. */
    public void close() {
        watches.values().forEach(conductor::remove);
        watches.clear();
        routes.forEach(route -> route.closing.run());
    }

    /** The server's address is not looked after any more. */
    public void forget(Server server) {
        watches.values().removeIf(watch -> {
            watch.followers.removeIf(follower -> follower.server == server);
            if (watch.followers.isEmpty()) {
                conductor.remove(watch);
            }
            return watch.followers.isEmpty();
        });
    }

    /** The servers whose addresses it looks after. */
    public List<Server> followed() {
        List<Server> all = new ArrayList<>();
        for (Watch watch : watches.values()) {
            watch.followers.forEach(follower -> all.add(follower.server));
        }
        return all;
    }

    /** Whether the server's address comes from here, by the name that it has now. */
    public boolean follows(Server server, String host) {
        for (Watch watch : watches.values()) {
            for (Follower follower : watch.followers) {
                if (follower.server == server) {
                    return watch.name.equals(host);
                }
            }
        }
        return false;
    }

    private void received(int nameserver, ByteBuf message) {
        answering = nameserver;
        int start = message.readerIndex();
        for (Watch watch : watches.values()) {
            message.readerIndex(start);
            watch.resolution.received(nameserver, message, conductor.nowMs());
            watch.rearm();
        }
    }

    /** Keeps the server's address what its name resolves to. */
    public void follow(Backend backend, Server server) {
        Family preferred = "ipv4".equals(server.spec().settings().get(ServerSpec.RESOLVE_PREFER)) ? Family.IPV4
                : Family.IPV6;
        String name = server.host();
        Watch watch = watches.computeIfAbsent(preferred + " " + name, key -> new Watch(name, preferred));
        watch.followers.add(new Follower(backend, server));
        conductor.arm(watch, 1);
    }

    /** Keeps the server's address what another name resolves to; nothing changes before that is known. False for no name. */
    public boolean rename(Backend backend, Server server, String name) {
        if (!DnsName.write(Unpooled.buffer(), name)) {
            return false;
        }
        forget(server);
        server.host(name);
        follow(backend, server);
        return true;
    }

    /** Whether the server's address comes from here. */
    public boolean follows(Server server) {
        for (Watch watch : watches.values()) {
            for (Follower follower : watch.followers) {
                if (follower.server == server) {
                    return true;
                }
            }
        }
        return false;
    }

    private record Follower(Backend backend, Server server) {}

    /** One name under observation. */
    private final class Watch extends Timer implements ResolutionEvents {

        private final List<Follower> followers = new ArrayList<>();
        private final Resolution resolution;
        private final String name;
        private boolean started;

        Watch(String name, Family preferred) {
            this.name = name;
            resolution = new Resolution(name, spec.settings(), preferred, counters,
                    (nameserver, message) -> routes.get(nameserver).send(message), this,
                    () -> ThreadLocalRandom.current().nextInt());
        }

        @Override
        protected void fire(long nowMs) {
            if (started) {
                resolution.tick(nowMs);
            } else {
                started = true;
                resolution.start(nowMs);
            }
            rearm();
        }

        void rearm() {
            conductor.armAt(this, Math.max(conductor.nowMs(), resolution.deadlineMs()));
        }

        @Override
        public void addresses(List<Address> addresses) {
            for (Follower follower : followers) {
                adopt(follower, addresses);
            }
        }

        /** An address that still holds is kept; else one that no other server of the backend has. */
        private void adopt(Follower follower, List<Address> addresses) {
            Server server = follower.server;
            Address chosen = null;
            for (Address address : addresses) {
                if (address.sameHost(server.address())) {
                    chosen = address;
                    break;
                }
                if (chosen == null && !isTaken(follower, address)) {
                    chosen = address;
                }
            }
            if (chosen == null) {
                chosen = addresses.getFirst();
            }
            boolean waits = (server.state().admin()
                    & dev.weir.model.server.ServerState.Admin.RESOLUTION_MAINTENANCE) != 0;
            if (waits || !chosen.sameHost(server.address())) {
                changes.address(follower.backend, server, chosen.withPort(server.spec().address().port()),
                        spec.name() + "/" + spec.nameservers().get(answering).name());
            }
        }

        private boolean isTaken(Follower follower, Address address) {
            for (Server other : follower.backend.servers()) {
                if (other != follower.server && other.address().sameHost(address)
                        && other.spec().address().port() == follower.server.spec().address().port()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void status(DnsStatus status) {
            for (Follower follower : followers) {
                if (!follower.server.state().inMaintenance()) {
                    changes.unresolved(follower.backend, follower.server, words(status));
                }
            }
        }
    }

    private static String words(DnsStatus status) {
        return switch (status) {
            case NX -> "DNS NX status";
            case TIMEOUT -> "DNS timeout status";
            case REFUSED -> "DNS refused status";
            default -> "unspecified DNS error";
        };
    }
}
