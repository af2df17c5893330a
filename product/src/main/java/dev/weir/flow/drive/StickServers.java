package dev.weir.flow.drive;

import dev.weir.base.address.Address;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.KnownNames;
import dev.weir.model.stick.StickTableSpec.ServerKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The servers of a backend as stick tables know them: by number, and by name or address, which tables keep as numbers of
 * known names. Worked out when a server or an address is seen first. Shared: published snapshots.
 */
final class StickServers {

    /** A server's address and the number of its text, as one. */
    private record KnownAddress(Address address, int number) {}

    /** What is known about a list of servers. */
    private static final class Snapshot {
        final List<Server> servers;
        final int[] names;
        /** Each is replaced as a whole, so that a stale one is only worked out again. */
        final KnownAddress[] addresses;

        Snapshot(List<Server> servers, KnownNames known) {
            this.servers = servers;
            names = new int[servers.size()];
            addresses = new KnownAddress[servers.size()];
            for (int i = 0; i < names.length; i++) {
                names[i] = known.number(servers.get(i).nameBytes());
            }
        }
    }

    private final Backend backend;
    private final KnownNames known;
    private volatile Snapshot snapshot;

    StickServers(Backend backend, KnownNames known) {
        this.backend = backend;
        this.known = known;
    }

    private Snapshot current() {
        Snapshot now = snapshot;
        if (now == null || now.servers != backend.servers()) {
            now = new Snapshot(backend.servers(), known);
            snapshot = now;
        }
        return now;
    }

    /** The server that has this name or address, or null. */
    Server byKey(ServerKey kind, long number) {
        Snapshot now = current();
        for (int i = 0; i < now.names.length; i++) {
            if (number == (kind == ServerKey.NAME ? now.names[i] : addressNumber(now, i))) {
                return now.servers.get(i);
            }
        }
        return null;
    }

    Server byId(long id) {
        List<Server> servers = current().servers;
        // the n-th server has number n unless the configuration says otherwise
        if (id > 0 && id <= servers.size() && servers.get((int) id - 1).id() == id) {
            return servers.get((int) id - 1);
        }
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).id() == id) {
                return servers.get(i);
            }
        }
        return null;
    }

    /** The number to remember a server by. */
    int keyOf(ServerKey kind, Server server) {
        Snapshot now = current();
        int index = now.servers.indexOf(server);
        if (index < 0) {
            return known.number(kind == ServerKey.NAME ? server.nameBytes() : text(server));
        }
        return kind == ServerKey.NAME ? now.names[index] : addressNumber(now, index);
    }

    private int addressNumber(Snapshot now, int index) {
        Server server = now.servers.get(index);
        KnownAddress last = now.addresses[index];
        if (last == null || last.address() != server.address()) {
            last = new KnownAddress(server.address(), known.number(text(server)));
            now.addresses[index] = last;
        }
        return last.number();
    }

    /**
     * {@code 127.0.0.1:80}, {@code ::1:80} without brackets, {@code :+n} where ports are mapped, the path of a socket
     * (facts.md, "Numbers, cookies, keys").
     */
    private static byte[] text(Server server) {
        Address address = server.address();
        String port = server.portMapping() == ServerSpec.PortMapping.FIXED ? ":" : ":+";
        String text = address.family().isIp() ? address.host() + port + address.port() : address.toString();
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
