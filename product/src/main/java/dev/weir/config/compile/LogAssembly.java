package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogSample;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.ExchangeLog;
import dev.weir.flow.drive.TrafficLog;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.expr.ExpressionLogValues;
import dev.weir.flow.expr.ExpressionScope;
import dev.weir.flow.expr.LogFormat;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogRecord;
import dev.weir.flow.expr.LogValues;
import dev.weir.flow.expr.Point;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, ProxyLog> logs = new HashMap<>();

    /** @param scopes what expressions of a proxy can name; null as long as no expressions can be evaluated */
    LogAssembly(Runtime runtime, Configuration configuration, Diagnostics diagnostics,
            Function<ProxySpec, ExpressionScope> scopes) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.diagnostics = diagnostics;
        this.scopes = scopes;
    }

    /** What is told the moments of a frontend's exchanges. */
    ExchangeLog traffic(ProxySpec spec) {
        ProxyLog log = of(spec);
        if (log.isEmpty()) {
            return ExchangeLog.NONE;
        }
        Settings settings = spec.settings();
        String format = settings.get(ProxySpec.LOG_FORMAT);
        if (format == null && settings.get(ProxySpec.TCPLOG)) {
            format = LogFormats.TCP;
        }
        TrafficLog.Moment moment = format == null ? TrafficLog.Moment.ACCEPTED
                : settings.get(ProxySpec.LOGASAP) ? TrafficLog.Moment.CONNECTED : TrafficLog.Moment.ENDED;
        LogFormats[] compilers = new LogFormats[runtime.workers().size()];
        LogFormat[] formats = new LogFormat[compilers.length];
        for (int i = 0; i < compilers.length; i++) {
            compilers[i] = compiler(spec);
            formats[i] = format == null ? compilers[i].connect("TCP") : compile(compilers[i], format, spec);
            if (formats[i] == null) {
                return ExchangeLog.NONE;
            }
        }
        return TrafficLog.of(log, moment, !settings.get(ProxySpec.DONTLOGNULL), compilers.length,
                i -> formats[i], i -> compilers[i].error());
    }

    /** A compiler of one worker for formats of that proxy. */
    LogFormats compiler(ProxySpec spec) {
        ProxyLog.Identity identity = runtime.identity();
        LogValues values = scopes == null ? NO_EXPRESSIONS
                : new ExpressionLogValues(scopes.apply(spec), Point.LOG, LogRecord::expressions);
        return new LogFormats(new LogClock(identity.zone()), identity.hostName(), identity.pid(), values);
    }

    private LogFormat compile(LogFormats compiler, String format, ProxySpec spec) {
        LogFormats.Compiled compiled = compiler.compile(format);
        if (compiled.error() != null) {
            diagnostics.alert(spec.settings().placeOf(ProxySpec.LOG_FORMAT), "'log-format' : " + compiled.error());
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
            List<LogSample> shared = new ArrayList<>();
            for (LogSpec each : specs) {
                shared.add(samples.computeIfAbsent(each, s -> new LogSample(s.sample(), s.sampleSize())));
            }
            String tag = spec.settings().get(ProxySpec.LOG_TAG);
            ProxyLog.Identity identity = tag == null ? runtime.identity() : runtime.identity().withTag(tag);
            return new ProxyLog(specs, shared, identity, runtime.everyone(), runtime.logWriter());
        });
    }
}
