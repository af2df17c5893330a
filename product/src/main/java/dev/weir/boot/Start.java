package dev.weir.boot;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.compile.Unbuilt;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.SystemNames;
import dev.weir.keyword.directive.Directives;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.Credentials;
import dev.weir.net.sys.WorkingDirectory;
import dev.weir.net.sys.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** From the command line to a process that serves: reads, checks, binds, changes user, goes into the background. */
final class Start {

    private final Arguments arguments;
    private final long pid = ProcessHandle.current().pid();
    private final Console console;
    private Signals signals;

    private Start(Arguments arguments) {
        this.arguments = arguments;
        this.console = new Console(pid, System.getProperty("weir.path", "weir"), System.console() != null);
        if (arguments.switches().isQuiet()) {
            console.silence();
        }
    }

    static void run(Arguments arguments) {
        Start start = new Start(arguments);
        int code = start.begin();
        if (code >= 0) {
            Runtime.getRuntime().halt(code);
        }
        start.signals.work();
    }

    /** The exit code, or -1 when the process serves from now on. */
    private int begin() {
        if (arguments.directory() != null && !WorkingDirectory.change(arguments.directory())) {
            console.print(Level.ALERT, "Could not change to directory " + arguments.directory() + " : No such file or directory");
            return 1;
        }
        Configuration configuration = read();
        if (configuration == null) {
            return 1;
        }
        if (arguments.request() == Arguments.Request.CHECK) {
            if (arguments.switches().isVerbose()) {
                System.out.println("Configuration file is valid");
            }
            return 0;
        }
        return refusesUnbuilt(configuration) ? 1 : serve(configuration);
    }

    private Configuration read() {
        Environment environment = Environment.ofProcess();
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), environment,
                new ReadingOptions(Conditions.evaluator(ConditionFacts.of(environment)), new SystemNames(),
                        arguments.switches().isDiagnostics(), arguments.switches().isZeroWarning()));
        Configuration configuration = reader.read(arguments.files());
        console.print(reader.diagnostics());
        return configuration;
    }

    /** What was accepted but is not built cannot be used: better no start than a silent gap. */
    private boolean refusesUnbuilt(Configuration configuration) {
        for (Unbuilt each : configuration.unbuilt()) {
            console.print(Level.ALERT, "config : parsing [" + each.place() + "] : " + each.what()
                    + " is not supported yet.");
        }
        return !configuration.unbuilt().isEmpty();
    }

    private int serve(Configuration configuration) {
        if (goesIntoBackground(configuration) && !Daemon.isBackground()) {
            return Daemon.spawn();
        }
        Engine engine = engine(configuration);
        Running running = new Running(configuration, engine, console, pid);
        signals = new Signals(running, arguments.switches().isMasterWorker());
        signals.install();
        if (!running.start(configuration, maxconn(configuration)) || !writePidFile(configuration)
                || !changeUser(configuration)) {
            return 1;
        }
        running.startChecks();
        running.startResolvers();
        if (Daemon.isBackground()) {
            console.silence();
            Daemon.ready();
        }
        return -1;
    }

    private boolean goesIntoBackground(Configuration configuration) {
        ArgumentSwitches switches = arguments.switches();
        boolean asked = switches.isDaemon() || configuration.global().get(GlobalSpec.DAEMON);
        return asked && !switches.isForeground() && !switches.isDebug();
    }

    private Engine engine(Configuration configuration) {
        String asked = System.getProperty("weir.engine", "epoll");
        Engine wanted = switch (asked) {
            case "io_uring" -> Engine.IO_URING;
            case "nio" -> Engine.NIO;
            default -> Engine.EPOLL;
        };
        boolean noEpoll = arguments.switches().isNoEpoll() || configuration.global().get(GlobalSpec.NOEPOLL);
        if (wanted == Engine.EPOLL && noEpoll) {
            wanted = Engine.IO_URING;
        }
        if (!wanted.isAvailable()) {
            return Engine.EPOLL.isAvailable() ? Engine.EPOLL : Engine.NIO;
        }
        return wanted;
    }

    private int maxconn(Configuration configuration) {
        if (arguments.maxconn() > 0) {
            return arguments.maxconn();
        }
        int configured = configuration.global().get(GlobalSpec.MAXCONN);
        return configured > 0 ? configured : Limits.connections();
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

    private boolean changeUser(Configuration configuration) {
        int uid = configuration.global().get(GlobalSpec.UID);
        int gid = configuration.global().get(GlobalSpec.GID);
        if (configuration.global().get(GlobalSpec.CHROOT) != null) {
            console.print(Level.NOTICE, "'chroot' is accepted but not performed: the process reads its files again at a "
                    + "reload.");
        }
        if (uid < 0 && gid < 0) {
            return true;
        }
        String failure = Credentials.become(uid, gid, new int[0]);
        if (failure != null) {
            console.print(Level.ALERT, "[haproxy.main()] " + failure);
        }
        return failure == null;
    }
}
