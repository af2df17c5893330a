package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.Entry;
import dev.weir.flow.drive.FirstHeader;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RateGate;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.wire.proxyv.HeaderReader;
import dev.weir.wire.proxyv.NetScalerCipReader;
import dev.weir.wire.proxyv.ProxyHeaderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Binds the sockets of a generation: all of them, or none is left behind. Three steps, so that everything else that can
 * fail may do so in between: {@link #bind}, {@link #publish}, then {@link #start}. Used by the main thread.
 */
final class Binding {

    private record Bound(FrontendProgram program, BindSpec spec, ListeningSocket socket) {}

    private final Runtime runtime;
    private final Generation generation;
    private final Console console;
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    Binding(Runtime runtime, Generation generation, Console console) {
        this.runtime = runtime;
        this.generation = generation;
        this.console = console;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said. */
    boolean bind() {
        if (!prepare(generation.configuration().global())) {
            return false;
        }
        boolean reusePort = !generation.configuration().global().get(GlobalSpec.NOREUSEPORT);
        String suffix = "." + runtime.identity().pid() + ".tmp";
        Settings global = generation.configuration().global();
        Buffers buffers = new Buffers(global.get(GlobalSpec.RCVBUF_CLIENT), global.get(GlobalSpec.SNDBUF_CLIENT));
        Engine engine = runtime.workers().getFirst().engine();
        boolean good = true;
        for (FrontendProgram program : generation.frontends()) {
            for (BindSpec spec : program.frontend().spec().binds()) {
                Object result = ListeningSocket.open(engine, spec.address(), spec.settings(),
                        new ListeningSocket.Terms(reusePort, backlog(program, spec), suffix, buffers));
                good &= keep(program, spec, result);
            }
        }
        if (!good) {
            bound.forEach(b -> b.socket.close());
            console.print(Diagnostic.Level.ALERT,
                    "[haproxy.main()] Some protocols failed to start their listeners! Exiting.");
        }
        return good;
    }

    /** The limit of descriptors first: sockets come out of it. */
    private boolean prepare(Settings global) {
        if (Accounts.isRefused(global)) {
            console.print(Diagnostic.Level.NOTICE, "'user' and 'group' are for a process that root starts: this one "
                    + "stays who it is.");
        }
        int descriptors = global.get(GlobalSpec.ULIMIT_N);
        String refused = descriptors > 0 ? Limits.raise(descriptors) : null;
        boolean strict = global.get(GlobalSpec.STRICT_LIMITS);
        if (refused != null) {
            console.print(strict ? Diagnostic.Level.ALERT : Diagnostic.Level.WARNING, "[haproxy.main()] " + refused);
        }
        return refused == null || !strict;
    }

    private boolean keep(FrontendProgram program, BindSpec spec, Object result) {
        ListeningSocket.Failure failure = result instanceof ListeningSocket.Failure f ? f : null;
        if (result instanceof ListeningSocket socket) {
            bound.add(new Bound(program, spec, socket));
            for (String warning : socket.warnings()) {
                say(Diagnostic.Level.WARNING, program, spec, warning);
            }
            failure = socket.listen(backlog(program, spec));
        }
        if (failure != null) {
            say(Diagnostic.Level.ALERT, program, spec, failure.words());
        }
        return failure == null;
    }

    private static int backlog(FrontendProgram program, BindSpec spec) {
        ProxySpec proxy = program.frontend().spec();
        int[] candidates = {spec.settings().get(BindSpec.BACKLOG), proxy.settings().get(ProxySpec.BACKLOG),
            spec.settings().get(BindSpec.MAXCONN), proxy.settings().get(ProxySpec.MAXCONN)};
        for (int candidate : candidates) {
            if (candidate > 0) {
                return candidate;
            }
        }
        return program.frontend().maxconn();
    }

    private void say(Diagnostic.Level level, FrontendProgram program, BindSpec spec, String words) {
        ProxySpec proxy = program.frontend().spec();
        String kind = proxy.kind() == ProxySpec.Kind.FRONTEND ? "frontend " : "proxy ";
        console.print(level, "Binding [" + spec.place() + "] for " + kind + proxy.name() + ": " + words);
    }

    /** Gives UNIX sockets their names. */
    boolean publish() {
        for (Bound each : bound) {
            ListeningSocket.Failure failure = each.socket.publish();
            if (failure != null) {
                say(Diagnostic.Level.ALERT, each.program, each.spec, failure.words());
                return false;
            }
        }
        return true;
    }

    /** Begins to accept; listeners go round the workers. */
    void start() {
        RateGate connections = runtime.totals().connectionGate();
        connections.limit(generation.configuration().global().get(GlobalSpec.MAXCONNRATE));
        RateGate sessions = runtime.totals().sessionGate();
        sessions.limit(generation.configuration().global().get(GlobalSpec.MAXSESSRATE));
        List<RateGate> common = List.of(connections, sessions);
        for (FrontendProgram program : generation.frontends()) {
            startListenersOf(program, common);
        }
    }

    private void addGate(List<RateGate> gates, int limit) {
        if (limit > 0) {
            gates.add(new RateGate(runtime.cells(), limit));
        }
    }

    private void startListenersOf(FrontendProgram program, List<RateGate> common) {
        List<Listener> own = new ArrayList<>();
        List<RateGate> gates = new ArrayList<>(common);
        addGate(gates, program.frontend().spec().settings().get(ProxySpec.RATE_LIMIT_SESSIONS));
        Integer asked = generation.configuration().global().get(GlobalSpec.TUNE_MAXACCEPT);
        Integer mostAtOnce = asked > 0 ? asked : Listener.ACCEPTS_PER_TURN;
        for (Bound each : bound) {
            if (each.program == program) {
                Worker home = runtime.workers().get(listeners.size() % runtime.workers().size());
                Entrance entrance = new Entrance(each.spec.id(), each.spec.settings().get(BindSpec.NAME),
                        runtime.totals(), program.frontend(), each.spec.settings().get(BindSpec.MAXCONN),
                        runtime.cells());
                entrance.pacedBy(gates);
                entrance.encrypted(each.spec.settings().get(BindSpec.TLS) != null);
                Entry entry = new Entry(program, entrance, runtime.workers(), headers(program, each.spec),
                        Entry.Protocol.of(each.spec.settings().get(BindSpec.PROTO)), each.spec.settings().get(BindSpec.TLS));
                Listener listener = new Listener(each.socket, home, entrance, entry, mostAtOnce,
                        trouble(program));
                own.add(listener);
                listeners.add(listener);
            }
        }
        program.frontend().configure(program.frontend().spec(), program.frontend().maxconn(), own);
        own.forEach(Listener::start);
    }

    private java.util.function.Consumer<Throwable> trouble(FrontendProgram program) {
        return cause -> console.print(Diagnostic.Level.ALERT,
                "Proxy " + program.frontend().name() + " cannot accept a connection: " + cause.getMessage());
    }

    private static Supplier<HeaderReader> headers(FrontendProgram program, BindSpec spec) {
        int magic = spec.settings().get(BindSpec.NETSCALER_CIP);
        if (magic != 0 || program.firstHeader() == FirstHeader.NETSCALER) {
            return () -> new NetScalerCipReader(magic);
        }
        boolean proxy = spec.settings().get(BindSpec.ACCEPT_PROXY) || program.firstHeader() == FirstHeader.PROXY;
        return proxy ? ProxyHeaderReader::new : null;
    }

    List<Listener> listeners() {
        return listeners;
    }
}
