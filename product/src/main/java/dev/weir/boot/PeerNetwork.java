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
import dev.weir.net.sock.ListeningSocket;
import dev.weir.upkeep.peers.PeerDoor;
import dev.weir.upkeep.peers.PeerGauges;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.peers.PeersSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The peers sections with where they listen: bound with the sockets of the proxies. Their sessions live on the Conductor.
 * Used by the main thread.
 */
final class PeerNetwork {

    private static final int BACKLOG = 1024;

    private record Bound(PeersSpec section, BindSpec spec, ListeningSocket socket) {}

    private final Runtime runtime;
    private final Configuration configuration;
    private final Console console;
    private final PeerGauges gauges = new PeerGauges();
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private List<PeerSection> sections = List.of();

    PeerNetwork(Runtime runtime, Configuration configuration, Console console) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.console = console;
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
    boolean bind() {
        Settings global = configuration.global();
        String suffix = "." + runtime.identity().pid() + ".tmp";
        boolean good = true;
        for (PeersSpec section : global.get(GlobalSpec.PEERS)) {
            for (BindSpec spec : section.disabled() ? List.<BindSpec>of() : section.binds()) {
                Object opened = ListeningSocket.open(runtime.conductor().engine(), spec.address(), spec.settings(),
                        new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), BACKLOG, suffix, Buffers.SYSTEM));
                ListeningSocket.Failure failure = opened instanceof ListeningSocket.Failure f ? f : null;
                if (opened instanceof ListeningSocket socket) {
                    bound.add(new Bound(section, spec, socket));
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

    private void say(PeersSpec section, BindSpec spec, ListeningSocket.Failure failure) {
        if (failure != null) {
            console.print(Diagnostic.Level.ALERT, "Binding [" + spec.place() + "] for peers " + section.name() + ": "
                    + failure.words());
        }
    }

    /** What is bound and will not be used. */
    void close() {
        bound.forEach(each -> each.socket.close());
        bound.clear();
    }

    /** Gives UNIX sockets their names; what is wrong has been said when that cannot be. */
    boolean publish() {
        for (Bound each : bound) {
            ListeningSocket.Failure failure = each.socket.publish();
            if (failure != null) {
                say(each.section, each.spec, failure);
                return false;
            }
        }
        return true;
    }

    /** Makes the sections; what is wrong with their lines is put among the messages. */
    void assemble(Diagnostics diagnostics) {
        sections = new PeersAssembly(runtime, configuration).assemble(gauges, diagnostics);
    }

    /** Listens and calls. */
    void start(boolean replacesAnother) {
        for (PeerSection section : sections) {
            PeerDoor door = new PeerDoor(section);
            for (Bound each : bound) {
                if (each.section == section.spec()) {
                    Listener listener = new Listener(each.socket, runtime.conductor(), door, door, this::trouble);
                    door.of(listener);
                    listeners.add(listener);
                }
            }
        }
        runtime.conductor().execute(() -> sections.forEach(each -> each.start(replacesAnother)));
        listeners.forEach(Listener::start);
    }

    private void trouble(Throwable cause) {
        console.print(Diagnostic.Level.ALERT, "A peers section cannot accept a connection: " + cause.getMessage());
    }

    /** Ends all sessions and tells a process that takes our place what we know. */
    void stop() {
        listeners.forEach(Listener::close);
        runtime.conductor().execute(() -> sections.forEach(PeerSection::stop));
    }

    /** On the Conductor: whether a stop has nothing more to wait for. */
    boolean isDone() {
        return sections.stream().allMatch(PeerSection::isDone);
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
