package dev.weir.boot;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.PeersAssembly;
import dev.weir.config.compile.Runtime;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.ListeningSocket;
import dev.weir.upkeep.peers.PeerDoor;
import dev.weir.upkeep.peers.PeerGauges;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.peers.PeersSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The peers sections with where they listen: bound with the sockets of the proxies. Their sessions live on the Conductor.
 * Used by the main thread, but where it says the Conductor.
 */
final class PeerNetwork {

    private static final int BACKLOG = 1024;

    /** @param living the listener that is taken over, or null */
    private record Bound(PeersSpec section, BindSpec spec, ListeningSocket socket, Listener living) {}

    private final Runtime runtime;
    private final Configuration configuration;
    private final Console console;
    private final PeerGauges gauges;
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private PeerNetwork before;
    private volatile List<PeerSection> sections = List.of();

    /** @param before what there is, or null: sections that stay as they are go on with their sessions */
    PeerNetwork(Runtime runtime, Configuration configuration, Console console, PeerNetwork before) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.console = console;
        this.before = before;
        gauges = before == null ? new PeerGauges() : before.gauges;
    }

    /** Refuses a section in which nobody has our name: without it, what it was to share would silently be lost. */
    static boolean refuses(Configuration configuration, Console console) {
        boolean refused = false;
        for (PeersSpec section : configuration.global().get(GlobalSpec.PEERS)) {
            if (!section.disabled() && section.own() == null) {
                refused = true;
                console.print(Diagnostic.Level.ALERT, "config : parsing [" + section.place() + "] : no peer of section '"
                        + section.name() + "' is named '" + section.local() + "', as this machine is.");
            }
        }
        return refused;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said and none is left. */
    boolean bind(HandedSockets handed) {
        Settings global = configuration.global();
        String suffix = "." + runtime.identity().pid() + ".tmp";
        boolean good = true;
        for (PeersSpec section : global.get(GlobalSpec.PEERS)) {
            for (BindSpec spec : section.disabled() ? List.<BindSpec>of() : section.binds()) {
                Bound known = known(spec);
                if (known != null) {
                    bound.add(new Bound(section, spec, known.socket, known.living));
                    continue;
                }
                Object opened = ListeningSocket.open(runtime.conductor().engine(), spec.address(), spec.settings(),
                        new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), BACKLOG, suffix, Buffers.SYSTEM,
                                handed));
                ListeningSocket.Failure failure = opened instanceof ListeningSocket.Failure f ? f : null;
                if (opened instanceof ListeningSocket socket) {
                    bound.add(new Bound(section, spec, socket, null));
                    failure = socket.listen(BACKLOG);
                }
                good &= failure == null;
                say(section, spec, failure);
            }
        }
        if (!good) {
            close();
        }
        return good;
    }

    private Bound known(BindSpec spec) {
        if (before != null) {
            for (Bound each : before.bound) {
                boolean taken = bound.stream().anyMatch(other -> other.socket == each.socket);
                if (!taken && each.living != null && ListeningSocket.areAlike(each.spec, spec)
                        && ListeningSocket.placeOf(each.spec).equals(ListeningSocket.placeOf(spec))) {
                    return each;
                }
            }
        }
        return null;
    }

    private void say(PeersSpec section, BindSpec spec, ListeningSocket.Failure failure) {
        if (failure != null) {
            console.print(Diagnostic.Level.ALERT, "Binding [" + spec.place() + "] for peers " + section.name() + ": "
                    + failure.words());
        }
    }

    /** What is bound and will not be used. */
    void close() {
        bound.stream().filter(each -> each.living == null).forEach(each -> each.socket.close());
        bound.clear();
    }

    /** Gives UNIX sockets their names; what is wrong has been said when that cannot be. */
    boolean publish() {
        for (Bound each : bound) {
            ListeningSocket.Failure failure = each.living == null ? each.socket.publish() : null;
            if (failure != null) {
                say(each.section, each.spec, failure);
                return false;
            }
        }
        return true;
    }

    /** Listens and calls, or goes on so. On the Conductor's thread. */
    void start(boolean replacesAnother) {
        Diagnostics diagnostics = new Diagnostics();
        List<PeerSection> old = before == null ? List.of() : before.sections;
        sections = new PeersAssembly(runtime, configuration).assemble(old, gauges, diagnostics);
        console.print(diagnostics);
        for (PeerSection section : old) {
            if (!sections.contains(section)) {
                section.close();
            }
        }
        for (int i = 0; i < bound.size(); i++) {
            bound.set(i, opened(bound.get(i)));
        }
        if (before != null) {
            before.listeners.stream().filter(each -> !listeners.contains(each)).forEach(each -> each.drain(0));
            before = null;
        }
        for (PeerSection section : sections) {
            if (!old.contains(section)) {
                section.start(replacesAnother);
            }
        }
    }

    private Bound opened(Bound each) {
        for (PeerSection section : sections) {
            if (section.spec().name().equals(each.section.name())) {
                PeerDoor door = new PeerDoor(section, each.spec.settings().get(BindSpec.TLS),
                        Binding.headers(each.spec));
                Listener listener = each.living;
                if (listener == null) {
                    listener = new Listener(each.socket, runtime.conductor(), door, door, this::trouble);
                    door.of(listener);
                    listener.start();
                } else {
                    door.of(listener);
                    listener.handTo(door, door);
                }
                listeners.add(listener);
                return new Bound(each.section, each.spec, each.socket, listener);
            }
        }
        return each;
    }

    private void trouble(Throwable cause) {
        console.print(Diagnostic.Level.ALERT, "A peers section cannot accept a connection: " + cause.getMessage());
    }

    /**
     * Ends all sessions and tells a process that takes our place what we know.
     *
     * @param followed whether there is one for certain
     */
    void stop(boolean followed) {
        listeners.forEach(each -> each.drain(0));
        runtime.conductor().execute(() -> sections.forEach(each -> each.stop(followed)));
    }

    /** On the Conductor: whether the process before us may still have something to tell. */
    boolean awaitsLesson(long nowMs) {
        return sections.stream().anyMatch(each -> each.awaitsLesson(nowMs));
    }

    /** On the Conductor: whether a stop has nothing more to wait for. */
    boolean isDone() {
        return sections.stream().allMatch(PeerSection::isDone);
    }

    List<Exposed> exposed() {
        List<Exposed> all = new ArrayList<>();
        bound.forEach(each -> all.add(new Exposed(each.spec, each.socket)));
        return all;
    }

    List<Listener> listeners() {
        return listeners;
    }

    List<PeerSection> sections() {
        return sections;
    }

    PeerGauges gauges() {
        return gauges;
    }
}
