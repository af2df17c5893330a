package dev.weir.keyword.command;

import dev.weir.base.address.Address;
import dev.weir.base.log.LogRing;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.Runtime;
import dev.weir.config.rule.RuleWorld;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Listener;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerChecks;
import dev.weir.upkeep.peers.PeerGauges;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.resolve.NameService;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What commands work on. Immutable; what it leads to belongs to the Conductor.
 *
 * @param generation the current one
 * @param rings finds a ring by its name, null when there is none
 */
public record Site(Runtime runtime, Supplier<Generation> generation, ServerChanges changes, ServerChecks checks,
        RuleWorld world, Story story, Doors doors, ServerLines lines,
        Function<String, LogRing> rings, Supplier<List<NameService>> resolvers, Peers peers) {

    /** The living peers sections, and how many sessions they have. */
    public record Peers(Supplier<List<PeerSection>> sections, PeerGauges gauges) {}

    /** Reads lines as the configuration has them. */
    public interface ServerLines {

        /** @param words those of a {@code server} line, from the name on */
        Read read(ProxySpec backend, List<String> words);

        /** The addresses of a name, asked of the system; may take long, so not on the Conductor. */
        List<Address> resolve(String host);

        /** What was read, or what is wrong with it. */
        record Read(ServerSpec spec, String error) {}
    }

    /**
     * What is known of the process.
     *
     * @param startedMs on the clock of timers
     * @param startedMicros since 1970
     * @param maxconn the limit of connections that it was started with
     * @param startupMessages what was printed until it served
     */
    public record Story(long startedMs, long startedMicros, long descriptors, int maxconn, String node,
            String description, Supplier<String> startupMessages) {}

    /** What can be listened on: all listeners, and how the runtime sockets are called and what they allow. */
    public interface Doors {

        List<Listener> listeners();

        List<Socket> sockets();

        /** A runtime socket as {@code show cli sockets} names it. */
        record Socket(String name, String level) {}
    }

    Generation now() {
        return generation.get();
    }

    long nowMs() {
        return runtime.conductor().nowMs();
    }
}
