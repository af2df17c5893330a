package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.ProxySpec.Mode;
import dev.weir.model.proxy.RuleLine;
import dev.weir.upkeep.resolve.ResolversSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be true of a configuration as a whole, looked at once all files are read. Boot's thread. */
final class ConfigurationChecks {

    private static final String TIMEOUTS = "'.\n"
            + "   | While not properly invalid, you will certainly encounter various problems\n"
            + "   | with such a configuration. To fix this, please ensure that all following\n"
            + "   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.";

    private final Configuration configuration;
    private final Diagnostics diagnostics;
    private final Map<String, ProxySpec> backends = new HashMap<>();

    ConfigurationChecks(Configuration configuration, Diagnostics diagnostics) {
        this.configuration = configuration;
        this.diagnostics = diagnostics;
    }

    void run() {
        for (ProxySpec proxy : configuration.proxies()) {
            if (proxy.kind().isBack()) {
                backends.putIfAbsent(proxy.name(), proxy);
            }
        }
        for (ResolversSpec resolvers : configuration.resolvers()) {
            if (resolvers.nameservers().isEmpty() && !resolvers.settings().get(ResolversSpec.PARSE_RESOLV_CONF)) {
                warn(resolvers.place(), "resolvers '" + resolvers.name() + "' [" + resolvers.place()
                        + "] has no nameservers configured!");
            }
        }
        checkOwnRequests();
        for (ProxySpec proxy : configuration.proxies()) {
            check(proxy);
            new PeersChecks(configuration, diagnostics).check(proxy);
            new ReverseChecks(configuration, diagnostics).check(proxy);
        }
        new PeersChecks(configuration, diagnostics).run();
    }

    /** Whose name servers {@code httpclient} asks. */
    private void checkOwnRequests() {
        String section = HttpClientTerms.of(configuration.global()).resolvers();
        boolean found = section == null || section.equals("default");
        for (ResolversSpec each : configuration.resolvers()) {
            found |= each.name().equals(section);
        }
        if (!found) {
            alert(Place.BUILT_IN, "Proxy '<HTTPCLIENT>': Can't find resolvers section '" + section
                    + "' for do-resolve action.");
        }
    }

    private void check(ProxySpec proxy) {
        if (proxy.settings().get(ProxySpec.DISABLED)) {
            return;
        }
        String noun = proxy.kind() == ProxySpec.Kind.LISTEN ? "proxy" : word(proxy);
        if (proxy.kind().isFront() && proxy.binds().isEmpty()) {
            warn(proxy.place(), noun + " '" + proxy.name()
                    + "' has no 'bind' directive. Please declare it as a backend if this was intended.");
        }
        if (proxy.kind().isFront()) {
            checkTargets(proxy);
        }
        if (proxy.settings().get(ProxySpec.MODE) != Mode.HTTP) {
            new HttpOnlyChecks(proxy, noun, diagnostics).run();
        }
        MailChecks.check(proxy, configuration, noun, diagnostics);
        checkLogs(proxy, noun);
        checkSteps(proxy, noun);
        if (proxy.kind().isBack()) {
            checkExternal(proxy, noun);
        }
        if (proxy.settings().get(ProxySpec.MODE) != Mode.LOG) {
            checkTimeouts(proxy, noun);
        }
        if (proxy.kind().isBack()) {
            new ServerChecker(proxy, configuration, diagnostics).run();
        }
    }

    private void checkTargets(ProxySpec proxy) {
        String name = proxy.settings().get(ProxySpec.DEFAULT_BACKEND);
        if (name != null) {
            ProxySpec target = backends.get(name);
            if (target == null) {
                alert(proxy.settings().placeOf(ProxySpec.DEFAULT_BACKEND), "Proxy '" + proxy.name()
                        + "': unable to find required default_backend: '" + name + "'.");
            } else if (target == proxy) {
                alert(proxy.settings().placeOf(ProxySpec.DEFAULT_BACKEND), "Proxy '" + proxy.name()
                        + "': loop detected for default_backend: '" + name + "'.");
            } else {
                checkMode(proxy, target, "as its default backend");
            }
        }
        for (RuleLine rule : proxy.settings().get(ProxySpec.RULES)) {
            if (rule.kind().equals("use_backend") && rule.args().getFirst().indexOf('%') < 0) {
                String used = rule.args().getFirst();
                ProxySpec target = backends.get(used);
                if (target == null) {
                    alert(rule.place(), "Proxy '" + proxy.name() + "': unable to find required use_backend: '" + used
                            + "'.");
                } else {
                    checkMode(proxy, target, "in a 'use_backend' rule");
                }
            }
        }
    }

    /** A TCP frontend may go on in HTTP, never the other way. */
    private void checkMode(ProxySpec proxy, ProxySpec target, String how) {
        Mode mode = proxy.settings().get(ProxySpec.MODE);
        Mode targetMode = target.settings().get(ProxySpec.MODE);
        boolean fits = mode == targetMode || mode == Mode.TCP && targetMode == Mode.HTTP;
        if (!fits) {
            alert(proxy.place(), lower(mode) + " " + word(proxy) + " '" + proxy.name() + "' (" + proxy.place()
                    + ") tries to use incompatible " + lower(targetMode) + " " + word(target) + " '" + target.name()
                    + "' (" + target.place() + ") " + how + " (see 'mode').");
        }
    }

    private void checkLogs(ProxySpec proxy, String noun) {
        boolean logs = !proxy.settings().get(ProxySpec.LOGS).isEmpty() || proxy.settings().get(ProxySpec.LOG_GLOBAL)
                && !configuration.global().get(GlobalSpec.LOGS).isEmpty();
        boolean format = proxy.settings().get(ProxySpec.LOG_FORMAT) != null
                || proxy.settings().get(ProxySpec.LOG_FORMAT_SD) != null || proxy.settings().get(ProxySpec.TCPLOG)
                || proxy.settings().get(ProxySpec.HTTPLOG) || proxy.settings().get(ProxySpec.HTTPSLOG);
        if (proxy.kind().isFront() && format && !logs) {
            warn(proxy.place(), "log format ignored for " + noun + " '" + proxy.name()
                    + "' since it has no log address.");
        }
    }

    /** Steps of a check count only beside the option that asks for that kind of check. */
    private void checkSteps(ProxySpec proxy, String noun) {
        List<Phrase> lines = proxy.settings().get(ProxySpec.CHECK_LINES);
        if (lines.isEmpty() || !proxy.kind().isBack()) {
            return;
        }
        String kind = lines.getLast().words().getFirst();
        List<String> chosen = proxy.settings().get(ProxySpec.CHECK_KIND);
        String option = kind.equals("http-check") ? "httpchk" : "tcp-check";
        if (chosen.isEmpty() || !chosen.getFirst().equals(option)) {
            warn(proxy.place(), noun + " '" + proxy.name() + "' uses " + kind + " rules without 'option " + option
                    + "', so the rules are ignored.");
        }
    }

    /** Processes are run only where the global section allows it. */
    private void checkExternal(ProxySpec proxy, String noun) {
        Settings settings = proxy.settings();
        List<String> kind = settings.get(ProxySpec.CHECK_KIND);
        boolean external = !kind.isEmpty() && kind.getFirst().equals("external-check");
        if (!external) {
            for (Setting<String> each : List.of(ProxySpec.EXTERNAL_COMMAND, ProxySpec.EXTERNAL_PATH)) {
                if (settings.get(each) != null) {
                    warn(settings.placeOf(each), "'" + each.name() + "' will be ignored for " + noun + " '"
                            + proxy.name() + "' (requires 'option external-check').");
                }
            }
            return;
        }
        Place place = settings.placeOf(ProxySpec.CHECK_KIND);
        String start = "Proxy '" + proxy.name() + "' : ";
        if (!configuration.global().get(GlobalSpec.EXTERNAL_CHECK)) {
            alert(place, start + "'option external-check' unable to find required 'global.external-check'.");
        }
        if (settings.get(ProxySpec.EXTERNAL_COMMAND) == null) {
            alert(place, start + "'option external-check' unable to find required 'external-check command'.");
        }
        if (!configuration.global().get(GlobalSpec.INSECURE_FORK_WANTED)) {
            warn(place, start + "'insecure-fork-wanted' not enabled in the global section, 'option external-check' will "
                    + "likely fail.");
        }
    }

    private void checkTimeouts(ProxySpec proxy, String noun) {
        boolean http = proxy.settings().get(ProxySpec.MODE) == Mode.HTTP;
        boolean client = !proxy.kind().isFront() || proxy.settings().get(ProxySpec.TIMEOUT_CLIENT) > 0;
        boolean server = proxy.servers().isEmpty() || !proxy.kind().isBack()
                || proxy.settings().get(ProxySpec.TIMEOUT_CONNECT) > 0
                && (proxy.settings().get(ProxySpec.TIMEOUT_SERVER) > 0
                    || !http && proxy.settings().get(ProxySpec.TIMEOUT_TUNNEL) > 0);
        if (!client || !server) {
            warn(proxy.place(), "missing timeouts for " + noun + " '" + proxy.name() + TIMEOUTS);
        }
    }

    static String lower(Mode mode) {
        return switch (mode) {
            case TCP -> "tcp";
            case HTTP -> "http";
            case LOG -> "log";
            case SPOP -> "spop";
        };
    }

    static String word(ProxySpec proxy) {
        return switch (proxy.kind()) {
            case FRONTEND -> "frontend";
            case BACKEND -> "backend";
            case LISTEN -> "listen";
        };
    }

    private void alert(Place place, String text) {
        diagnostics.report(Level.ALERT, place, text);
    }

    private void warn(Place place, String text) {
        diagnostics.report(Level.WARNING, place, text);
    }
}
