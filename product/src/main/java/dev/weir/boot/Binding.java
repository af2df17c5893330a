package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.Entry;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.model.proxy.Entrance;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RateGate;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.wire.proxyv.HeaderReader;
import dev.weir.wire.proxyv.NetScalerCipReader;
import dev.weir.wire.proxyv.ProxyHeaderReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The sockets of a configuration's proxies. Three steps, so that everything else that can fail may do so in between:
 * {@link #bind} makes those that there are not yet, all or none; {@link #publish}; then {@link #start}. What the binding
 * before it has in the same place, made alike, is taken over as it is. Used by the main thread.
 */
final class Binding {

    /** How long clients of a socket that goes may wait for room. */
    private static final long DRAIN_PATIENCE_MS = 1000;

    /** @param living the listener that is taken over, or null */
    private record Bound(ProxySpec proxy, BindSpec spec, ListeningSocket socket, Listener living) {}

    private final Runtime runtime;
    private final Console console;
    private HandedSockets handed;
    private final Settings global;
    /** Made, and not started. */
    private final List<Listener> waiting = new ArrayList<>();
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Listener, BindSpec> specs = new LinkedHashMap<>();

    Binding(Runtime runtime, Settings global, Console console) {
        this.runtime = runtime;
        this.global = global;
        this.console = console;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said. */
    boolean bind(List<FrontendProgram> frontends, Binding before, HandedSockets given) {
        handed = given;
        if (before == null) {
            tellWhoWeStay();
        }
        if (!prepare()) {
            return false;
        }
        Map<Listener, BindSpec> living = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before.specs);
        boolean good = true;
        for (FrontendProgram program : frontends) {
            for (BindSpec spec : program.frontend().spec().binds()) {
                if (ReverseListeners.is(spec)) {
                    continue;
                }
                Listener known = take(living, spec);
                good &= known == null ? open(program, spec)
                        : bound.add(new Bound(program.frontend().spec(), spec, known.socket(), known));
            }
        }
        if (!good) {
            close();
            console.print(Diagnostic.Level.ALERT,
                    "[haproxy.main()] Some protocols failed to start their listeners! Exiting.");
        }
        return good;
    }

    private static Listener take(Map<Listener, BindSpec> living, BindSpec spec) {
        for (Map.Entry<Listener, BindSpec> each : living.entrySet()) {
            Listener listener = each.getKey();
            if (listener.state() != Listener.State.CLOSED && ListeningSocket.areAlike(each.getValue(), spec)
                    && ListeningSocket.placeOf(each.getValue()).equals(ListeningSocket.placeOf(spec))) {
                living.remove(listener);
                return listener;
            }
        }
        return null;
    }

    /** Closes what was made here and will not be used. */
    void close() {
        for (Bound each : bound) {
            if (each.living == null) {
                each.socket.close();
            }
        }
        bound.clear();
    }

    private boolean open(FrontendProgram program, BindSpec spec) {
        Buffers buffers = new Buffers(global.get(GlobalSpec.RCVBUF_CLIENT), global.get(GlobalSpec.SNDBUF_CLIENT));
        Engine engine = runtime.conductor().engine();
        return keep(program, spec, ListeningSocket.open(engine, spec.address(), spec.settings(),
                new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), backlog(program, spec),
                        "." + runtime.identity().pid() + ".tmp", buffers, handed)));
    }

    private void tellWhoWeStay() {
        if (Accounts.isRefused(global)) {
            console.print(Diagnostic.Level.NOTICE, "'user' and 'group' are for a process that root starts: this one "
                    + "stays who it is.");
        }
    }

    /** The limit of descriptors first: sockets come out of it. */
    private boolean prepare() {
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
            bound.add(new Bound(program.frontend().spec(), spec, socket, null));
            for (String warning : socket.warnings()) {
                say(Diagnostic.Level.WARNING, program.frontend().spec(), spec, warning);
            }
            failure = socket.listen(backlog(program, spec));
        }
        if (failure != null) {
            say(Diagnostic.Level.ALERT, program.frontend().spec(), spec, failure.words());
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

    private void say(Diagnostic.Level level, ProxySpec proxy, BindSpec spec, String words) {
        String kind = proxy.kind() == ProxySpec.Kind.FRONTEND ? "frontend " : "proxy ";
        console.print(level, "Binding [" + spec.place() + "] for " + kind + proxy.name() + ": " + words);
    }

    /** Gives UNIX sockets their names. */
    boolean publish() {
        for (Bound each : bound) {
            ListeningSocket.Failure failure = each.living == null ? each.socket.publish() : null;
            if (failure != null) {
                say(Diagnostic.Level.ALERT, each.proxy, each.spec, failure.words());
                return false;
            }
        }
        return true;
    }

    /** Begins to accept for these programs; listeners go round the workers. What was there before and is not here goes. */
    void start(List<FrontendProgram> frontends, Binding before) {
        prepare(frontends, before);
        letIn();
    }

    /** New listeners let their first clients in. */
    void letIn() {
        waiting.forEach(Listener::start);
        waiting.clear();
    }

    /** As {@link #start}, but nobody is let in by new listeners yet: clients wait in the kernel's queues. */
    void prepare(List<FrontendProgram> frontends, Binding before) {
        List<RateGate> common = List.of(runtime.totals().connectionGate(), runtime.totals().sessionGate());
        for (FrontendProgram program : frontends) {
            startListenersOf(program, common);
        }
        if (before != null) {
            before.listeners.stream().filter(each -> !listeners.contains(each))
                    .forEach(each -> each.drain(DRAIN_PATIENCE_MS));
        }
        bound.clear();
    }

    private void startListenersOf(FrontendProgram program, List<RateGate> common) {
        List<RateGate> gates = new ArrayList<>(common);
        int perSecond = program.frontend().spec().settings().get(ProxySpec.RATE_LIMIT_SESSIONS);
        if (perSecond > 0) {
            gates.add(new RateGate(runtime.cells(), perSecond));
        }
        List<Listener> own = new ArrayList<>();
        for (Bound each : bound) {
            if (each.proxy == program.frontend().spec()) {
                Entrance entrance = entrance(program, each);
                boolean encrypted = each.spec.settings().get(BindSpec.TLS) != null;
                List<RateGate> all = new ArrayList<>(gates);
                if (encrypted) {
                    all.add(runtime.totals().tlsGate());
                }
                entrance.guid(guid(each));
                entrance.pacedBy(all);
                entrance.encrypted(encrypted);
                entrance.idlePingMs(each.spec.settings().get(BindSpec.IDLE_PING_MS));
                Entry entry = new Entry(program, entrance, runtime.workers(), headers(each.spec),
                        Entry.Protocol.of(each.spec.settings().get(BindSpec.PROTO)), each.spec.settings().get(BindSpec.TLS));
                Listener listener = each.living;
                if (listener == null) {
                    listener = listener(program, each, entrance, entry);
                    waiting.add(listener);
                } else {
                    each.socket.listen(backlog(program, each.spec));
                    listener.handTo(entry, entrance);
                }
                own.add(listener);
                listeners.add(listener);
                specs.put(listener, each.spec);
            }
        }
        program.frontend().listeners(own);
    }

    /** The counters of a listener stay with it as long as it stays with its frontend. */
    /** The prefix of its line and its place there, from 1. */
    private String guid(Bound bind) {
        String prefix = bind.spec.settings().get(BindSpec.GUID_PREFIX);
        int at = 1;
        for (Bound other : bound) {
            if (other == bind) {
                break;
            }
            at += other.proxy == bind.proxy && other.spec.place().equals(bind.spec.place()) ? 1 : 0;
        }
        return prefix == null ? null : prefix + "-" + at;
    }

    private Entrance entrance(FrontendProgram program, Bound bind) {
        String name = bind.spec.settings().get(BindSpec.NAME);
        int maxconn = bind.spec.settings().get(BindSpec.MAXCONN);
        if (bind.living != null && bind.living.admission() instanceof Entrance known
                && known.frontend() == program.frontend()) {
            known.configure(bind.spec.id(), name, maxconn);
            return known;
        }
        return new Entrance(bind.spec.id(), name, runtime.totals(), program.frontend(), maxconn, runtime.cells());
    }

    private Listener listener(FrontendProgram program, Bound bind, Entrance entrance, Entry entry) {
        Integer asked = global.get(GlobalSpec.TUNE_MAXACCEPT);
        Integer mostAtOnce = asked > 0 ? asked : Listener.ACCEPTS_PER_TURN;
        Worker home = runtime.workers().get(listeners.size() % runtime.workers().size());
        return new Listener(bind.socket, home, entrance, entry, mostAtOnce, trouble(program.frontend()));
    }

    private Consumer<Throwable> trouble(Frontend frontend) {
        return cause -> console.print(Diagnostic.Level.ALERT,
                "Proxy " + frontend.name() + " cannot accept a connection: " + cause.getMessage());
    }

    /** Reads what connections of that line have to begin with; null for nothing. */
    static Supplier<HeaderReader> headers(BindSpec spec) {
        int magic = spec.settings().get(BindSpec.NETSCALER_CIP);
        if (magic != 0) {
            return () -> new NetScalerCipReader(magic);
        }
        return spec.settings().get(BindSpec.ACCEPT_PROXY) ? ProxyHeaderReader::new : null;
    }

    /**
     * Nobody is let in any more; who waits in a queue still is.
     *
     * @param followed whether another process has said that it takes our place
     */
    void leave(long patienceMs, boolean followed) {
        for (Listener listener : listeners) {
            Object place = ListeningSocket.placeOf(specs.get(listener));
            int own = 0;
            for (BindSpec each : specs.values()) {
                own += ListeningSocket.placeOf(each).equals(place) ? 1 : 0;
            }
            listener.leave(patienceMs, own, followed);
        }
    }

    List<Exposed> exposed() {
        List<Exposed> all = new ArrayList<>();
        specs.forEach((listener, spec) -> all.add(new Exposed(spec, listener.socket())));
        return all;
    }

    List<Listener> listeners() {
        return listeners;
    }
}
