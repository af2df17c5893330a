package dev.weir.config.compile;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.EventSinks;
import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogRing;
import dev.weir.base.log.LogSample;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.flow.drive.EventEcho;
import dev.weir.flow.drive.ExchangeLog;
import dev.weir.flow.drive.LogPolicy;
import dev.weir.flow.drive.LogProfile;
import dev.weir.flow.drive.LogStep;
import dev.weir.flow.drive.TrafficFormats;
import dev.weir.flow.drive.TrafficLog;
import dev.weir.flow.exchange.LogForwarder;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.expr.ExpressionLogValues;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.LogFormat;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.LogValues;
import dev.weir.flow.expr.Point;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.LogForwardSpec;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sock.LogOutlet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes the logs of proxies: targets, formats, and when a line is written. One per configuration. */
final class LogAssembly {

    private static final LogValues NO_EXPRESSIONS =
            (text, from) -> new LogValues.Compiled(null, from, "expressions in log formats are not supported yet.");

    private final Runtime runtime;
    private final Configuration configuration;
    private final Diagnostics diagnostics;
    private final Function<ProxySpec, ExpressionScope> scopes;
    private final Map<LogSpec, LogSample> samples = new HashMap<>();
    private final LogProfiles profiles;
    /** The profiles that {@code do-log} actions name. */
    private final Set<String> byActions = new HashSet<>();
    private final LogRings rings;
    private final LogBackends backends;
    private final Set<LogSpec> complained = new HashSet<>();
    private final Map<String, ProxyLog> logs = new HashMap<>();

    /** @param scopes what expressions of a proxy can name; null as long as no expressions can be evaluated */
    LogAssembly(Runtime runtime, Configuration configuration, Diagnostics diagnostics,
            Function<ProxySpec, ExpressionScope> scopes, LogRings living, Function<String, Backend> backendsNow) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.diagnostics = diagnostics;
        this.scopes = scopes;
        profiles = new LogProfiles(configuration.global().get(GlobalSpec.LOG_PROFILES), diagnostics);
        configuration.proxies().forEach(this::findProfiles);
        rings = new LogRings(runtime, configuration, living);
        backends = new LogBackends(runtime, configuration, rings, diagnostics, backendsNow);
    }

    private void findProfiles(ProxySpec spec) {
        for (RuleLine line : spec.settings().get(ProxySpec.RULES)) {
            List<String> words = line.args();
            if (LogProfiles.isNamedBy(line)) {
                byActions.add(words.get(2));
            }
        }
    }

    /** What is told the moments of a frontend's exchanges. */
    ExchangeLog traffic(ProxySpec spec) {
        ExchangeLog log = written(spec);
        return runtime.echo() == null ? log : new EventEcho(log, runtime.echo());
    }

    private ExchangeLog written(ProxySpec spec) {
        ProxyLog log = of(spec);
        if (log.isEmpty()) {
            return ExchangeLog.NONE;
        }
        TrafficFormats[] formats = new TrafficFormats[runtime.cells()];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = formats(spec, log);
            if (formats[i] == null) {
                return ExchangeLog.NONE;
            }
        }
        return new TrafficLog(log, policy(spec, formats[0].normal()), longestRequestLine(), formats);
    }

    /** What counts as the end of it in a line, HAProxy's buffer having had room for one more. */
    private int longestRequestLine() {
        return configuration.global().get(GlobalSpec.TUNE_HTTP_LOGURILEN) - 1;
    }

    private LogPolicy policy(ProxySpec spec, LogFormat format) {
        Settings settings = spec.settings();
        boolean http = settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        boolean early = settings.get(ProxySpec.LOGASAP) || !format.waitsForEnd();
        LogStep moment = chosen(spec) == null ? http ? LogStep.REQUEST : LogStep.ACCEPT
                : !early ? LogStep.CLOSE : http ? LogStep.RESPONSE : LogStep.CONNECT;
        return new LogPolicy(moment, steps(settings.get(ProxySpec.LOG_STEPS)), settings.get(ProxySpec.LOGASAP),
                !settings.get(ProxySpec.DONTLOGNULL), !settings.get(ProxySpec.DONTLOG_NORMAL),
                settings.get(ProxySpec.LOG_SEPARATE_ERRORS));
    }

    private static Set<LogStep> steps(List<String> words) {
        Set<LogStep> steps = EnumSet.noneOf(LogStep.class);
        for (LogStep step : LogStep.values()) {
            if (words.contains(step.word()) || words.contains("all") && step.isAutomatic()) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** The format that the last of {@code log-format} and the options asks for, null when none does. */
    private static String chosen(ProxySpec spec) {
        Settings settings = spec.settings();
        boolean http = settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        boolean clf = settings.get(ProxySpec.CLF_LOG);
        String own = settings.get(ProxySpec.LOG_FORMAT);
        if (own != null) {
            return own;
        } else if (http && settings.get(ProxySpec.HTTPSLOG)) {
            return LogFormats.HTTPS;
        } else if (http && settings.get(ProxySpec.HTTPLOG)) {
            return clf ? LogFormats.HTTP_CLF : LogFormats.HTTP;
        }
        boolean tcp = settings.get(ProxySpec.TCPLOG);
        boolean any = tcp || settings.get(ProxySpec.HTTPLOG) || settings.get(ProxySpec.HTTPSLOG);
        return !any ? null : tcp && clf ? LogFormats.TCP_CLF : LogFormats.TCP;
    }

    /** What one worker writes with; null after an error. */
    private TrafficFormats formats(ProxySpec spec, ProxyLog log) {
        LogFormats compiler = compiler(spec);
        boolean http = spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        String chosen = chosen(spec);
        int before = diagnostics.alerts();
        LogFormat normal = chosen == null ? compiler.connect(http ? "HTTP" : "TCP")
                : compile(compiler, ProxySpec.LOG_FORMAT, chosen, spec);
        String ofErrors = spec.settings().get(ProxySpec.ERROR_LOG_FORMAT);
        LogFormat error = ofErrors == null ? compiler.error()
                : compile(compiler, ProxySpec.ERROR_LOG_FORMAT, ofErrors, spec);
        String ofData = spec.settings().get(ProxySpec.LOG_FORMAT_SD);
        LogFormat data = ofData == null ? null : compile(compiler, ProxySpec.LOG_FORMAT_SD, ofData, spec);
        LogProfile[] ofTargets = new LogProfile[log.targets()];
        for (int i = 0; i < ofTargets.length; i++) {
            ofTargets[i] = profiles.compile(log.target(i).profile(), compiler);
        }
        Map<String, LogProfile> named = new HashMap<>();
        for (String name : byActions) {
            named.put(name, profiles.compile(name, compiler));
        }
        LogFormat badRequest = ofErrors == null ? normal : error;
        return diagnostics.alerts() > before ? null
                : new TrafficFormats(normal, badRequest, error, data, ofTargets, named);
    }

    /** A compiler of one worker for formats of that proxy. */
    LogFormats compiler(ProxySpec spec) {
        return compiler(spec, Point.LOG);
    }

    /** The same for formats of what is known of a request. */
    LogFormats requestCompiler(ProxySpec spec) {
        return compiler(spec, Point.FE_REQUEST);
    }

    private LogFormats compiler(ProxySpec spec, Point point) {
        ProxyLog.Identity identity = runtime.identity();
        LogValues values = scopes == null ? NO_EXPRESSIONS
                : new ExpressionLogValues(scopes.apply(spec), point, LogRecord::expressions);
        return new LogFormats(new LogClock(identity.zone()), identity.hostName(), identity.pid(), values,
                spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP);
    }

    private LogFormat compile(LogFormats compiler, Setting<String> setting, String format, ProxySpec spec) {
        LogFormats.Compiled compiled = compiler.compile(format);
        Place place = spec.settings().placeOf(setting);
        if (compiled.error() != null) {
            diagnostics.report(Level.ALERT, place == null ? spec.place() : place, "Parsing ["
                    + (place == null ? spec.place() : place) + "]: failed to parse " + setting.name() + " : "
                    + compiled.error());
        }
        return compiled.format();
    }

    /** The log of a proxy: the global targets where it asks for them, then its own. */
    ProxyLog of(ProxySpec spec) {
        return logs.computeIfAbsent(spec.kind() + " " + spec.name(), key -> {
            List<LogSpec> specs = new ArrayList<>();
            if (spec.settings().get(ProxySpec.LOG_GLOBAL)) {
                specs.addAll(configuration.global().get(GlobalSpec.LOGS));
            }
            specs.addAll(spec.settings().get(ProxySpec.LOGS));
            return new ProxyLog(targets(specs, spec.settings().get(ProxySpec.LOG_TAG)), runtime.everyone());
        });
    }

    /** The one that the {@code global} section names. */
    ProxyLog global() {
        return new ProxyLog(targets(configuration.global().get(GlobalSpec.LOGS), null), runtime.everyone());
    }

    LogRings rings() {
        return rings;
    }

    private List<ProxyLog.Target> targets(List<LogSpec> specs, String tag) {
        ProxyLog.Identity identity = tag == null ? runtime.identity() : runtime.identity().withTag(tag);
        List<ProxyLog.Target> targets = new ArrayList<>();
        for (LogSpec each : specs) {
            if (isComplete(each)) {
                LogSample sample = samples.computeIfAbsent(each, s -> new LogSample(s.sample(), s.sampleSize()));
                String ownTag = profiles.tag(each.profile());
                targets.add(new ProxyLog.Target(each, sample, ownTag == null ? identity : identity.withTag(ownTag),
                        worker -> outlet(each, worker)));
            }
        }
        return targets;
    }

    /** The {@code log-forward} sections at work. */
    List<LogForwarder> forwarders() {
        List<LogForwarder> forwarders = new ArrayList<>();
        for (LogForwardSpec spec : configuration.global().get(GlobalSpec.LOG_FORWARDS)) {
            forwarders.add(new LogForwarder(spec, targets(spec.settings().get(LogForwardSpec.LOGS), null),
                    runtime.everyone(), runtime.totals().counts()));
        }
        return forwarders;
    }

    /** Whether what the line names exists. */
    private boolean isComplete(LogSpec spec) {
        if (spec.target() == LogSpec.Target.RING && !rings.has(spec.name())) {
            complain(spec, "uses unknown ring named '" + spec.name() + "'.");
            return false;
        } else if (spec.target() == LogSpec.Target.BACKEND && backends.error(spec.name()) != null) {
            complain(spec, backends.error(spec.name()));
            return false;
        } else if (spec.profile() != null && !profiles.has(spec.profile())) {
            complain(spec, "references unknown log-profile '" + spec.profile() + "'.");
            return false;
        }
        return true;
    }

    private void complain(LogSpec spec, String what) {
        if (complained.add(spec)) {
            diagnostics.report(Level.ALERT, spec.place(), "log server declared in file " + spec.place().file()
                    + " at line " + spec.place().line() + " " + what);
        }
    }

    private LogOutlet outlet(LogSpec spec, Worker worker) {
        LogOutlet direct = runtime.outlets().of(spec, worker, runtime.logWriter());
        if (direct != null) {
            return direct;
        }
        return spec.target() == LogSpec.Target.BACKEND ? backends.outlet(spec, worker) : rings.outlet(spec, worker);
    }

    /** The ring of a name, or null: for whoever shows what is in it. */
    LogRing ring(String name) {
        return rings.memory(name);
    }

    /** Takes lines for a ring and its servers, null when there is no such ring. */
    EventSinks.Into into(String ring) {
        return rings.into(ring);
    }
}
