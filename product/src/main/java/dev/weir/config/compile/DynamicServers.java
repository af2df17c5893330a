package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostics;
import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.server.ServerState;
import dev.weir.model.server.ServerState.Admin;

/** Makes servers that a command adds. On the Conductor's thread. */
public final class DynamicServers {

    private DynamicServers() {}

    /**
     * A server in maintenance, with the first number that is free unless it was given one.
     *
     * @param numbered whether the Spec's number was given
     */
    public static Server make(Runtime runtime, Settings global, Backend backend, ServerSpec read,
            boolean numbered) {
        int id = numbered ? read.id() : freeNumber(backend);
        ServerSpec spec = new ServerSpec(id, read.name(), read.host(), read.address(), read.settings(), read.place());
        Server server = new Server(spec, spec.address(), backend.name(),
                new DialerAssembly(global, new Diagnostics()).of(backend.spec().settings(), spec), runtime.cells(),
                runtime.nowMs());
        server.revision(backend.revision(id));
        int bits = server.state().admin() & Admin.RESOLUTION_MAINTENANCE | Admin.FORCED_MAINTENANCE;
        server.publish(new ServerState(bits, ServerState.Operation.STOPPED, spec.weight(), 100),
                runtime.nowMs());
        return server;
    }

    /** One more server of a template, that waits for an address; its name is the first that nobody has. */
    public static Server another(Runtime runtime, Settings global, Backend backend, ServerSpec like) {
        String prefix = like.settings().get(ServerSpec.OPEN_TEMPLATE);
        int number = 1;
        while (isNamed(backend, prefix + number)) {
            number++;
        }
        ServerSpec spec = new ServerSpec(0, prefix + number, like.host(), Address.NONE.withPort(like.address().port()),
                like.settings(), like.place());
        Server server = make(runtime, global, backend, spec, false);
        server.publish(server.state().withAdmin(Admin.RESOLUTION_MAINTENANCE), runtime.nowMs());
        return server;
    }

    private static boolean isNamed(Backend backend, String name) {
        for (Server server : backend.servers()) {
            if (server.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static int freeNumber(Backend backend) {
        int id = 1;
        while (has(backend, id)) {
            id++;
        }
        return id;
    }

    /** Whether a server of the backend has that number. */
    public static boolean has(Backend backend, int id) {
        for (Server server : backend.servers()) {
            if (server.id() == id) {
                return true;
            }
        }
        return false;
    }
}
