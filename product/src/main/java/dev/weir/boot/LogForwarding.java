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
import dev.weir.net.sock.ListeningSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of {@code log-forward} sections: bound with those of the proxies, opened last; they go round the workers.
 * Used by the main thread.
 */
final class LogForwarding {

    private record Inlet(LogForwarder forwarder, DatagramInlet socket) {}

    private record Bound(LogForwarder forwarder, BindSpec spec, ListeningSocket socket) {}

    private final Runtime runtime;
    private final Settings global;
    private final List<LogForwarder> forwarders;
    private final Console console;
    private final List<Inlet> inlets = new ArrayList<>();
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    LogForwarding(Runtime runtime, Settings global, List<LogForwarder> forwarders, Console console) {
        this.runtime = runtime;
        this.global = global;
        this.forwarders = forwarders;
        this.console = console;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said and none is left. */
    boolean bind() {
        boolean good = true;
        for (LogForwarder forwarder : forwarders) {
            for (BindSpec spec : forwarder.spec().settings().get(LogForwardSpec.DATAGRAM_BINDS)) {
                good &= keep(forwarder, spec, DatagramInlet.open(runtime.workers().getFirst().engine(), spec.address(),
                        spec.settings(), !global.get(GlobalSpec.NOREUSEPORT)));
            }
            for (BindSpec spec : forwarder.spec().settings().get(LogForwardSpec.BINDS)) {
                good &= keep(forwarder, spec, ListeningSocket.open(runtime.workers().getFirst().engine(),
                        spec.address(), spec.settings(), terms(forwarder, spec)));
            }
        }
        if (!good) {
            close();
        }
        return good;
    }

    private ListeningSocket.Terms terms(LogForwarder forwarder, BindSpec spec) {
        return new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), backlog(forwarder, spec),
                "." + runtime.identity().pid() + ".tmp", Buffers.SYSTEM);
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
            inlets.add(new Inlet(forwarder, inlet));
        } else if (opened instanceof ListeningSocket socket) {
            bound.add(new Bound(forwarder, spec, socket));
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
            if (!isFine(each.forwarder, each.spec, each.socket.publish())) {
                return false;
            }
        }
        return true;
    }

    /** What is bound and will not be used. */
    void close() {
        inlets.forEach(each -> each.socket.close());
        bound.forEach(each -> each.socket.close());
        inlets.clear();
        bound.clear();
    }

    /** Begins to receive. */
    void start() {
        int next = 0;
        for (Inlet inlet : inlets) {
            Worker worker = home(next++);
            inlet.socket.start(worker, inlet.forwarder::take);
        }
        for (LogForwarder forwarder : forwarders) {
            LogStreamDoor door = new LogStreamDoor(forwarder, global.get(GlobalSpec.TUNE_BUFSIZE));
            for (Bound each : bound) {
                if (each.forwarder == forwarder) {
                    Listener listener = new Listener(each.socket, home(next++), door, door, cause -> console.print(
                            Diagnostic.Level.ALERT, "Proxy " + forwarder.spec().name()
                                    + " cannot accept a connection: " + cause.getMessage()));
                    door.add(listener);
                    listeners.add(listener);
                }
            }
        }
        listeners.forEach(Listener::start);
    }

    private Worker home(int number) {
        return runtime.workers().get(number % runtime.workers().size());
    }

    /** Receives no more. */
    void stop() {
        inlets.forEach(each -> each.socket.close());
        listeners.forEach(Listener::close);
    }
}
