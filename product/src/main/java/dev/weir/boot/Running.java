package dev.weir.boot;

import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.time.Clock;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.config.compile.Runtime;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.Totals;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogWriter;
import dev.weir.upkeep.check.ServerChanges;
import dev.weir.upkeep.check.ServerCheck;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The process with everything that outlives a generation: threads, totals, sockets, checks. Made by the main thread. */
final class Running {

    private final Console console;
    private final Runtime runtime;
    private final List<ServerCheck> checks = new ArrayList<>();
    private Generation generation;
    private Binding binding;
    private ServerChanges changes;

    Running(Configuration configuration, Engine engine, Console console, long pid) {
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
        runtime = new Runtime(List.copyOf(workers), conductor, new Totals(threads + 1), new LogWriter(), identity);
    }

    private static int threads(Configuration configuration) {
        int asked = configuration.global().get(GlobalSpec.NBTHREAD);
        return asked > 0 ? asked : java.lang.Runtime.getRuntime().availableProcessors();
    }

    /** Binds and serves; false when that cannot be, which has been said. */
    boolean start(Configuration configuration, int maxconn) {
        Diagnostics diagnostics = new Diagnostics();
        ProxyAssembly assembly = new ProxyAssembly(runtime, configuration, diagnostics, maxconn,
                spec -> List.of());
        generation = assembly.assemble();
        console.print(diagnostics);
        if (diagnostics.alerts() > 0) {
            return false;
        }
        binding = new Binding(runtime, generation, console);
        if (!binding.bind()) {
            return false;
        }
        runtime.totals().maxconn(maxconn);
        runtime.totals().frontends(frontends());
        if (writesToDescriptors()) {
            runtime.logWriter().start();
        }
        if (!binding.start()) {
            return false;
        }
        changes = new ServerChanges(runtime.conductor(), new Announcements(console, runtime.conductor(), assembly));
        return true;
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
        for (ProxySpec proxy : generation.configuration().proxies()) {
            targets.addAll(proxy.settings().get(ProxySpec.LOGS));
        }
        return targets.stream().anyMatch(t -> t.target() == LogSpec.Target.DESCRIPTOR);
    }

    /** First checks are spread over the shortest interval, so that they do not come in bursts ever after. */
    void startChecks() {
        int shortest = Integer.MAX_VALUE;
        for (BackendProgram program : generation.backends()) {
            Backend backend = program.backend();
            for (Server server : backend.servers()) {
                if (server.spec().settings().get(ServerSpec.CHECK)) {
                    checks.add(new ServerCheck(runtime.conductor(), backend, server, changes));
                    shortest = Math.min(shortest, server.spec().settings().get(ServerSpec.INTER_MS));
                }
            }
        }
        int interval = shortest;
        runtime.conductor().execute(() -> {
            for (int i = 0; i < checks.size(); i++) {
                checks.get(i).start((long) interval * i / checks.size());
            }
        });
    }

    /** What is written on the way out still gets out. */
    void drainLogs() {
        runtime.logWriter().drain(200);
    }
}
