package dev.weir.boot;

import dev.weir.admin.cli.CommandTable;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.admin.web.ApiDoor;
import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.EventSinks;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.time.Clock;
import dev.weir.base.time.Timer;
import dev.weir.config.compile.CheckAssembly;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.DynamicServers;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.Http2Assembly;
import dev.weir.config.compile.KeptLines;
import dev.weir.config.compile.KitAssembly;
import dev.weir.config.compile.OcspAssembly;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.config.compile.Runtime;
import dev.weir.config.compile.SpliceAssembly;
import dev.weir.config.lang.SystemNames;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.compress.CompressionGate;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.drive.Parting;
import dev.weir.flow.drive.Tenure;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.keyword.command.Commands;
import dev.weir.keyword.command.Pulse;
import dev.weir.keyword.command.Site;
import dev.weir.keyword.command.SpareServers;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Server;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Stints;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sock.LogWriter;
import dev.weir.net.sys.Credentials;
import dev.weir.net.tls.TlsCounters;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerChecks;
import dev.weir.upkeep.ocsp.OcspUpdates;
import dev.weir.upkeep.resolve.ServerMaker;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The process with everything that outlives a generation: threads, totals, sockets, checks. The main thread makes it and
 * brings it under other configurations; what becomes of living objects then is the Conductor's work.
 */
final class Running {

    private static final long DRAIN_MS = 1000;
    private static final long SWEEP_MS = 50;
    private static final long LOOK_NS = 2_000_000;
    private static final int SWEPT_SHARDS = 16;
    /** A process that has asked for our sockets asks us to stop within that time. */
    private static final long FOLLOWED_MS = 60_000;

    private final Console console;
    private final Runtime runtime;
    private final Tracing tracing = new Tracing(this);
    private String traces;
    /** Of the one process that there is: services are named by files before there is anything to tell. */
    private static volatile Site current;
    private static volatile ApiDoor api;
    private static volatile Running running;

    private final Engine engine;
    private final long pid;
    private final NameServices services;
    /** The text of {@code stats-file}, or null. */
    private String countersBefore;
    private final ServerChanges changes;
    private final Announcements announcements;
    private final Generations generations = new Generations();
    private final CommandTable commands;
    private final Site site;
    private final SpareServers spares;
    private volatile int givenMaxconn = -1;
    private volatile int failures;
    private volatile long followedMs = -1;
    private volatile RuleWorld world;
    private volatile Generation generation;
    private volatile ProxyAssembly assembly;
    private volatile Binding binding;
    private volatile CommandSockets sockets;
    private LogForwarding forwarding;
    private final ReverseListeners reversed;
    private final OcspUpdates authorities;
    private volatile PeerNetwork peers;
    private ServerChecks checks;
    private final Snapshot snapshot;
    private final Leavers leavers = new Leavers();
    private Consumer<Consumer<Site.Reloads.Outcome>> reloading = told -> { };

    /** Binds nothing yet and starts no thread. Null when the configuration cannot be assembled, which has been said. */
    static Running of(Reading reading, Arguments arguments, Engine engine, Console console, long pid) {
        Running running = new Running(reading, engine, console, pid);
        if (arguments.switches().isDebug()) {
            running.runtime.echo(System.out::println);
        }
        running.traces = arguments.switches().traces();
        Diagnostics diagnostics = new Diagnostics();
        running.assembly = new ProxyAssembly(running.runtime, reading.configuration(), diagnostics,
                reading.proxyMaxconn(arguments), new LocalResponders(Running::current),
                reading.addresses());
        running.generation = running.assembly.assemble();
        running.site.pulse().warned(reading.warnings());
        running.assembly.setVariables(null);
        console.print(diagnostics);
        return diagnostics.alerts() > 0 ? null : running;
    }

    private Running(Reading reading, Engine engine, Console console, long pid) {
        this.console = console;
        this.engine = engine;
        this.pid = pid;
        world = reading.world();
        int threads = reading.threads();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(i, "weir-" + (i + 1), engine, Clock.SYSTEM));
        }
        Worker conductor = new Worker(threads, "weir-conductor", engine, Clock.SYSTEM);
        Worker.reportBugsTo(this::bug);
        Settings global = reading.configuration().global();
        runtime = new Runtime(workers, conductor, new Totals(threads + 1), new LogWriter(), identity(global),
                KitAssembly.first(workers, global));
        reversed = new ReverseListeners(runtime);
        announcements = new Announcements(console, conductor);
        authorities = new OcspUpdates(conductor, new AuthorityWorld(runtime, announcements));
        changes = new ServerChanges(conductor, announcements);
        changes.shutter(new ExchangeShutter(runtime));
        running = this;
        EventSinks.rings(name -> assembly.into(name));
        services = new NameServices(conductor, changes, new ServerMaker() {
            @Override
            public Server another(Backend backend, Server like) {
                return Running.this.another(backend, like);
            }

            @Override
            public void spare(Backend backend, Server server) {
                spares.add(backend, server);
            }
        });
        site = site(global);
        current = site;
        spares = new SpareServers(site);
        api = new Api(this);
        commands = Commands.table(site);
        snapshot = new Snapshot(this, console);
    }

    /** Looks up a name for a rule of the one process that there is. From any thread. */
    static void lookUp(String section, String name, Family preferred, Consumer<Address> answered) {
        running.services.find(section, name, preferred, answered);
    }

    /** One more server of a template that has no fixed number of them. */
    private Server another(Backend backend, Server like) {
        Server more = DynamicServers.another(runtime, generation.configuration().global(), backend, like.spec());
        for (BackendProgram program : generation.backends()) {
            if (program.backend() == backend) {
                assembly.equip(program, more);
            }
        }
        backend.join(more);
        checks.add(backend, more);
        checks.start(more);
        return more;
    }

    private ProxyLog.Identity identity(Settings global) {
        String tag = global.get(GlobalSpec.LOG_TAG);
        String named = global.get(GlobalSpec.LOG_SEND_HOSTNAME);
        String machine = HostName.get();
        return new ProxyLog.Identity(named == null ? null : named.isEmpty() ? machine : named, machine,
                tag == null ? "haproxy" : tag, pid, ZoneId.systemDefault());
    }

    /** One exchange died of it; the trace is what its mending needs. */
    private void bug(String where, Throwable cause) {
        runtime.totals().bugs().incrementAndGet();
        console.bug(where, cause);
    }

    /** Binds everything under its own name; false when that cannot be, which has been said. */
    boolean bind(int maxconn, HandedSockets handed, boolean replacesAnother) {
        Settings global = generation.configuration().global();
        binding = new Binding(runtime, global, console);
        sockets = new CommandSockets(runtime, global, global.get(GlobalSpec.STATS_SOCKETS), console, null);
        forwarding = new LogForwarding(runtime, global, assembly.logForwarders(), console, null);
        peers = new PeerNetwork(runtime, generation.configuration(), console, null);
        if (!peers.bind(handed)) {
            return false;
        }
        if (!bindAll(binding, sockets, forwarding, generation.frontends(), null, handed) || !peers.publish()) {
            peers.close();
            return false;
        }
        limit(null, global, maxconn);
        SpliceAssembly.limit(generation.configuration(), maxconn);
        announcements.under(assembly);
        checks = new CheckAssembly(runtime, generation.configuration(), new SystemNames())
                .assemble(generation, assembly.conductorKit(), changes);
        ServerStateFiles states = new ServerStateFiles(generation, checks, console);
        states.apply();
        countersBefore = StatsFileReader.read(generation, console);
        if (!replacesAnother && global.get(GlobalSpec.SNAPSHOT) != null) {
            snapshot.read(global.get(GlobalSpec.SNAPSHOT));
            if (snapshot.text("servers") != null) {
                states.apply(snapshot.text("servers"));
            }
            countersBefore = countersBefore == null ? snapshot.text("counters") : countersBefore;
        }
        checks.prepare();
        return true;
    }

    /** All or none, and UNIX names last. */
    private static boolean bindAll(Binding proxies, CommandSockets sockets, LogForwarding forwarding,
            List<FrontendProgram> frontends, Binding before, HandedSockets handed) {
        boolean bound = sockets.bind(handed) && forwarding.bind(handed) && proxies.bind(frontends, before, handed) && proxies.publish()
                && sockets.publish() && forwarding.publish();
        if (!bound) {
            sockets.close();
            forwarding.close();
            proxies.close();
        }
        return bound;
    }

    /** What the process as a whole may have; what a command has changed stays where the file says what it said. */
    private void limit(Settings old, Settings global, int maxconn) {
        Totals totals = runtime.totals();
        if (givenMaxconn != maxconn) {
            totals.changeMaxconn(maxconn);
            givenMaxconn = maxconn;
        }
        if (old == null || !old.same(global, GlobalSpec.MAXCONNRATE)) {
            totals.connectionGate().limit(global.get(GlobalSpec.MAXCONNRATE));
        }
        if (old == null || !old.same(global, GlobalSpec.MAXSESSRATE)) {
            totals.sessionGate().limit(global.get(GlobalSpec.MAXSESSRATE));
        }
        if (old == null || !old.same(global, GlobalSpec.MAXSSLRATE)) {
            totals.tlsGate().limit(global.get(GlobalSpec.MAXSSLRATE));
        }
        if (old == null || !old.same(global, GlobalSpec.MAXCOMPRATE)) {
            CompressionGate.PROCESS.limit(global.get(GlobalSpec.MAXCOMPRATE) * 1024L);
        }
        if (old == null || !old.same(global, GlobalSpec.PROFILING_TASKS)) {
            Stints.mode(global.get(GlobalSpec.PROFILING_TASKS));
        }
        TlsCounters.limit(global.get(GlobalSpec.MAXSSLCONN));
        totals.frontends(frontends());
    }

    static ApiDoor api() {
        return api;
    }

    static Site current() {
        return current;
    }

    private Site site(Settings global) {
        String node = global.get(GlobalSpec.NODE);
        Site.Story story = new Site.Story(runtime.nowMs(), Clock.SYSTEM.wallMicros(), Limits.descriptors(),
                () -> givenMaxconn, node == null ? HostName.get() : node, global.get(GlobalSpec.DESCRIPTION),
                console::startupMessages);
        return new Site(runtime, () -> generation, changes, () -> checks, () -> world, story, new Site.Reloads() {
            @Override
            public void request(Consumer<Outcome> told) {
                reloading.accept(told);
            }

            @Override
            public List<Tenure> tenures() {
                return generations.all();
            }

            @Override
            public List<ProxyRows.Shown> leaving() {
                return leavers.still();
            }

            @Override
            public int failed() {
                return failures;
            }
        }, new Site.Doors() {
            @Override
            public List<Listener> listeners() {
                List<Listener> all = new ArrayList<>(binding.listeners());
                all.addAll(sockets.listeners());
                all.addAll(peers.listeners());
                return all;
            }

            @Override
            public List<Socket> sockets() {
                return sockets.names();
            }

            @Override
            public long clients() {
                return runtime.totals().counts().sum(Totals.Total.COMMAND_CLIENTS);
            }
        }, new RuntimeLines(), this::ring, services::all,
                () -> new Site.Peers(peers.sections(), peers.gauges()), new Additions(this), this::commands, new Pulse(), authorities);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    ProxyAssembly assembly() {
        return assembly;
    }

    LogForwarding logForwarding() {
        return forwarding;
    }

    /** Where traces may go: a ring of the file, or one of the process's outputs. */
    private LogRing ring(String name) {
        LogRing own = tracing.sink(name);
        return own == null ? assembly.ring(name) : own;
    }

    /** What a command has brought or taken away is part of what serves from now on. On the Conductor's thread. */
    void generation(Generation next) {
        generation = next;
    }

    /** Entries of stick tables whose time is over go, a few shards at a time. */
    private void sweepTables() {
        runtime.conductor().execute(() -> {
            generation.configuration().rules().tables().sweep(runtime.conductor().nowMs(), SWEPT_SHARDS);
            after(SWEEP_MS, this::sweepTables);
        });
    }

    /**
     * Starts the threads; with {@link #letIn} clients come.
     *
     * @param replacesAnother whether a process of the same name leaves, and tells us what it knows
     */
    void begin(boolean replacesAnother) {
        writeToDescriptors(generation.configuration());
        runtime.everyone().forEach(Worker::start);
        sweepTables();
        if (tracing.isAsked(traces, generation.configuration())) {
            // before anybody is let in
            tracing.begin(traces, generation.configuration());
            await(done -> runtime.conductor().execute(done::countDown), 1);
        }
        generations.begin(generation);
        binding.prepare(generation.frontends(), null);
        if (countersBefore != null) {
            runtime.conductor().execute(() -> StatsFileReader.apply(countersBefore, generation,
                    runtime.conductor().index()));
        }
        sockets.handBy(this::hand);
        sockets.start(commands);
        forwarding.start();
        runtime.conductor().execute(() -> peers.start(replacesAnother));
        if (replacesAnother) {
            binding.listeners().forEach(Listener::spreadLater);
        }
        runtime.conductor().execute(() -> {
            mailers();
            checks.start();
            reversed.serve(generation);
            askAuthorities();
            services.renew(generation);
            site.pulse().begin(site, Clock.SYSTEM.wallMicros());
        });
    }

    void letIn() {
        binding.letIn();
    }

    /** Waits until the process before us has told what it knows, which is not long, and lets clients in. */
    void letInTaught() {
        AtomicBoolean waits = new AtomicBoolean(true);
        while (waits.get()) {
            await(done -> runtime.conductor().execute(() -> {
                waits.set(peers.awaitsLesson(runtime.conductor().nowMs()));
                done.countDown();
            }), 1);
            LockSupport.parkNanos(waits.get() ? LOOK_NS : 0);
        }
        binding.letIn();
    }

    List<Frontend> frontends() {
        List<Frontend> all = new ArrayList<>();
        for (FrontendProgram program : generation.frontends()) {
            all.add(program.frontend());
        }
        return all;
    }

    private void writeToDescriptors(Configuration configuration) {
        List<LogSpec> targets = new ArrayList<>(configuration.global().get(GlobalSpec.LOGS));
        for (LogForwardSpec forward : configuration.global().get(GlobalSpec.LOG_FORWARDS)) {
            targets.addAll(forward.settings().get(LogForwardSpec.LOGS));
        }
        for (ProxySpec proxy : configuration.proxies()) {
            targets.addAll(proxy.settings().get(ProxySpec.LOGS));
        }
        if (targets.stream().anyMatch(t -> t.target() == LogSpec.Target.DESCRIPTOR)) {
            runtime.logWriter().start();
        }
    }

    /** The world in which the next configuration is compiled. */
    RuleWorld nextWorld() {
        return world.next(generation.configuration().rules().tables(), runtime.cells(),
                generation.configuration().global().get(GlobalSpec.CERTIFICATES));
    }

    /**
     * Takes another configuration over; false, and nothing is another, when that cannot be, which has been said. The
     * answer comes when every worker has switched.
     */
    boolean become(Reading next, Arguments arguments) {
        link();
        Settings global = next.configuration().global();
        await(done -> runtime.conductor().execute(() -> {
            growTo(next.threads(), global);
            done.countDown();
        }), 1);
        Diagnostics diagnostics = new Diagnostics();
        ProxyAssembly trial = new ProxyAssembly(runtime, next.configuration(), diagnostics,
                next.proxyMaxconn(arguments), new LocalResponders(Running::current), next.addresses());
        Generation tried = trial.assemble();
        console.print(diagnostics);
        Binding nextBinding = new Binding(runtime, global, console);
        CommandSockets nextSockets = new CommandSockets(runtime, global,
                global.get(GlobalSpec.STATS_SOCKETS), console, sockets);
        LogForwarding nextForwarding = new LogForwarding(runtime, global, trial.logForwarders(), console, forwarding);
        PeerNetwork nextPeers = new PeerNetwork(runtime, next.configuration(), console, peers);
        if (diagnostics.alerts() > 0 || !nextPeers.bind(null)) {
            return false;
        }
        if (!bindAll(nextBinding, nextSockets, nextForwarding, tried.frontends(), binding, null)
                || !nextPeers.publish()) {
            nextPeers.close();
            return false;
        }
        writeToDescriptors(next.configuration());
        runtime.everyone().forEach(Worker::start);
        await(done -> runtime.conductor().execute(() -> {
            try {
                commit(next, arguments, new Bindings(nextBinding, nextSockets, nextForwarding, nextPeers));
            } finally {
                done.countDown();
            }
        }), 1);
        await(done -> runtime.everyone().forEach(each -> each.execute(done::countDown)), runtime.cells());
        return true;
    }

    /** System calls are linked by this thread: a worker that has to close a listener may not stand still so long. */
    static void link() {
        Credentials.isRoot();
    }

    private record Bindings(Binding proxies, CommandSockets commands, LogForwarding logs,
            PeerNetwork peers) {}

    /** On the Conductor's thread. */
    private void commit(Reading next, Arguments arguments, Bindings sockets) {
        Configuration configuration = next.configuration();
        site.pulse().warned(next.warnings());
        Generation before = generation;
        configuration.rules().tables().takeOver(runtime.nowMs());
        next.world().patterns().takeOver();
        runtime.identity(identity(configuration.global()));
        runtime.workers(active(next.threads()));
        ProxyAssembly renewed = assembly.after(before, configuration, next.proxyMaxconn(arguments), next.addresses());
        Generation now = renewed.assemble();
        renewed.setVariables(before);
        runtime.kits(renewed.kits());
        new CheckAssembly(runtime, configuration, new SystemNames()).renew(checks, now, renewed.conductorKit(),
                renewed.living());
        renewed.living().forget();
        assembly = renewed;
        world = next.world();
        announcements.under(renewed);
        generation = now;
        leavers.note(before, now);
        mailers();
        generations.begin(now);
        sockets.proxies.start(now.frontends(), binding);
        binding = sockets.proxies;
        sockets.commands.handBy(this::hand);
        sockets.commands.start(commands);
        this.sockets = sockets.commands;
        sockets.logs.now(renewed.logForwarders());
        sockets.logs.start();
        forwarding = sockets.logs;
        sockets.peers.start(false);
        peers = sockets.peers;
        limit(before.configuration().global(), configuration.global(), next.maxconn(arguments));
        SpliceAssembly.limit(configuration, next.maxconn(arguments));
        services.renew(now);
        reversed.serve(now);
        askAuthorities();
        settle(now);
        endLate(before, configuration.global());
    }

    private void askAuthorities() {
        Settings global = generation.configuration().global();
        if (global.get(GlobalSpec.CERTIFICATES) != null) {
            authorities.renew(global.get(GlobalSpec.CERTIFICATES), OcspAssembly.terms(global));
        }
    }

    private void mailers() {
        announcements.mailers(generation.configuration().global().get(GlobalSpec.MAILERS), HostName.get());
    }

    /** Who waited for a server may be served now, or has to choose again. */
    private void settle(Generation now) {
        for (BackendProgram program : now.backends()) {
            program.backend().forgetOthers();
            for (Server server : program.backend().servers()) {
                program.backend().serverChanged(server);
            }
        }
        for (Server server : assembly.living().idleNoMore()) {
            for (HttpKit kit : runtime.kits()) {
                if (kit != null) {
                    kit.idle().forget(server.idleShare());
                    kit.shared().forget(server.idleShare());
                }
            }
        }
    }

    /** Sessions of a generation that is over have so long to end by themselves, and so many reloads. */
    private void endLate(Generation before, Settings global) {
        int number = before.tenure().number();
        int ownMs = global.get(GlobalSpec.DRAIN_MS);
        int withinMs = ownMs > 0 ? ownMs : global.get(GlobalSpec.HARD_STOP_AFTER_MS);
        if (withinMs > 0) {
            after(withinMs, () -> endUpTo(number));
        }
        long reloads = KeptLines.number(global, "mworker-max-reloads", Integer.MAX_VALUE);
        if (number >= reloads) {
            endUpTo((int) (number - reloads));
        }
    }

    private void endUpTo(int generation) {
        ExchangeShutter.each(runtime, exchange -> {
            if (exchange.generation() <= generation) {
                exchange.kill('K');
            }
        });
    }

    private List<Worker> active(int threads) {
        List<Worker> workers = new ArrayList<>(runtime.everyone());
        workers.remove(runtime.conductor());
        return workers.subList(0, threads);
    }

    /** There are to be so many workers at least. On the Conductor's thread. */
    private void growTo(int threads, Settings global) {
        while (runtime.cells() - 1 < threads) {
            int number = runtime.cells();
            Worker worker = new Worker(number, "weir-" + number, engine, Clock.SYSTEM);
            runtime.add(worker, KitAssembly.another(runtime, worker, global));
        }
        generation.frontends().forEach(each -> each.frontend().growTo(runtime.cells()));
        generation.backends().forEach(each -> each.backend().growTo(runtime.cells()));
    }

    private void await(Consumer<CountDownLatch> work, int parts) {
        CountDownLatch done = new CountDownLatch(parts);
        work.accept(done);
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Arms a timer on the Conductor. On its thread. */
    void after(long delayMs, Runnable what) {
        runtime.conductor().arm(new Timer() {
            @Override
            protected void fire(long nowMs) {
                what.run();
            }
        }, delayMs);
    }

    /** Who reads the files again when a command asks for it. */
    void reloadBy(Consumer<Consumer<Site.Reloads.Outcome>> who) {
        reloading = who;
    }

    /** No listener accepts any more, of any kind, and nothing is checked. */
    void closeListeners(Parting how) {
        binding.leave(DRAIN_MS, isFollowed());
        sockets.listeners().forEach(each -> each.drain(0));
        forwarding.stop();
        peers.stop(isFollowed());
        Worker[] workers = runtime.workers().toArray(new Worker[0]);
        for (Worker worker : workers) {
            worker.execute(() -> runtime.kits()[worker.index()].clients().stop(how, worker));
        }
        runtime.conductor().execute(checks::stop);
        runtime.conductor().execute(reversed::stop);
    }

    /** Another process has our sockets, or has said that it takes our place. From any thread. */
    void followed() {
        followedMs = runtime.nowMs();
    }

    /** Whether another process seems to take our place. */
    boolean isFollowed() {
        return followedMs >= 0 && runtime.nowMs() - followedMs < FOLLOWED_MS;
    }

    private boolean hand(int connection) {
        boolean handed = Exposed.hand(exposed(), connection);
        if (handed) {
            followed();
        }
        return handed;
    }

    /** What another process may take over, and who lets it. */
    List<Exposed> exposed() {
        List<Exposed> all = new ArrayList<>(binding.exposed());
        all.addAll(sockets.exposed());
        all.addAll(forwarding.exposed());
        all.addAll(peers.exposed());
        return all;
    }

    List<Listener> listeners() {
        return binding.listeners();
    }

    Console console() {
        return console;
    }

    Runtime runtime() {
        return runtime;
    }

    Generation generation() {
        return generation;
    }

    PeerNetwork peers() {
        return peers;
    }

    Generations generations() {
        return generations;
    }

    Announcements announcements() {
        return announcements;
    }

    Site site() {
        return site;
    }

    CommandTable commands() {
        return commands;
    }

    /** The files have been read again: how often that has failed since it succeeded last. */
    void failures(int since) {
        failures = since;
    }

    /** What is written on the way out still gets out. */
    void drainLogs() {
        runtime.logWriter().drain(200);
    }
}
