package dev.weir.boot;

import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.compile.Configuration;
import dev.weir.config.compile.ConfigurationReader;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.compile.ReadingOptions;
import dev.weir.config.compile.ServerAddresses;
import dev.weir.config.compile.Unbuilt;
import dev.weir.config.lang.ConditionFacts;
import dev.weir.config.lang.Conditions;
import dev.weir.config.lang.Environment;
import dev.weir.config.lang.NameResolver;
import dev.weir.config.lang.SystemNames;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.config.rule.RuleWorld;
import dev.weir.flow.cache.HttpCaches;
import dev.weir.flow.expr.Vocabulary;
import dev.weir.keyword.action.Actions;
import dev.weir.keyword.convert.Converters;
import dev.weir.keyword.directive.Directives;
import dev.weir.keyword.fetch.Fetches;
import dev.weir.model.pattern.PatternReferences;
import dev.weir.model.value.VariableNames;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.Credentials;
import dev.weir.net.sys.WorkingDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** From the command line to a process that serves: reads, checks, binds, changes user, goes into the background. */
final class Start {

    private static final int WITHOUT_LISTENER = 2;
    private static final RuleWorld WORLD = new RuleWorld(Start::expressions, Actions::vocabulary, new VariableNames(),
            new PatternReferences(), new HttpCaches());
    private static final NameResolver NAMES = new SystemNames();

    private final Arguments arguments;
    private final long pid = ProcessHandle.current().pid();
    private final Console console;
    private Signals signals;
    private int warnings;

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
        Diagnostics diagnostics = new Diagnostics();
        ServerAddresses addresses = new ServerAddresses(diagnostics, NAMES,
                arguments.switches().isIgnoreResolution());
        Accounts accounts = Accounts.of(configuration.global(), diagnostics);
        boolean resolved = addresses.resolve(configuration);
        console.print(diagnostics);
        if (!resolved || diagnostics.hasFailed()) {
            return 1;
        }
        warnings += diagnostics.warnings();
        if (arguments.request() == Arguments.Request.CHECK) {
            return checked(configuration);
        }
        return refusesUnbuilt(configuration) || PeerNetwork.refuses(configuration, console) ? 1 : serve(configuration, addresses, accounts);
    }

    private int checked(Configuration configuration) {
        boolean listens = listens(configuration);
        String verdict = listens ? "Configuration file is valid\n"
                : "Configuration file has no error but will not start (no listener) => exit(2).\n";
        if (arguments.switches().isVerbose() || !listens && !arguments.switches().isQuiet()) {
            System.out.print((warnings > 0 ? "Warnings were found.\n" : "") + verdict);
            System.out.flush();
        }
        return listens ? 0 : WITHOUT_LISTENER;
    }

    private static boolean listens(Configuration configuration) {
        for (ProxySpec proxy : configuration.proxies()) {
            if (!proxy.binds().isEmpty() && !proxy.settings().get(ProxySpec.DISABLED)) {
                return true;
            }
        }
        return !configuration.global().get(GlobalSpec.STATS_SOCKETS).isEmpty() || !configuration.others().isEmpty();
    }

    private Configuration read() {
        Environment environment = Environment.ofProcess();
        environment.set("HAPROXY_STARTUP_VERSION", VersionNumbers.COMPATIBLE);
        environment.set("HAPROXY_BRANCH", VersionNumbers.BRANCH);
        environment.set("HAPROXY_LOCALPEER", arguments.localPeer() != null ? arguments.localPeer() : HostName.get());
        if (arguments.switches().isMasterWorker()) {
            environment.set("HAPROXY_MWORKER", "1");
        }
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), environment,
                new ReadingOptions(Conditions.evaluator(ConditionFacts.of(environment)), NAMES,
                        arguments.switches().isDiagnostics(), arguments.switches().isZeroWarning(), WORLD));
        Configuration configuration = reader.read(arguments.files());
        console.print(reader.diagnostics());
        warnings = reader.diagnostics().warnings();
        return configuration;
    }

    /** What was accepted but is not built cannot be used: better no start than a silent gap. */
    private boolean refusesUnbuilt(Configuration configuration) {
        for (Unbuilt each : configuration.unbuilt()) {
            console.print(Level.ALERT, "config : " + each.message());
        }
        return !configuration.unbuilt().isEmpty();
    }

    private int serve(Configuration configuration, ServerAddresses addresses, Accounts accounts) {
        if (!listens(configuration)) {
            console.print(Level.ALERT,
                    "[haproxy.main()] No enabled listener found (check for 'bind' directives) ! Exiting.");
            return 1;
        }
        if (goesIntoBackground(configuration) && !Daemon.isBackground()) {
            return Daemon.spawn();
        }
        Engine engine = engine(configuration);
        Running running = new Running(configuration, engine, console, pid, WORLD);
        signals = new Signals(running, arguments.switches().isMasterWorker());
        signals.install();
        if (!running.bind(configuration, addresses, maxconn(configuration), arguments.proxyMaxconn())
                || !writePidFile(configuration) || !changeUser(configuration, accounts)) {
            return 1;
        }
        // only now, so that every thread of ours has what we keep of root's privileges
        running.begin(arguments.replacesAnother());
        running.startChecks();
        running.startResolvers();
        console.served();
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

    /** The one that is asked for, or the next best where the system has it not. */
    private Engine engine(Configuration configuration) {
        String named = configuration.global().get(GlobalSpec.ENGINE);
        String asked = System.getProperty("weir.engine", named);
        boolean noEpoll = arguments.switches().isNoEpoll() || configuration.global().get(GlobalSpec.NOEPOLL);
        Engine wanted = asked == null ? noEpoll ? Engine.IO_URING : Engine.EPOLL : switch (asked) {
            case "io_uring" -> Engine.IO_URING;
            case "nio" -> Engine.NIO;
            default -> Engine.EPOLL;
        };
        if (wanted.isAvailable()) {
            return wanted;
        }
        Engine instead = Engine.EPOLL.isAvailable() ? Engine.EPOLL : Engine.NIO;
        if (named != null) {
            console.print(Level.NOTICE, "'weir.engine " + named + "' is not available here: " + instead.text()
                    + " is used.");
        }
        return instead;
    }

    private int maxconn(Configuration configuration) {
        if (arguments.maxconn() > 0) {
            return arguments.maxconn();
        }
        int configured = configuration.global().get(GlobalSpec.MAXCONN);
        return configured > 0 ? configured : Limits.connections(configuration.global().get(GlobalSpec.FD_HARD_LIMIT));
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
