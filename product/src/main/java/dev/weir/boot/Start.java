package dev.weir.boot;

import dev.weir.admin.stats.PrometheusService;
import dev.weir.admin.web.ApiService;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.cache.HttpCaches;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.flow.rule.Services;
import dev.weir.keyword.action.Actions;
import dev.weir.keyword.command.PageContent;
import dev.weir.keyword.convert.Converters;
import dev.weir.keyword.fetch.Fetches;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.value.VariableNames;
import dev.weir.net.sock.HandedSockets;
import dev.weir.net.sys.Credentials;
import dev.weir.net.sys.Sys;
import dev.weir.net.sys.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** From the command line to a process that serves: reads, checks, binds, changes user, goes into the background. */
final class Start {

    private static final int WITHOUT_LISTENER = 2;
    private static final int USR1 = 10;
    private static final int TERM = 15;
    private static final int URG = 23;
    private static final long SIGNALS_APART_NS = 20_000_000;
    static final RuleWorld WORLD = new RuleWorld(Start::expressions, Actions::vocabulary, new VariableNames(),
            new PatternReferences(), new HttpCaches(), new Services(Map.of("prometheus-exporter",
                    new PrometheusService(() -> new PageContent(Running.current(), LocalResponders.monotonicMs())),
                    "weir-api", new ApiService(Running::api)), Running::lookUp));

    private final Arguments arguments;
    private final long pid = ProcessHandle.current().pid();
    private final Console console;
    private Signals signals;

    private Start(Arguments arguments) {
        this.arguments = arguments;
        this.console = new Console(pid, System.getProperty("weir.path", "weir"), Console.isTerminal());
        if (arguments.switches().isQuiet()) {
            console.silence();
        }
    }

    private static Vocabulary expressions() {
        Vocabulary vocabulary = new Vocabulary();
        Fetches.addTo(vocabulary);
        Converters.addTo(vocabulary);
        return vocabulary;
    }

    /** @param reloadAsked whether a signal asked for a reload meanwhile: the files may be others by now */
    static void run(Arguments arguments, BooleanSupplier reloadAsked) {
        Start start = new Start(arguments);
        int code = start.begin();
        if (code >= 0) {
            Runtime.getRuntime().halt(code);
        }
        if (reloadAsked.getAsBoolean()) {
            start.signals.reload(told -> { });
        }
        start.signals.work();
    }

    /** The exit code, or -1 when the process serves from now on. */
    private int begin() {
        if (arguments.directory() != null && !WorkingDirectory.change(arguments.directory())) {
            console.print(Level.ALERT, "Could not change to directory " + arguments.directory() + " : No such file or directory");
            return 1;
        }
        Reading reading = Reading.of(arguments, WORLD, console, ConfigurationText.asked(arguments.switches()));
        if (reading == null) {
            return 1;
        }
        if (reading.configuration().global().get(GlobalSpec.QUIET) && !arguments.switches().isVerbose()) {
            console.silence();
        }
        if (!new Inspection(arguments.switches(), console).print(WORLD)) {
            return 1;
        }
        if (arguments.request() == Arguments.Request.CHECK) {
            return checked(reading);
        }
        return reading.isUsable(console) ? serve(reading) : 1;
    }

    private int checked(Reading reading) {
        boolean listens = reading.listens();
        String verdict = listens ? "Configuration file is valid\n"
                : "Configuration file has no error but will not start (no listener) => exit(2).\n";
        if (arguments.switches().isVerbose() || !listens && !arguments.switches().isQuiet()) {
            System.out.print((reading.warnings() > 0 ? "Warnings were found.\n" : "") + verdict);
            System.out.flush();
        }
        return listens ? 0 : WITHOUT_LISTENER;
    }

    private int serve(Reading reading) {
        Configuration configuration = reading.configuration();
        if (goesIntoBackground(configuration) && !Daemon.isBackground()) {
            return Daemon.spawn();
        }
        boolean master = isMaster(configuration);
        Running running = Running.of(reading, arguments, EngineChoice.of(configuration, console), console, pid);
        if (running == null) {
            return 1;
        }
        Notify notify = new Notify(arguments.switches().isSystemdNotify() ? System.getenv("NOTIFY_SOCKET") : null, pid);
        Stopping stopping = new Stopping(running);
        Reloader reloader = new Reloader(running, arguments, console, stopping, notify);
        signals = new Signals(stopping, reloader, notify, master);
        running.reloadBy(signals::reload);
        signals.install();
        MasterSocket masterSocket = master && arguments.masterCli() != null ? new MasterSocket(running, console) : null;
        if (masterSocket != null && !masterSocket.bind(arguments.masterCli())) {
            return 1;
        }
        HandedSockets handed = handed();
        if (!running.bind(reading.maxconn(arguments), handed, arguments.replacesAnother()) || !writePidFile(configuration)
                || !changeUser(configuration, reading.accounts())) {
            return 1;
        }
        if (handed != null) {
            handed.close();
        }
        // only now, so that every thread of ours has what we keep of root's privileges
        running.begin(arguments.replacesAnother());
        Errands errands = new Errands(running, running.snapshot(), arguments.files(), () -> signals.reload(told -> { }));
        stopping.last(errands::stopping);
        reloader.errands(errands);
        errands.start();
        if (masterSocket != null) {
            masterSocket.start();
        }
        finish(arguments.finish());
        if (arguments.finish().isEmpty()) {
            running.letIn();
        } else {
            running.letInTaught();
        }
        if (master) {
            console.print(Level.NOTICE, "Loading success.");
        }
        tell(arguments.terminate(), TERM);
        console.served();
        notify.ready();
        if (Daemon.isBackground()) {
            console.silence();
            Daemon.ready();
        }
        return -1;
    }

    /** What the process that {@code -x} names lets us have, or null. Without it everything is bound anew. */
    private HandedSockets handed() {
        String path = arguments.oldSocket();
        if (path == null || path.equals("/dev/null")) {
            return null;
        }
        Object answer = HandedSockets.of(path.startsWith("unix@") ? path.substring("unix@".length()) : path);
        if (answer instanceof HandedSockets handed) {
            return handed;
        }
        console.print(Level.WARNING, "[haproxy.main()] " + answer);
        return null;
    }

    /** Those that we follow may leave; one of our kind is told first that it is followed, which others do not hear. */
    private static void finish(List<Long> processes) {
        if (!processes.isEmpty()) {
            tell(processes, URG);
            LockSupport.parkNanos(SIGNALS_APART_NS);
            tell(processes, USR1);
        }
    }

    /** Those that we follow may leave. */
    private static void tell(List<Long> processes, int signal) {
        for (Long process : processes) {
            if (process > 0) {
                Sys.call(Sys.Call.KILL, process, signal, 0);
            }
        }
    }

    private boolean isMaster(Configuration configuration) {
        return arguments.switches().isMasterWorker() || configuration.global().get(GlobalSpec.MASTER_WORKER);
    }

    private boolean goesIntoBackground(Configuration configuration) {
        ArgumentSwitches switches = arguments.switches();
        boolean asked = switches.isDaemon() || configuration.global().get(GlobalSpec.DAEMON);
        return asked && !switches.isForeground() && !switches.isDebug();
    }

    private boolean writePidFile(Configuration configuration) {
        String file = arguments.pidFile() != null ? arguments.pidFile() : configuration.global().get(GlobalSpec.PIDFILE);
        if (file == null) {
            return true;
        }
        try {
            Files.writeString(Path.of(file), pid + "\n", StandardCharsets.US_ASCII);
            return true;
        } catch (IOException e) {
            console.print(Level.ALERT, "[haproxy.main()] Cannot create pidfile " + file);
            return false;
        }
    }

    private boolean changeUser(Configuration configuration, Accounts accounts) {
        if (configuration.global().get(GlobalSpec.CHROOT) != null) {
            console.print(Level.NOTICE, "'chroot' is accepted but not performed: the process reads its files again at a "
                    + "reload.");
        }
        if (accounts.uid() < 0 && accounts.gid() < 0) {
            return true;
        }
        String failure = Credentials.become(accounts.uid(), accounts.gid(), new int[0],
                Privileges.bits(configuration));
        if (failure != null) {
            console.print(Level.ALERT, "[haproxy.main()] " + failure);
        } else if (configuration.global().get(GlobalSpec.SET_DUMPABLE)) {
            Credentials.becomeDumpable();
        }
        return failure == null;
    }
}
