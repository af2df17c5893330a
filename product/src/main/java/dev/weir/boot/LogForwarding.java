package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.LogStreamDoor;
import dev.weir.flow.exchange.LogForwarder;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.DatagramInlet;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.ListeningSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of {@code log-forward} sections: bound with those of the proxies, opened last; they go round the workers.
 * Used by the main thread.
 */
final class LogForwarding {

    /** @param living whether it receives already */
    private record Inlet(LogForwarder forwarder, BindSpec spec, DatagramInlet socket, boolean living) {}

    /** @param living the listener that is taken over, or null */
    private record Bound(LogForwarder forwarder, BindSpec spec, ListeningSocket socket, Listener living) {}

    private final Runtime runtime;
    private final Settings global;
    private LogForwarding before;
    private List<LogForwarder> forwarders;
    private final Console console;
    private HandedSockets handed;
    private final List<Inlet> inlets = new ArrayList<>();
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** @param before those that there are, or null: what is in the same place is taken over */
    LogForwarding(Runtime runtime, Settings global, List<LogForwarder> forwarders, Console console,
            LogForwarding before) {
        this.before = before;
        this.runtime = runtime;
        this.global = global;
        this.forwarders = forwarders;
        this.console = console;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said and none is left. */
    boolean bind(HandedSockets given) {
        handed = given;
        boolean good = true;
        for (LogForwarder forwarder : forwarders) {
            for (BindSpec spec : forwarder.spec().settings().get(LogForwardSpec.DATAGRAM_BINDS)) {
                good &= takesInlet(forwarder, spec) || keep(forwarder, spec, DatagramInlet.open(runtime.conductor().engine(), spec.address(),
                        spec.settings(), !global.get(GlobalSpec.NOREUSEPORT)));
            }
            for (BindSpec spec : forwarder.spec().settings().get(LogForwardSpec.BINDS)) {
                good &= takesListener(forwarder, spec) || keep(forwarder, spec, ListeningSocket.open(runtime.conductor().engine(),
                        spec.address(), spec.settings(), terms(forwarder, spec)));
            }
        }
        if (!good) {
            close();
        }
        return good;
    }

    private boolean takesInlet(LogForwarder forwarder, BindSpec spec) {
        for (Inlet each : before == null ? List.<Inlet>of() : before.inlets) {
            if (isTheSame(each.spec, spec) && inlets.stream().noneMatch(other -> other.socket == each.socket)) {
                return inlets.add(new Inlet(forwarder, spec, each.socket, true));
            }
        }
        return false;
    }

    private boolean takesListener(LogForwarder forwarder, BindSpec spec) {
        for (Bound each : before == null ? List.<Bound>of() : before.bound) {
            if (isTheSame(each.spec, spec) && bound.stream().noneMatch(other -> other.socket == each.socket)) {
                return bound.add(new Bound(forwarder, spec, each.socket, each.living));
            }
        }
        return false;
    }

    private static boolean isTheSame(BindSpec one, BindSpec other) {
        return ListeningSocket.areAlike(one, other)
                && ListeningSocket.placeOf(one).equals(ListeningSocket.placeOf(other));
    }

    private ListeningSocket.Terms terms(LogForwarder forwarder, BindSpec spec) {
        return new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), backlog(forwarder, spec),
                "." + runtime.identity().pid() + ".tmp", Buffers.SYSTEM, handed);
    }

    private static int backlog(LogForwarder forwarder, BindSpec spec) {
        int own = spec.settings().get(BindSpec.BACKLOG);
        int common = forwarder.spec().settings().get(LogForwardSpec.BACKLOG);
        return own > 0 ? own : common > 0 ? common
                : Math.max(1, forwarder.spec().settings().get(LogForwardSpec.MAXCONN));
    }

    private boolean keep(LogForwarder forwarder, BindSpec spec, Object opened) {
        ListeningSocket.Failure failure = opened instanceof ListeningSocket.Failure f ? f : null;
        if (opened instanceof DatagramInlet inlet) {
            inlets.add(new Inlet(forwarder, spec, inlet, false));
        } else if (opened instanceof ListeningSocket socket) {
            bound.add(new Bound(forwarder, spec, socket, null));
            failure = socket.listen(backlog(forwarder, spec));
        }
        return isFine(forwarder, spec, failure);
    }

    private boolean isFine(LogForwarder forwarder, BindSpec spec, ListeningSocket.Failure failure) {
        if (failure != null) {
            console.print(Diagnostic.Level.ALERT, "Binding [" + spec.place() + "] for proxy "
                    + forwarder.spec().name() + ": " + failure.words());
        }
        return failure == null;
    }

    /** Gives UNIX stream sockets their names; what is wrong has been said when that cannot be. */
    boolean publish() {
        for (Bound each : bound) {
            if (each.living == null && !isFine(each.forwarder, each.spec, each.socket.publish())) {
                return false;
            }
        }
        return true;
    }

    /** What is bound and will not be used. */
    void close() {
        inlets.stream().filter(each -> !each.living).forEach(each -> each.socket.close());
        bound.stream().filter(each -> each.living == null).forEach(each -> each.socket.close());
        inlets.clear();
        bound.clear();
    }

    /** What is bound belongs to these of the same names: another assembly of the same configuration. */
    void now(List<LogForwarder> assembled) {
        inlets.replaceAll(each -> new Inlet(named(assembled, each.forwarder), each.spec, each.socket, each.living));
        bound.replaceAll(each -> new Bound(named(assembled, each.forwarder), each.spec, each.socket, each.living));
        forwarders = assembled;
    }

    private static LogForwarder named(List<LogForwarder> all, LogForwarder like) {
        for (LogForwarder each : all) {
            if (each.spec().name().equals(like.spec().name())) {
                return each;
            }
        }
        return like;
    }

    /** Begins to receive. What was there before and is not here goes. */
    void start() {
        int next = 0;
        for (int i = 0; i < inlets.size(); i++) {
            Inlet inlet = inlets.get(i);
            if (inlet.living) {
                inlet.socket.handTo(inlet.forwarder::take);
            } else {
                inlet.socket.start(home(next++), inlet.forwarder::take);
            }
        }
        for (LogForwarder forwarder : forwarders) {
            LogStreamDoor door = new LogStreamDoor(forwarder, global.get(GlobalSpec.TUNE_BUFSIZE));
            for (int i = 0; i < bound.size(); i++) {
                if (bound.get(i).forwarder == forwarder) {
                    open(i, door.showing(bound.get(i).spec.settings().get(BindSpec.TLS)), home(next++));
                }
            }
        }
        if (before != null) {
            before.inlets.stream().filter(old -> inlets.stream().noneMatch(each -> each.socket == old.socket))
                    .forEach(old -> old.socket.close());
            before.listeners.stream().filter(old -> !listeners.contains(old)).forEach(old -> old.drain(0));
            before = null;
        }
    }

    private void open(int number, LogStreamDoor door, Worker home) {
        Bound each = bound.get(number);
        Listener listener = each.living;
        if (listener == null) {
            listener = new Listener(each.socket, home, door, door, cause -> console.print(Diagnostic.Level.ALERT, "Proxy "
                    + each.forwarder.spec().name() + " cannot accept a connection: " + cause.getMessage()));
            bound.set(number, new Bound(each.forwarder, each.spec, each.socket, listener));
            listener.start();
        } else {
            listener.handTo(door, door);
        }
        door.add(listener);
        listeners.add(listener);
    }

    private Worker home(int number) {
        return runtime.workers().get(number % runtime.workers().size());
    }

    /** Senders of streams are let in no more; who is in goes on. */
    void pause() {
        listeners.forEach(Listener::pause);
    }

    void resume() {
        listeners.forEach(Listener::resume);
    }

    List<Exposed> exposed() {
        List<Exposed> all = new ArrayList<>();
        bound.forEach(each -> all.add(new Exposed(each.spec, each.socket)));
        return all;
    }

    /** Receives no more. */
    void stop() {
        inlets.forEach(each -> each.socket.close());
        listeners.forEach(Listener::close);
    }
}
