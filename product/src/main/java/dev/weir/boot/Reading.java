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
import dev.weir.config.lang.Statement;
import dev.weir.config.lang.SystemNames;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.config.rule.RuleWorld;
import dev.weir.keyword.directive.Directives;
import dev.weir.model.proxy.ProxySpec;
import java.util.function.Consumer;

/**
 * The files of the command line, read and looked at as far as that can be without touching anything. What is wrong has
 * been said. By the main thread.
 *
 * @param configuration what they say
 * @param world what its rules were compiled with
 * @param addresses what the names of servers are now
 * @param accounts whom the process is to become
 */
record Reading(Configuration configuration, RuleWorld world, ServerAddresses addresses, Accounts accounts, int warnings) {

    private static final NameResolver NAMES = new SystemNames();

    /** Where what the command line says is found in messages. */
    private static final String COMMAND_LINE = "command line";

    /**
     * Null when there is something wrong.
     *
     * @param echo is shown each line that counts; null for nobody
     */
    static Reading of(Arguments arguments, RuleWorld world, Console console, Consumer<Statement> echo) {
        Environment environment = environment(arguments);
        ConfigurationReader reader = new ConfigurationReader(Directives.vocabulary(), environment,
                new ReadingOptions(Conditions.evaluator(ConditionFacts.of(environment)), NAMES,
                        arguments.switches().isDiagnostics(), arguments.switches().isZeroWarning(), world, echo));
        if (!arguments.switches().lines().isEmpty()) {
            reader.assume(COMMAND_LINE, "global\n" + arguments.switches().lines());
        }
        Configuration configuration = reader.read(arguments.files());
        console.print(reader.diagnostics());
        if (configuration == null) {
            return null;
        }
        Diagnostics diagnostics = new Diagnostics();
        ServerAddresses addresses = new ServerAddresses(diagnostics, NAMES, arguments.switches().isIgnoreResolution());
        Accounts accounts = Accounts.of(configuration.global(), diagnostics);
        boolean resolved = addresses.resolve(configuration);
        console.print(diagnostics);
        return !resolved || diagnostics.hasFailed() ? null : new Reading(configuration, world, addresses, accounts,
                reader.diagnostics().warnings() + diagnostics.warnings());
    }

    /** As the process was started with it: what files set is theirs. */
    private static Environment environment(Arguments arguments) {
        Environment environment = Environment.ofProcess();
        environment.set("HAPROXY_STARTUP_VERSION", VersionNumbers.COMPATIBLE);
        environment.set("HAPROXY_BRANCH", VersionNumbers.BRANCH);
        environment.set("HAPROXY_LOCALPEER", arguments.localPeer() != null ? arguments.localPeer() : HostName.get());
        if (arguments.localPeer() != null) {
            environment.fix("HAPROXY_LOCALPEER");
        }
        if (arguments.switches().isMasterWorker()) {
            environment.set("HAPROXY_MWORKER", "1");
            if (arguments.masterCli() != null) {
                environment.set("HAPROXY_MASTER_CLI", MasterSocket.name(arguments.masterCli()));
            }
        }
        return environment;
    }

    boolean listens() {
        for (ProxySpec proxy : configuration.proxies()) {
            if (!proxy.binds().isEmpty() && !proxy.settings().get(ProxySpec.DISABLED)) {
                return true;
            }
        }
        return !configuration.global().get(GlobalSpec.STATS_SOCKETS).isEmpty() || !configuration.others().isEmpty();
    }

    /** What was accepted but cannot be used: better no start than a silent gap. */
    boolean isUsable(Console console) {
        if (PeerNetwork.refuses(configuration, console)) {
            return false;
        }
        for (Unbuilt each : configuration.unbuilt()) {
            console.print(Level.ALERT, "config : " + each.message());
        }
        if (configuration.unbuilt().isEmpty() && !listens()) {
            console.print(Level.ALERT,
                    "[haproxy.main()] No enabled listener found (check for 'bind' directives) ! Exiting.");
            return false;
        }
        return configuration.unbuilt().isEmpty();
    }

    /** How many connections the process may have. */
    int maxconn(Arguments arguments) {
        if (arguments.maxconn() > 0) {
            return arguments.maxconn();
        }
        int configured = configuration.global().get(GlobalSpec.MAXCONN);
        return configured > 0 ? configured : Limits.connections(configuration.global().get(GlobalSpec.FD_HARD_LIMIT));
    }

    /** How many a frontend may have of which nothing is said. */
    int proxyMaxconn(Arguments arguments) {
        return arguments.proxyMaxconn() > 0 ? arguments.proxyMaxconn() : maxconn(arguments);
    }

    int threads() {
        int asked = configuration.global().get(GlobalSpec.NBTHREAD);
        return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    }
}
