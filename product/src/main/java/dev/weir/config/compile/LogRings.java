package dev.weir.config.compile;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.EventSinks;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.LogSpec;
import dev.weir.base.log.RingFile;
import dev.weir.base.log.RingSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.RingSender;
import dev.weir.net.sock.Dialer;
import dev.weir.net.sock.LogOutlet;
import dev.weir.net.sock.RingOutlet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rings of a configuration: those of its sections, and one for each log target that is a stream. */
final class LogRings {

    /** @param rings the one in memory for whoever looks at it, then one for each server that it is sent to */
    private record Living(RingSpec spec, LogRing[] rings, List<RingSender> senders) {

        void add(byte[] line) {
            for (LogRing ring : rings) {
                ring.add(line, line.length);
            }
            filled();
        }

        void filled() {
            for (RingSender sender : senders) {
                sender.filled();
            }
        }
    }

    private final Runtime runtime;
    private LogRings before;
    private final Map<String, Living> sections = new HashMap<>();
    private final Map<Address, Living> streams = new HashMap<>();
    /** Those of log backends' servers; asked for by workers, each when it has the first message for one. */
    private final Map<ServerSpec, Living> servers = new ConcurrentHashMap<>();

    /** @param before the rings that there are, or null: those of which nothing else is said now are the very same */
    LogRings(Runtime runtime, Configuration configuration, LogRings before) {
        this.runtime = runtime;
        this.before = before;
        for (RingSpec spec : configuration.global().get(GlobalSpec.RINGS)) {
            sections.put(spec.name(), section(spec));
        }
        // those of which nothing was said
        for (SectionSpec section : configuration.others()) {
            if (section.kind() == Section.RING && !sections.containsKey(section.name())) {
                sections.put(section.name(),
                        section(new RingSpec(section.name(), new Settings(), List.of(), section.place())));
            }
        }
        if (before != null) {
            before.streams.forEach(streams::put);
        }
        this.before = null;
    }

    private Living section(RingSpec spec) {
        Living known = before == null ? null : before.sections.get(spec.name());
        if (known != null && isSame(known.spec, spec)) {
            return new Living(spec, known.rings, known.senders);
        }
        return living(spec);
    }

    private static boolean isSame(RingSpec old, RingSpec next) {
        return old.servers().equals(next.servers()) && old.settings().same(next.settings(), RingSpec.SIZE)
                && old.settings().same(next.settings(), RingSpec.BACKING_FILE)
                && old.settings().same(next.settings(), RingSpec.TIMEOUT_CONNECT);
    }

    private Living living(RingSpec spec) {
        int size = spec.settings().get(RingSpec.SIZE);
        List<LogRing> rings = new ArrayList<>(List.of(memory(spec, size)));
        List<RingSender> senders = new ArrayList<>();
        for (RingSpec.Server server : spec.servers()) {
            LogRing queue = new LogRing(size, true);
            rings.add(queue);
            senders.add(new RingSender(runtime.conductor(), queue, server.address(), Dialer.PLAIN, server.octetCounted(),
                    spec.settings().get(RingSpec.TIMEOUT_CONNECT),
                    server.settings().get(ServerSpec.SSL) ? server.settings().get(ServerSpec.TLS) : null));
        }
        return new Living(spec, rings.toArray(new LogRing[0]), senders);
    }

    private LogRing memory(RingSpec spec, int size) {
        String path = spec.settings().get(RingSpec.BACKING_FILE);
        return path == null ? new LogRing(size, false) : new LogRing(new RingFile(Path.of(path), size));
    }

    /** Takes lines for a ring and its servers, null when there is no such ring. From any thread. */
    EventSinks.Into into(String name) {
        Living living = sections.get(name);
        return living == null ? null : living::add;
    }

    boolean has(String name) {
        return sections.containsKey(name);
    }

    /** The ring's memory, for who wants to look at it; null when there is no such ring. */
    LogRing memory(String name) {
        Living living = sections.get(name);
        return living == null ? null : living.rings[0];
    }

    LogOutlet outlet(LogSpec spec, Worker worker) {
        Living living = spec.target() == LogSpec.Target.RING ? sections.get(spec.name())
                : streams.computeIfAbsent(spec.address(), address -> living(new RingSpec(spec.name(),
                        new Settings(), List.of(new RingSpec.Server("s", address, false, List.of(), new Settings())),
                        spec.place())));
        int maxLength = living.spec.settings().get(RingSpec.MAXLEN);
        int longest = maxLength > 0 ? maxLength : Integer.MAX_VALUE;
        return new RingOutlet(worker, living.rings, longest, living::filled);
    }

    /**
     * The way to a server of a log backend: a ring of its own, the same for all workers, and a connection behind it.
     *
     * @param address where it is now
     */
    LogOutlet stream(ProxySpec backend, ServerSpec server, Address address, Worker worker) {
        Living living = servers.computeIfAbsent(server, spec -> {
            Settings settings = new Settings();
            settings.set(RingSpec.SIZE, server.settings().get(ServerSpec.LOG_BUFSIZE), server.place());
            settings.set(RingSpec.TIMEOUT_CONNECT, backend.settings().get(ProxySpec.TIMEOUT_CONNECT), server.place());
            return living(new RingSpec(server.name(), settings, List.of(new RingSpec.Server(server.name(),
                    address, server.settings().get(ServerSpec.LOG_OCTET_COUNT), List.of(), server.settings())),
                    server.place()));
        });
        living.senders.forEach(sender -> sender.moveTo(address));
        return new RingOutlet(worker, living.rings, Integer.MAX_VALUE, living::filled);
    }
}
