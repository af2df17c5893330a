package dev.weir.boot;

import dev.weir.admin.cli.CommandTable;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.time.Clock;
import dev.weir.base.time.Timer;
import dev.weir.config.compile.CheckAssembly;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.Http2Assembly;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.HeaderCase;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.config.compile.Runtime;
import dev.weir.config.compile.ServerAddresses;
import dev.weir.config.lang.SystemNames;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.drive.LiveExchanges;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.keyword.command.Commands;
import dev.weir.keyword.command.Site;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Count;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.H1Setup;
import dev.weir.net.mux.H2Pool;
import dev.weir.net.mux.H2Setup;
import dev.weir.net.mux.IdlePool;
import dev.weir.net.mux.Listener;
import dev.weir.net.sock.LogWriter;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerChecks;
import dev.weir.upkeep.resolve.NameService;
import dev.weir.upkeep.resolve.ResolversSpec;
import dev.weir.wire.h1.H1Limits;
import dev.weir.wire.http.Heads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The process with everything that outlives a generation: threads, totals, sockets, checks. Made by the main thread. */
final class Running {

    private static final long SOFT_STOP_POLL_MS = 10;
    private static final long SWEEP_MS = 50;
    private static final int SWEPT_SHARDS = 16;

    private final Console console;
    private final Runtime runtime;
    private final RuleWorld world;
    private ServerChecks checks;
    private CommandSockets sockets;
    private LogForwarding forwarding;
    private PeerNetwork peers;
    private CommandTable commands;
    /** Owned by the Conductor. */
    private List<NameService> services = List.of();
    private volatile Generation generation;
    private Binding binding;
    private ServerChanges changes;
    private Announcements announcements;

    Running(Configuration configuration, Engine engine, Console console, long pid, RuleWorld world) {
        this.world = world;
        this.console = console;
        int threads = threads(configuration);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(i, "weir-" + (i + 1), engine, Clock.SYSTEM));
        }
        Worker conductor = new Worker(threads, "weir-conductor", engine, Clock.SYSTEM);
        String tag = configuration.global().get(GlobalSpec.LOG_TAG);
        String named = configuration.global().get(GlobalSpec.LOG_SEND_HOSTNAME);
        String machine = HostName.get();
        ProxyLog.Identity identity = new ProxyLog.Identity(named == null ? null : named.isEmpty() ? machine : named,
                machine, tag == null ? "haproxy" : tag, pid, ZoneId.systemDefault());
        Worker.reportBugsTo(this::bug);
        runtime = new Runtime(List.copyOf(workers), conductor, new Totals(threads + 1), new LogWriter(), identity,
                kits(workers, configuration));
    }

    /** One exchange died of it; the trace is what its mending needs. */
    private void bug(String where, Throwable cause) {
        runtime.totals().bugs().incrementAndGet();
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        console.print(Level.ALERT, "internal error (" + where + "), please report it: " + trace);
    }

    private static HttpKit[] kits(List<Worker> workers, Configuration configuration) {
        int maxHead = configuration.global().get(GlobalSpec.TUNE_BUFSIZE);
        int maxHeaders = configuration.global().get(GlobalSpec.TUNE_HTTP_MAXHDR);
        int window = Math.max(ProxyAssembly.LEAST_WINDOW, maxHead);
        IdlePool[] pools = IdlePool.forWorkers(workers.toArray(new Worker[0]));
        HeaderCase names = HeaderCase.of(configuration.global());
        HttpKit[] kits = new HttpKit[pools.length];
        for (int i = 0; i < kits.length; i++) {
            H1Setup setup = new H1Setup(new H1Limits(maxHead, maxHeaders, false), window, null, new Heads());
            HttpKit.Http2 http2 = new HttpKit.Http2(
                    new H2Setup(Http2Assembly.clientSide(configuration.global()), maxHead, maxHeaders, setup.heads()),
                    new H2Setup(Http2Assembly.serverSide(configuration.global()), maxHead, maxHeaders, setup.heads()),
                    new H2Pool(workers.get(i)));
            kits[i] = new HttpKit(setup, names, pools[i], new LiveExchanges(i), http2);
        }
        return kits;
    }

    private static int threads(Configuration configuration) {
        int asked = configuration.global().get(GlobalSpec.NBTHREAD);
        return asked > 0 ? asked : java.lang.Runtime.getRuntime().availableProcessors();
    }

    /** Binds everything under its own name; false when that cannot be, which has been said. Starts no thread. */
    boolean bind(Configuration configuration, ServerAddresses addresses, int maxconn, int proxyMaxconn) {
        Diagnostics diagnostics = new Diagnostics();
        ProxyAssembly assembly = new ProxyAssembly(runtime, configuration, diagnostics,
                proxyMaxconn > 0 ? proxyMaxconn : maxconn,
                new LocalResponders(runtime, () -> generation), addresses);
        generation = assembly.assemble();
        forwarding = new LogForwarding(runtime, configuration.global(), assembly.logForwarders(), console);
        peers = new PeerNetwork(runtime, configuration, console);
        peers.assemble(diagnostics);
        console.print(diagnostics);
        if (diagnostics.alerts() > 0) {
            return false;
        }
        binding = new Binding(runtime, generation, console);
        sockets = new CommandSockets(runtime, configuration.global(), console);
        if (!sockets.bind()) {
            return false;
        }
        if (!forwarding.bind()) {
            sockets.close();
            return false;
        }
        if (!peers.bind() || !binding.bind() || !binding.publish() || !sockets.publish() || !forwarding.publish()
                || !peers.publish()) {
            sockets.close();
            forwarding.close();
            peers.close();
            return false;
        }
        runtime.totals().maxconn(maxconn);
        runtime.totals().frontends(frontends());
        announcements = new Announcements(console, runtime.conductor(), assembly);
        changes = new ServerChanges(runtime.conductor(), announcements);
        changes.shutter(new ExchangeShutter(runtime));
        checks = new CheckAssembly(runtime, configuration, new SystemNames())
                .assemble(generation, assembly.conductorKit(), changes);
        commands = Commands.table(site(configuration.global(), maxconn, assembly));
        return true;
    }

    private Site site(Settings global, int maxconn, ProxyAssembly assembly) {
        String node = global.get(GlobalSpec.NODE);
        Site.Story story = new Site.Story(runtime.conductor().nowMs(), runtime.conductor().wallMicros(),
                Limits.descriptors(), maxconn, node == null ? HostName.get() : node,
                global.get(GlobalSpec.DESCRIPTION), console::startupMessages);
        return new Site(runtime, () -> generation, changes, checks, world, story, new Site.Doors() {
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
        }, new RuntimeLines(), assembly::ring, () -> services,
                new Site.Peers(peers::sections, peers.gauges()));
    }

    /** Entries of stick tables whose time is over go, a few shards at a time. */
    private void sweepTables() {
        runtime.conductor().execute(() -> {
            generation.configuration().rules().tables().sweep(runtime.conductor().nowMs(), SWEPT_SHARDS);
            after(SWEEP_MS, this::sweepTables);
        });
    }

    /** Starts the threads and accepts. */
    void begin(boolean replacesAnother) {
        if (writesToDescriptors()) {
            runtime.logWriter().start();
        }
        runtime.everyone().forEach(Worker::start);
        sweepTables();
        binding.start();
        sockets.start(commands);
        peers.start(replacesAnother);
        forwarding.start();
    }

    private List<Frontend> frontends() {
        List<Frontend> all = new ArrayList<>();
        for (FrontendProgram program : generation.frontends()) {
            all.add(program.frontend());
        }
        return all;
    }

    private boolean writesToDescriptors() {
        List<LogSpec> targets = new ArrayList<>(generation.configuration().global().get(GlobalSpec.LOGS));
        for (LogForwardSpec forward : generation.configuration().global().get(GlobalSpec.LOG_FORWARDS)) {
            targets.addAll(forward.settings().get(LogForwardSpec.LOGS));
        }
        for (ProxySpec proxy : generation.configuration().proxies()) {
            targets.addAll(proxy.settings().get(ProxySpec.LOGS));
        }
        return targets.stream().anyMatch(t -> t.target() == LogSpec.Target.DESCRIPTOR);
    }

    /** Keeps the addresses of servers with a name and a resolvers section up to date. */
    void startResolvers() {
        Map<String, NameService> byName = new LinkedHashMap<>();
        for (ResolversSpec spec : generation.configuration().resolvers()) {
            byName.put(spec.name(), new NameService(runtime.conductor(), spec, changes));
        }
        runtime.conductor().execute(() -> {
            services = List.copyOf(byName.values());
            services.forEach(NameService::open);
            for (BackendProgram program : generation.backends()) {
                for (Server server : program.backend().servers()) {
                    NameService service = byName.get(server.spec().settings().get(ServerSpec.RESOLVERS));
                    if (server.spec().host() != null && service != null) {
                        service.follow(program.backend(), server);
                    }
                }
            }
        });
    }

    void startChecks() {
        runtime.conductor().execute(checks::start);
    }

    /** No new connections; the process ends with the last one that it has. */
    void stopSoftly() {
        int graceMs = generation.configuration().global().get(GlobalSpec.GRACE_MS);
        if (graceMs > 0) {
            runtime.conductor().execute(() -> after(graceMs, this::closeListeners));
        } else {
            closeListeners();
        }
    }

    private void after(long delayMs, Runnable what) {
        runtime.conductor().arm(new Timer() {
            @Override
            protected void fire(long nowMs) {
                what.run();
            }
        }, delayMs);
    }

    private void leave() {
        drainLogs();
        java.lang.Runtime.getRuntime().halt(0);
    }

    private void closeListeners() {
        binding.listeners().forEach(Listener::close);
        sockets.listeners().forEach(Listener::close);
        forwarding.stop();
        peers.stop();
        for (int i = 0; i < runtime.workers().size(); i++) {
            runtime.workers().get(i).execute(runtime.kits()[i].sessions()::stop);
        }
        runtime.conductor().execute(() -> {
            if (checks != null) {
                checks.stop();
            }
            announceStop();
            leaveWhenIdle();
            int hardStopMs = generation.configuration().global().get(GlobalSpec.HARD_STOP_AFTER_MS);
            if (hardStopMs > 0) {
                after(hardStopMs, this::leave);
            }
        });
    }

    private void leaveWhenIdle() {
        if (runtime.totals().connections().value() == 0 && peers.isDone()) {
            leave();
        } else {
            after(SOFT_STOP_POLL_MS, this::leaveWhenIdle);
        }
    }

    private void announceStop() {
        for (FrontendProgram program : generation.frontends()) {
            Frontend frontend = program.frontend();
            announcements.say(frontend.spec(), LogLevel.WARNING, "Proxy " + frontend.name()
                    + " stopped (cumulated conns: FE: " + frontend.counts().sum(Count.CONNECTIONS) + ", BE: "
                    + behind(frontend.spec()) + ").");
        }
        for (BackendProgram program : generation.backends()) {
            if (!program.backend().spec().kind().isFront()) {
                announcements.say(program.backend().spec(), LogLevel.WARNING, "Proxy " + program.backend().name()
                        + " stopped (cumulated conns: FE: 0, BE: " + behind(program.backend().spec()) + ").");
            }
        }
    }

    private long behind(ProxySpec spec) {
        for (BackendProgram program : generation.backends()) {
            if (program.backend().spec() == spec) {
                return program.backend().counts().sum(Count.SESSIONS);
            }
        }
        return 0;
    }

    /** Stops accepting for a while, so that another process may bind. */
    void pause() {
        binding.listeners().forEach(Listener::pause);
        tellFrontends("Paused");
    }

    void resume() {
        binding.listeners().forEach(Listener::resume);
        tellFrontends("Resumed");
    }

    private void tellFrontends(String what) {
        runtime.conductor().execute(() -> {
            for (Frontend frontend : frontends()) {
                String kind = frontend.spec().kind() == ProxySpec.Kind.FRONTEND ? " frontend " : " proxy ";
                announcements.say(frontend.spec(), LogLevel.WARNING, what + kind + frontend.name() + ".");
            }
        });
    }

    /** What is written on the way out still gets out. */
    void drainLogs() {
        runtime.logWriter().drain(200);
    }
}
