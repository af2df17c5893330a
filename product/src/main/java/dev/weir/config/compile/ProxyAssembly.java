package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.log.EventSinks;
import dev.weir.base.log.LogLevel;
import dev.weir.base.log.LogLine;
import dev.weir.base.log.LogRing;
import dev.weir.base.text.Diagnostics;
import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ProcessVariable;
import dev.weir.flow.drive.BackendProgram;
import dev.weir.flow.drive.FrontendProgram;
import dev.weir.flow.drive.HttpKit;
import dev.weir.flow.drive.ProcessContext;
import dev.weir.flow.drive.RdpPersistence;
import dev.weir.flow.drive.Routes;
import dev.weir.flow.drive.RuleKit;
import dev.weir.flow.drive.ServerPreface;
import dev.weir.flow.drive.StickRule;
import dev.weir.flow.drive.StickRules;
import dev.weir.flow.drive.Tenure;
import dev.weir.flow.exchange.LogForwarder;
import dev.weir.flow.exchange.ProxyLog;
import dev.weir.flow.reply.MonitorResponder;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Service;
import dev.weir.flow.rule.SwitchRule;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.Server;
import dev.weir.model.server.ServerSpec;
import dev.weir.net.sock.Dialer;
import dev.weir.wire.http.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes living proxies and their programs of Specs. One per configuration. */
public final class ProxyAssembly {

    /** Less would make large bodies dear. */
    public static final int LEAST_WINDOW = 64 * 1024;

    /** Makes what answers requests of a proxy in place of its servers: the statistics page. */
    public interface LocalAnswers {
        List<Service> of(ProxySpec proxy, ProxyRules rules);
    }

    private final Runtime runtime;
    private final Configuration configuration;
    private final Diagnostics diagnostics;
    private final int processMaxconn;
    private final LocalAnswers responders;
    private final ServerAddresses addresses;
    private final DialerAssembly dialers;
    private final PrefaceAssembly prefaces;
    private final RuleKit[] ruleKits;
    /** Asked by rules that make the name; commands add to it. */
    private final Map<String, Backend> logBackends = new HashMap<>();
    private final Map<String, BackendProgram> backends = new ConcurrentHashMap<>();
    private final LogAssembly logs;
    private final Living living;
    private final HttpKit[] kits;
    private final Tenure tenure;

    /** For the first configuration, or to see whether one can be assembled at all. */
    public ProxyAssembly(Runtime runtime, Configuration configuration, Diagnostics diagnostics, int processMaxconn,
            LocalAnswers responders, ServerAddresses addresses) {
        this(runtime, configuration, diagnostics, processMaxconn, responders, addresses, Living.nothing());
    }

    /** For one that takes the place of another: what lives on is brought under it. On the Conductor's thread. */
    public ProxyAssembly after(Generation before, Configuration next, int maxconn, ServerAddresses found) {
        return new ProxyAssembly(runtime, next, new Diagnostics(), maxconn, responders, found,
                Living.of(before, this));
    }

    private ProxyAssembly(Runtime runtime, Configuration configuration, Diagnostics diagnostics, int processMaxconn,
            LocalAnswers responders, ServerAddresses addresses, Living living) {
        this.living = living;
        living.next(configuration);
        this.kits = KitAssembly.next(runtime, configuration.global());
        this.tenure = new Tenure(living.nextNumber(), runtime.nowMs());
        this.addresses = addresses;
        this.responders = responders;
        this.runtime = runtime;
        this.configuration = configuration;
        this.diagnostics = diagnostics;
        this.processMaxconn = processMaxconn;
        dialers = new DialerAssembly(configuration.global(), diagnostics);
        logs = new LogAssembly(runtime, configuration, diagnostics,
                spec -> configuration.rules().scope(spec.settings()), living.rings(), logBackends::get);
        ruleKits = RuleKitAssembly.of(runtime, configuration);
        prefaces = new PrefaceAssembly(logs::compiler, logs::requestCompiler, runtime.cells(), diagnostics);
    }

    /**
     * Gives the variables of the process the values that the file says.
     *
     * @param before what held until now, or null: of what both say what has become of it stays
     */
    public void setVariables(Generation before) {
        List<ProcessVariable> old = before == null ? List.of() : before.configuration().rules().variables();
        ProcessContext context = new ProcessContext(runtime.conductor(), conductorKit());
        configuration.rules().variables().stream().filter(each -> !each.isAmong(old))
                .forEach(variable -> variable.set(context));
    }

    public Generation assemble() {
        List<BackendProgram> backs = new ArrayList<>();
        List<FrontendProgram> fronts = new ArrayList<>();
        for (ProxySpec spec : configuration.proxies()) {
            // a log backend has no traffic that rules could send there: LogBackends sends to its servers
            boolean logs = spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.LOG;
            if (spec.kind().isBack() && !spec.settings().get(ProxySpec.DISABLED)) {
                BackendProgram program = backend(spec);
                backs.add(program);
                if (logs) {
                    logBackends.put(spec.name(), program.backend());
                } else {
                    backends.put(spec.name(), program);
                }
            }
        }
        for (BackendProgram late : living.lateBackends()) {
            BackendProgram program = again(late);
            backs.add(program);
            backends.put(late.backend().name(), program);
        }
        for (ProxySpec spec : configuration.proxies()) {
            if (spec.kind().isFront() && !spec.settings().get(ProxySpec.DISABLED)) {
                fronts.add(frontend(spec));
            }
        }
        backs.forEach(back -> back.backend().fullconn(fullconn(back, fronts)));
        return new Generation(configuration, List.copyOf(fronts), List.copyOf(backs), tenure);
    }

    /** A backend that a command has added goes on, made of what its defaults section says now if there is one. */
    private BackendProgram again(BackendProgram late) {
        ProxySpec old = late.backend().spec();
        String from = old.settings().get(ProxySpec.MADE_OF);
        Latecomers.Made made = configuration.global().get(GlobalSpec.LATECOMERS).backend(new Latecomers.Wanted(
                old.name(), from, old.settings().get(ProxySpec.MODE), old.settings().get(ProxySpec.GUID)), old.id());
        living.keepAll(late.backend());
        return made.error() == null ? backend(made.spec()) : late;
    }

    /** The generation with a backend that a command has made. On the Conductor's thread. */
    public Generation with(Generation now, ProxySpec spec) {
        BackendProgram program = backend(spec);
        List<BackendProgram> all = new ArrayList<>(now.backends());
        all.add(program);
        program.backend().fullconn(fullconn(program, now.frontends()));
        backends.put(spec.name(), program);
        return new Generation(now.configuration(), now.frontends(), List.copyOf(all), now.tenure());
    }

    /** The generation without a backend that nobody uses. On the Conductor's thread. */
    public Generation without(Generation now, BackendProgram program) {
        List<BackendProgram> all = new ArrayList<>(now.backends());
        all.remove(program);
        backends.remove(program.backend().name());
        return new Generation(now.configuration(), now.frontends(), List.copyOf(all), now.tenure());
    }

    /** Makes a server that a command adds known to the program of its backend. What is wrong, or null. */
    public String equip(BackendProgram program, Server server) {
        ProxySpec spec = program.backend().spec();
        String wrong = configuration.global().get(GlobalSpec.LATECOMERS).server(spec, server.spec());
        if (wrong != null) {
            return wrong;
        }
        int before = diagnostics.all().size();
        ServerPreface own = prefaces.of(spec, List.of(server), configuration.rules());
        if (diagnostics.all().size() > before) {
            return diagnostics.all().get(before).text();
        }
        program.preface().add(server, own);
        return null;
    }

    /** Where nothing is said, a tenth of what the frontends that lead there may hold. */
    private static int fullconn(BackendProgram back, List<FrontendProgram> fronts) {
        int configured = back.backend().spec().settings().get(ProxySpec.FULLCONN);
        long reaching = 0;
        for (FrontendProgram front : fronts) {
            reaching += front.routes().leadTo(back) ? front.frontend().maxconn() : 0;
        }
        return configured > 0 ? configured : (int) Math.max(1, (reaching + 9) / 10);
    }

    private BackendProgram backend(ProxySpec spec) {
        Settings settings = spec.settings();
        Backend known = living.backend(spec.name());
        Backend backend = known != null ? known : new Backend(spec, runtime.cells(), runtime.nowMs());
        List<Server> servers = servers(backend, spec);
        BalanceAssembly.Balance balance = BalanceAssembly.of(spec, servers,
                configuration.rules().balance(settings), diagnostics);
        backend.configure(spec, servers, balance.balancer());
        ProxyRules rules = configuration.rules().of(settings);
        configuration.rules().views().show(backend, settings.get(ProxySpec.RETRIES));
        boolean http = settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        return new BackendProgram(backend, balance.key(), new BackendProgram.Times(
                settings.get(ProxySpec.TIMEOUT_CONNECT), settings.get(ProxySpec.TIMEOUT_QUEUE),
                settings.get(ProxySpec.TIMEOUT_SERVER), settings.get(ProxySpec.TIMEOUT_TUNNEL),
                settings.get(ProxySpec.TIMEOUT_SERVER_FIN), tarpit(settings), inspectMs(settings)),
                new BackendProgram.Terms(settings.get(ProxySpec.RETRIES), settings.get(ProxySpec.REDISPATCH),
                        settings.get(ProxySpec.NOLINGER), settings.get(ProxySpec.INDEPENDENT_STREAMS),
                        SpliceAssembly.of(settings)),
                prefaces.of(spec, servers, configuration.rules()),
                http ? new BackendProgram.Http(services(spec),
                        HttpAssembly.terms(settings), HttpAssembly.serverTerms(settings, server -> blocked(spec, server)),
                        HttpAssembly.cookie(settings, backend)) : null, rules,
                new StickRules(configuration.rules().stickRules(settings).toArray(new StickRule[0]), backend,
                        configuration.rules().tables().names()),
                configuration.rules().rdpCookie(settings) == null ? null
                        : new RdpPersistence(configuration.rules().rdpCookie(settings), backend),
                configuration.rules().views().backend(spec.name()));
    }

    /** {@code option checkcache} has kept an answer back. On any worker. */
    private void blocked(ProxySpec backend, Server server) {
        runtime.conductor().execute(() -> {
            LogLine line = new LogLine();
            line.put("Blocking cacheable cookie in response from instance " + backend.name() + ", server " + server.name()
                    + ".");
            log(backend).send(runtime.conductor(), LogLevel.ALERT.ordinal(), line);
        });
    }

    private List<Server> servers(Backend backend, ProxySpec spec) {
        long nowMs = runtime.nowMs();
        List<Server> servers = new ArrayList<>();
        for (ServerSpec server : spec.servers()) {
            Dialer dialer = dialers.of(spec.settings(), server);
            Server known = Living.server(backend, server.name());
            if (known != null) {
                ServerMerge merge = new ServerMerge(known, server, nowMs);
                merge.apply(addresses.of(server), dialer);
                living.merged(known, merge);
                servers.add(known);
            } else {
                servers.add(new Server(server, addresses.of(server), spec.name(), dialer, runtime.cells(), nowMs));
            }
        }
        for (Server dynamic : Living.dynamic(backend, spec)) {
            living.keep(dynamic);
            Latecomers compiler = configuration.global().get(GlobalSpec.LATECOMERS);
            if (compiler != null) {
                compiler.server(spec, dynamic.spec());
            }
            servers.add(dynamic);
        }
        return servers;
    }

    /** As long as nothing else is said, the connect timeout stands in. */
    private static int tarpit(Settings settings) {
        int said = settings.get(ProxySpec.TIMEOUT_TARPIT);
        return said > 0 ? said : settings.get(ProxySpec.TIMEOUT_CONNECT);
    }

    private static int inspectMs(Settings settings) {
        int last = 0;
        for (RuleLine line : settings.get(ProxySpec.RULES)) {
            if (line.kind().endsWith("inspect-delay")) {
                last = (int) Numbers.millis(line.args().getFirst());
            }
        }
        return last;
    }

    private FrontendProgram frontend(ProxySpec spec) {
        Settings settings = spec.settings();
        int maxconn = settings.get(ProxySpec.MAXCONN) > 0 ? settings.get(ProxySpec.MAXCONN) : processMaxconn;
        Frontend known = living.frontend(spec.name());
        Frontend frontend = known != null ? known : new Frontend(spec, runtime.cells());
        frontend.adopt(spec, maxconn);
        prefaces.uniqueIds(frontend);
        Dialer.KeepAlive keepAlive = settings.get(ProxySpec.CLITCPKA)
                ? new Dialer.KeepAlive(settings.get(ProxySpec.CLITCPKA_IDLE), settings.get(ProxySpec.CLITCPKA_INTVL),
                        settings.get(ProxySpec.CLITCPKA_CNT)) : null;
        int window = Math.max(LEAST_WINDOW, configuration.global().get(GlobalSpec.TUNE_BUFSIZE));
        configuration.rules().views().show(frontend);
        boolean http = settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        String monitor = settings.get(ProxySpec.MONITOR_URI);
        String id = settings.get(ProxySpec.UNIQUE_ID_HEADER);
        HeaderName idHeader = id == null ? null : HeaderName.of(id);
        return new FrontendProgram(frontend, routes(spec), new FrontendProgram.Times(
                settings.get(ProxySpec.TIMEOUT_CLIENT), settings.get(ProxySpec.TIMEOUT_CLIENT_FIN),
                settings.get(ProxySpec.TIMEOUT_HTTP_REQUEST), settings.get(ProxySpec.TIMEOUT_HTTP_KEEP_ALIVE),
                tarpit(settings), inspectMs(settings), settings.get(ProxySpec.TIMEOUT_CLIENT_HS)),
                new FrontendProgram.Terms(http, settings.get(ProxySpec.NOLINGER), keepAlive, window,
                        settings.get(ProxySpec.INDEPENDENT_STREAMS),
                        SpliceAssembly.of(settings)),
                logs.traffic(spec), new FrontendProgram.Http(services(spec),
                        monitor == null ? null : new MonitorResponder(monitor), HttpAssembly.terms(settings), idHeader),
                new FrontendProgram.Rules(configuration.rules().of(settings), ruleKits, kits,
                        configuration.rules().views().frontend(spec.name()), prefaces.uniqueIds()),
                living.serving(spec.name()), tenure);
    }

    private Routes routes(ProxySpec spec) {
        List<Routes.Route> routes = new ArrayList<>();
        for (SwitchRule rule : configuration.rules().of(spec.settings()).switches()) {
            byte[] name = rule.name().constant();
            routes.add(new Routes.Route(rule, name == null ? null
                    : backends.get(new String(name, StandardCharsets.ISO_8859_1))));
        }
        return new Routes(routes, backends, target(spec));
    }

    /** A listen section without default_backend serves from its own servers. */
    private BackendProgram target(ProxySpec spec) {
        String named = spec.settings().get(ProxySpec.DEFAULT_BACKEND);
        if (named != null) {
            return backends.get(named);
        }
        return spec.kind().isBack() ? backends.get(spec.name()) : null;
    }

    private List<Service> services(ProxySpec spec) {
        return spec.settings().get(ProxySpec.MODE) == ProxySpec.Mode.HTTP
                ? responders.of(spec, configuration.rules().of(spec.settings())) : List.of();
    }

    /** The {@code log-forward} sections at work. */
    public List<LogForwarder> logForwarders() {
        return logs.forwarders();
    }

    /** The ring of a name, or null: for whoever shows what is in it. */
    public LogRing ring(String name) {
        return logs.ring(name);
    }

    /** Takes lines for a ring and its servers, null when there is no such ring. */
    public EventSinks.Into into(String ring) {
        return logs.into(ring);
    }

    LogRings rings() {
        return logs.rings();
    }

    /** What has lived on and what became of it. */
    public Living living() {
        return living;
    }

    /** What HTTP connections share under this configuration. */
    public HttpKit[] kits() {
        return kits;
    }

    /** The log that the {@code global} section names. */
    public ProxyLog globalLog() {
        return logs.global();
    }

    /** What expressions need that the Conductor evaluates. */
    public RuleKit conductorKit() {
        return ruleKits[runtime.conductor().index()];
    }

    /** The log of a proxy: the global targets where it asks for them, then its own. */
    public ProxyLog log(ProxySpec spec) {
        return logs.of(spec);
    }
}
