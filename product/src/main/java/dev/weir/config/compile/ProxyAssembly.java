package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogClock;
import dev.weir.base.log.LogSample;
import dev.weir.base.log.LogSpec;
import dev.weir.base.text.Diagnostics;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.ExchangeLog;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.TrafficLog;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.expr.LogFormat;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.LogValues;
import dev.weir.flow.reply.Responder;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.Dialer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes living proxies and their programs of Specs. One per configuration. */
public final class ProxyAssembly {

    /** Less would make large bodies dear. */
    public static final int LEAST_WINDOW = 64 * 1024;

    /** Makes what answers requests of a frontend by itself: a monitor, the statistics page. */
    public interface LocalAnswers {
        List<Responder> of(ProxySpec frontend);
    }

    private static final LogValues NO_EXPRESSIONS =
            (text, from) -> new LogValues.Compiled(null, from, "expressions in log formats are not supported yet.");

    private final Runtime runtime;
    private final Configuration configuration;
    private final Diagnostics diagnostics;
    private final int processMaxconn;
    private final LocalAnswers responders;
    private final ServerAddresses addresses;
    private final DialerAssembly dialers;
    private final PrefaceAssembly prefaces;
    private final Map<LogSpec, LogSample> samples = new HashMap<>();
    private final Map<String, BackendProgram> backends = new HashMap<>();
    private final Map<String, ProxyLog> logs = new HashMap<>();

    public ProxyAssembly(Runtime runtime, Configuration configuration, Diagnostics diagnostics, int processMaxconn,
            LocalAnswers responders, ServerAddresses addresses) {
        this.addresses = addresses;
        this.responders = responders;
        this.runtime = runtime;
        this.configuration = configuration;
        this.diagnostics = diagnostics;
        this.processMaxconn = processMaxconn;
        dialers = new DialerAssembly(configuration.global(), diagnostics);
        prefaces = new PrefaceAssembly(this::compiler, runtime.workers().size(), diagnostics);
    }

    public Generation assemble() {
        List<BackendProgram> backs = new ArrayList<>();
        List<FrontendProgram> fronts = new ArrayList<>();
        for (ProxySpec spec : configuration.proxies()) {
            if (spec.kind().isBack() && !spec.settings().get(ProxySpec.DISABLED)) {
                BackendProgram program = backend(spec);
                backs.add(program);
                backends.put(spec.name(), program);
            }
        }
        for (ProxySpec spec : configuration.proxies()) {
            if (spec.kind().isFront() && !spec.settings().get(ProxySpec.DISABLED)) {
                fronts.add(frontend(spec));
            }
        }
        backs.forEach(back -> back.backend().fullconn(fullconn(back, fronts)));
        return new Generation(configuration, List.copyOf(fronts), List.copyOf(backs));
    }

    /** Where nothing is said, a tenth of what the frontends that lead there may hold. */
    private static int fullconn(BackendProgram back, List<FrontendProgram> fronts) {
        int configured = back.backend().spec().settings().get(ProxySpec.FULLCONN);
        long reaching = 0;
        for (FrontendProgram front : fronts) {
            reaching += front.defaultBackend() == back ? front.frontend().maxconn() : 0;
        }
        return configured > 0 ? configured : (int) Math.max(1, (reaching + 9) / 10);
    }

    private BackendProgram backend(ProxySpec spec) {
        Settings settings = spec.settings();
        Backend backend = new Backend(spec, runtime.cells(), runtime.conductor().nowMs());
        List<Server> servers = new ArrayList<>();
        for (ServerSpec server : spec.servers()) {
            servers.add(new Server(server, addresses.of(server), spec.name(), dialers.of(settings, server),
                    runtime.cells(), runtime.conductor().nowMs()));
        }
        BalanceAssembly.Balance balance = BalanceAssembly.of(spec, servers, diagnostics);
        backend.configure(spec, servers, balance.balancer());
        return new BackendProgram(backend, balance.key(), settings.get(ProxySpec.TIMEOUT_CONNECT),
                settings.get(ProxySpec.TIMEOUT_QUEUE), settings.get(ProxySpec.TIMEOUT_SERVER),
                settings.get(ProxySpec.TIMEOUT_TUNNEL), settings.get(ProxySpec.TIMEOUT_SERVER_FIN),
                settings.get(ProxySpec.RETRIES), settings.get(ProxySpec.REDISPATCH),
                settings.get(ProxySpec.NOLINGER), prefaces.of(servers),
                settings.get(ProxySpec.INDEPENDENT_STREAMS));
    }

    private FrontendProgram frontend(ProxySpec spec) {
        Settings settings = spec.settings();
        int maxconn = settings.get(ProxySpec.MAXCONN) > 0 ? settings.get(ProxySpec.MAXCONN) : processMaxconn;
        Frontend frontend = new Frontend(spec, runtime.cells());
        frontend.configure(spec, maxconn, List.of());
        prefaces.uniqueIds(frontend);
        Dialer.KeepAlive keepAlive = settings.get(ProxySpec.CLITCPKA)
                ? new Dialer.KeepAlive(settings.get(ProxySpec.CLITCPKA_IDLE), settings.get(ProxySpec.CLITCPKA_INTVL),
                        settings.get(ProxySpec.CLITCPKA_CNT)) : null;
        int window = Math.max(LEAST_WINDOW, configuration.global().get(GlobalSpec.TUNE_BUFSIZE));
        return new FrontendProgram(frontend, target(spec), settings.get(ProxySpec.TIMEOUT_CLIENT),
                settings.get(ProxySpec.TIMEOUT_CLIENT_FIN), settings.get(ProxySpec.NOLINGER), keepAlive, window,
                trafficLog(spec), responders(spec),
                runtime.kits(), settings.get(ProxySpec.TIMEOUT_HTTP_REQUEST),
                settings.get(ProxySpec.TIMEOUT_HTTP_KEEP_ALIVE),
                ConnectionRules.firstHeader(spec, diagnostics), settings.get(ProxySpec.INDEPENDENT_STREAMS));
    }

    /** A listen section without default_backend serves from its own servers. */
    private BackendProgram target(ProxySpec spec) {
        String named = spec.settings().get(ProxySpec.DEFAULT_BACKEND);
        if (named != null) {
            return backends.get(named);
        }
        return spec.kind().isBack() ? backends.get(spec.name()) : null;
    }

    private List<Responder> responders(ProxySpec spec) {
        if (spec.settings().get(ProxySpec.MODE) != ProxySpec.Mode.HTTP) {
            return null;
        }
        return responders.of(spec);
    }

    private ExchangeLog trafficLog(ProxySpec spec) {
        ProxyLog log = log(spec);
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
            compilers[i] = compiler();
            formats[i] = format == null ? compilers[i].connect("TCP") : compile(compilers[i], format, spec);
            if (formats[i] == null) {
                return ExchangeLog.NONE;
            }
        }
        return TrafficLog.of(log, moment, !settings.get(ProxySpec.DONTLOGNULL), compilers.length,
                i -> formats[i], i -> compilers[i].error());
    }

    private LogFormats compiler() {
        ProxyLog.Identity identity = runtime.identity();
        return new LogFormats(new LogClock(identity.zone()), identity.hostName(), identity.pid(), NO_EXPRESSIONS);
    }

    private LogFormat compile(LogFormats compiler, String format, ProxySpec spec) {
        LogFormats.Compiled compiled = compiler.compile(format);
        if (compiled.error() != null) {
            diagnostics.alert(spec.settings().placeOf(ProxySpec.LOG_FORMAT), "'log-format' : " + compiled.error());
        }
        return compiled.format();
    }

    /** The log of a proxy: the global targets where it asks for them, then its own. */
    public ProxyLog log(ProxySpec spec) {
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
