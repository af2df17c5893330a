package dev.weir.boot;

import dev.weir.admin.cli.CliDoor;
import dev.weir.admin.cli.CommandTable;
import dev.weir.admin.cli.Level;
import dev.weir.admin.cli.Severity;
import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic;
import dev.weir.base.time.Clock;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.KeptLines;
import dev.weir.config.compile.Runtime;
import dev.weir.keyword.command.Site;
import dev.weir.model.proxy.Totals;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.BindSpec;
import dev.weir.net.sock.Buffers;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.ListeningSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;

/**
 * The sockets of {@code stats socket} lines: bound with those of the proxies, named and opened last. Their sessions live
 * on the Conductor. Used by the main thread.
 */
final class CommandSockets {

    private static final int PAYLOAD_BYTES = 128 * 1024;
    private static final int BACKLOG = 128;

    /** @param living the listener that is taken over, or null */
    private record Bound(BindSpec spec, ListeningSocket socket, Listener living) {}

    private final Runtime runtime;
    private final Settings global;
    private final List<BindSpec> specs;
    private final Console console;
    private HandedSockets handed;
    private IntPredicate handing = connection -> false;
    private CommandSockets before;
    private final AtomicInteger clients;
    private final List<Bound> bound = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** @param before those that there are, or null: what is in the same place is taken over */
    CommandSockets(Runtime runtime, Settings global, List<BindSpec> specs, Console console, CommandSockets before) {
        this.specs = specs;
        this.before = before;
        this.clients = before == null ? new AtomicInteger() : before.clients;
        this.runtime = runtime;
        this.global = global;
        this.console = console;
    }

    /** Whether every socket could be bound; if not, what is wrong has been said and none is left. */
    boolean bind(HandedSockets given) {
        handed = given;
        String suffix = "." + runtime.identity().pid() + ".tmp";
        boolean good = true;
        for (BindSpec spec : specs) {
            Bound known = known(spec);
            if (known != null) {
                bound.add(new Bound(spec, known.socket, known.living));
                continue;
            }
            Object opened = ListeningSocket.open(runtime.conductor().engine(), spec.address(), spec.settings(),
                    new ListeningSocket.Terms(!global.get(GlobalSpec.NOREUSEPORT), backlog(spec), suffix, Buffers.SYSTEM, handed));
            ListeningSocket.Failure failure = opened instanceof ListeningSocket.Failure f ? f : null;
            if (opened instanceof ListeningSocket socket) {
                bound.add(new Bound(spec, socket, null));
                failure = socket.listen(backlog(spec));
            }
            if (failure != null && Accounts.isRefused(global) && failure.words().contains("(Permission denied)")) {
                // a packaged file that somebody else than root starts: traffic need not suffer
                console.print(Diagnostic.Level.NOTICE, "Binding [" + spec.place() + "] for proxy GLOBAL: "
                        + failure.words() + "; no command will be answered there.");
            } else if (failure != null) {
                say(spec, failure.words());
                good = false;
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
                if (!taken && ListeningSocket.areAlike(each.spec, spec)
                        && ListeningSocket.placeOf(each.spec).equals(ListeningSocket.placeOf(spec))) {
                    return each;
                }
            }
        }
        return null;
    }

    /** What is bound and will not be used. */
    void close() {
        bound.stream().filter(each -> each.living == null).forEach(each -> each.socket.close());
        bound.clear();
    }

    private static int backlog(BindSpec spec) {
        int own = spec.settings().get(BindSpec.BACKLOG);
        return own > 0 ? own : BACKLOG;
    }

    private void say(BindSpec spec, String words) {
        console.print(Diagnostic.Level.ALERT, "Binding [" + spec.place() + "] for proxy GLOBAL: " + words);
    }

    /** Gives UNIX sockets their names; what is wrong has been said when that cannot be. */
    boolean publish() {
        for (Bound each : bound) {
            ListeningSocket.Failure failure = each.living == null ? each.socket.publish() : null;
            if (failure != null) {
                say(each.spec, failure.words());
                return false;
            }
        }
        return true;
    }

    /** Lets clients in. */
    void start(CommandTable table) {
        start((spec, terms) -> new CliDoor(runtime.conductor(), table, Level.of(spec.settings().get(BindSpec.LEVEL)),
                Severity.Output.of(spec.settings().get(BindSpec.SEVERITY_OUTPUT)), terms,
                spec.settings().get(BindSpec.EXPOSE_LISTENERS) ? handing : null)
                .showing(spec.settings().get(BindSpec.TLS)));
    }

    /** Who hands listening sockets over to a connection by its descriptor, where a socket lets it. */
    void handBy(IntPredicate who) {
        handing = who;
    }

    /** Lets clients in by doors of this kind. */
    void start(BiFunction<BindSpec, CliDoor.Terms, CliDoor> doors) {
        CliDoor.Terms terms = terms();
        for (int i = 0; i < bound.size(); i++) {
            Bound each = bound.get(i);
            CliDoor door = doors.apply(each.spec, terms);
            if (each.living == null) {
                Listener fresh = new Listener(each.socket, runtime.conductor(), door, door, this::trouble);
                bound.set(i, new Bound(each.spec, each.socket, fresh));
                listeners.add(fresh);
                fresh.start();
            } else {
                each.living.handTo(door, door);
                listeners.add(each.living);
            }
        }
        if (before != null) {
            before.listeners.stream().filter(each -> !listeners.contains(each)).forEach(each -> each.drain(0));
            before = null;
        }
    }

    private CliDoor.Terms terms() {
        long startedMs = runtime.conductor().nowMs();
        return new CliDoor.Terms(clients, this::count, () -> global.get(GlobalSpec.STATS_MAXCONN),
                global.get(GlobalSpec.STATS_TIMEOUT_MS), global.get(GlobalSpec.TUNE_BUFSIZE), payloadBytes(),
                () -> (Clock.SYSTEM.monotonicNanos() / 1_000_000 - startedMs) / 1000,
                () -> listeners.forEach(Listener::wake));
    }

    private void count() {
        runtime.totals().counts().cell(runtime.conductor().index()).increment(Totals.Total.COMMAND_CLIENTS.ordinal());
    }

    /** {@code tune.cli.max-payload-size}. */
    private int payloadBytes() {
        return (int) Math.clamp(KeptLines.number(global, "tune.cli.max-payload-size", PAYLOAD_BYTES), 1, Integer.MAX_VALUE);
    }

    private void trouble(Throwable cause) {
        console.print(Diagnostic.Level.ALERT, "Proxy GLOBAL cannot accept a connection: " + cause.getMessage());
    }

    List<Exposed> exposed() {
        List<Exposed> all = new ArrayList<>();
        bound.forEach(each -> all.add(new Exposed(each.spec, each.socket)));
        return all;
    }

    List<Listener> listeners() {
        return listeners;
    }

    /** As {@code show cli sockets} names them. */
    List<Site.Doors.Socket> names() {
        List<Site.Doors.Socket> names = new ArrayList<>();
        for (Bound each : bound) {
            names.add(new Site.Doors.Socket(name(each.socket), Level.of(each.spec.settings().get(BindSpec.LEVEL)).word()));
        }
        return names;
    }

    private static String name(ListeningSocket socket) {
        Address address = socket.address().family() == Family.FD ? socket.localAddress() : socket.address();
        return switch (address.family()) {
            case UNIX -> "unix@" + address.path();
            case IPV4 -> "ipv4@" + address;
            case IPV6 -> "ipv6@" + address;
            case ABNS, ABNSZ, SOCKPAIR -> address.toString();
            default -> "unknown";
        };
    }
}
