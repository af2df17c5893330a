package dev.weir.boot;

import dev.weir.base.address.Family;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.Entry;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.ReverseListener;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.server.Server;
import dev.weir.net.sock.BindSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The listeners of reverse HTTP: {@code bind rhttp@backend/server}. Those that stay go on with a reload. Conductor-owned. */
final class ReverseListeners {

    private final Runtime runtime;
    private Map<String, ReverseListener> all = new HashMap<>();

    ReverseListeners(Runtime runtime) {
        this.runtime = runtime;
    }

    /** Those of that configuration dial from now on, and no others. */
    void serve(Generation generation) {
        Map<String, ReverseListener> before = all;
        all = new HashMap<>();
        for (FrontendProgram program : generation.frontends()) {
            for (BindSpec spec : program.frontend().spec().binds()) {
                if (is(spec)) {
                    serve(program, spec, generation.backends(), before);
                }
            }
        }
        before.values().forEach(ReverseListener::stop);
    }

    private void serve(FrontendProgram program, BindSpec spec, List<BackendProgram> backends,
            Map<String, ReverseListener> before) {
        String target = spec.address().path();
        int slash = target.indexOf('/');
        for (BackendProgram home : backends) {
            Server server = home.backend().name().equals(target.substring(0, slash))
                    ? server(home, target.substring(slash + 1)) : null;
            if (server != null) {
                String key = program.frontend().name() + " " + spec.id() + " " + target;
                Entry entry = entry(program, spec);
                int connections = spec.settings().get(BindSpec.NBCONN);
                ReverseListener known = before.get(key);
                if (known != null && known.server() == server && known.connections() == connections) {
                    before.remove(key);
                    known.handTo(entry, home);
                    all.put(key, known);
                } else {
                    ReverseListener fresh = new ReverseListener(entry, home, server, connections);
                    all.put(key, fresh);
                    fresh.start();
                }
            }
        }
    }

    private static Server server(BackendProgram home, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return home.backend().server(bytes, bytes.length);
    }

    private Entry entry(FrontendProgram program, BindSpec spec) {
        Entrance entrance = new Entrance(spec.id(), spec.settings().get(BindSpec.NAME), runtime.totals(),
                program.frontend(), spec.settings().get(BindSpec.MAXCONN), runtime.cells());
        entrance.idlePingMs(spec.settings().get(BindSpec.IDLE_PING_MS));
        return new Entry(program, entrance, runtime.workers(), null, Entry.Protocol.HTTP2, null);
    }

    void stop() {
        all.values().forEach(ReverseListener::stop);
        all.clear();
    }

    /** Whether a bind line is one of these. */
    static boolean is(BindSpec spec) {
        return spec.address().family() == Family.RHTTP;
    }
}
