package dev.weir.keyword.command;

import dev.weir.admin.cli.CommandTable;
import dev.weir.admin.cli.Inquiry;
import dev.weir.admin.cli.Level;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.base.address.Address;
import dev.weir.base.log.LogRing;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.Latecomers;
import dev.weir.config.compile.Runtime;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.Tenure;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.mux.Listener;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerChecks;
import dev.weir.upkeep.ocsp.OcspUpdates;
import dev.weir.upkeep.peers.PeerGauges;
import dev.weir.upkeep.peers.PeerSection;
import dev.weir.upkeep.resolve.NameService;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What commands work on. Immutable; what it leads to belongs to the Conductor.
 *
 * @param generation the current one
 * @param authorities asks about certificates
 * @param rings finds a ring by its name, null when there is none
 */
public record Site(Runtime runtime, Supplier<Generation> generation, ServerChanges changes, Supplier<ServerChecks> checking,
        Supplier<RuleWorld> rules, Story story, Reloads reloads, Doors doors, ServerLines lines,
        Function<String, LogRing> rings, Supplier<List<NameService>> resolvers, Supplier<Peers> peering,
        Additions additions, Supplier<CommandTable> commands, Pulse pulse, OcspUpdates authorities) {

    private static final int MOST_SAID = 16 * 1024 * 1024;

    /** Brings into the current generation what no file says, and takes it out again. On the Conductor's thread. */
    public interface Additions {

        /** Makes a backend; what is wrong, or null. */
        String addBackend(Latecomers.Wanted wanted);

        void removeBackend(BackendProgram program);

        /** Makes a server that is about to come known to what was compiled for its backend; what is wrong, or null. */
        String equip(BackendProgram program, Server server);
    }

    /** The living peers sections, and how many sessions they have. */
    public record Peers(List<PeerSection> sections, PeerGauges gauges) {}

    /** What there is to know and do about configurations that follow each other. */
    public interface Reloads {

        /** Asks for another reading of the files; who asks is told on the Conductor's thread, once all of it is done. */
        void request(Consumer<Outcome> told);

        /** The times of all generations that still serve somebody, the current one last. */
        List<Tenure> tenures();

        /** Proxies that are in no configuration any more and still serve somebody. */
        List<ProxyRows.Shown> leaving();

        /** How often reading them has failed since it succeeded last. */
        int failed();

        /** @param log what was said meanwhile */
        record Outcome(boolean good, String log) {}
    }

    /** Reads lines as the configuration has them. */
    public interface ServerLines {

        /** @param words those of a {@code server} line, from the name on */
        Read read(ProxySpec backend, List<String> words);

        /** What a {@code server} line may say of one that a command adds. */
        List<String> keywords();

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
     * @param maxconn the limit of connections that the configuration gives
     * @param startupMessages what was printed until it served
     */
    public record Story(long startedMs, long startedMicros, long descriptors, IntSupplier maxconn, String node,
            String description, Supplier<String> startupMessages) {}

    /** What can be listened on: all listeners, and how the runtime sockets are called and what they allow. */
    public interface Doors {

        List<Listener> listeners();

        List<Socket> sockets();

        /** How many clients runtime sockets have had so far. */
        long clients();

        /** A runtime socket as {@code show cli sockets} names it. */
        record Socket(String name, String level) {}
    }

    /** Has a command carried out on the Conductor; what it says is told there. */
    public void ask(Level level, List<String> words, String payload, Consumer<Inquiry.Outcome> told) {
        runtime.conductor().execute(() -> Inquiry.run(commands.get(), level, words, payload, MOST_SAID, told));
    }

    ServerChecks checks() {
        return checking.get();
    }

    RuleWorld world() {
        return rules.get();
    }

    Peers peers() {
        return peering.get();
    }

    Generation now() {
        return generation.get();
    }

    long nowMs() {
        return runtime.conductor().nowMs();
    }
}
