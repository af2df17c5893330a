package dev.weir.config.compile;

import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.base.log.LogClock;
import dev.weir.base.text.Phrase;
import dev.weir.base.text.Place;
import dev.weir.config.rule.CheckCompiler;
import dev.weir.config.rule.CompiledRules;
import dev.weir.config.rule.ErrorPageLines;
import dev.weir.config.rule.Findings;
import dev.weir.config.rule.Names;
import dev.weir.config.rule.ProxyLines;
import dev.weir.config.rule.RuleCompiler;
import dev.weir.config.rule.RuleWorld;
import dev.weir.config.rule.UserLists;
import dev.weir.flow.cache.CacheSpec;
import dev.weir.flow.cache.HttpCache;
import dev.weir.flow.compress.Compressors;
import dev.weir.flow.expr.LogFormats;
import dev.weir.flow.expr.Users;
import dev.weir.flow.rule.ProxyViews;
import dev.weir.model.pattern.RegexCompiler;
import dev.weir.flow.drive.StickRuleCompiler;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.server.ServerSpec;
import dev.weir.model.stick.DataType;
import dev.weir.model.stick.StickTableSpec;
import dev.weir.model.stick.StickTables;
import dev.weir.model.stick.TrackedEntries;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles the rules of all proxies once everything has been read, since they may name what stands further down. */
final class RuleReading {

    private static final int COOKIE = 63;

    private final Draft draft;
    private final RuleWorld world;
    private final Findings findings = new Findings();
    private final ProxyViews views;

    RuleReading(Draft draft, RuleWorld world) {
        this(draft, world, new ProxyViews());
    }

    RuleReading(Draft draft, RuleWorld world, ProxyViews views) {
        this.draft = draft;
        this.world = world;
        this.views = views;
    }

    Findings findings() {
        return findings;
    }

    CompiledRules compile() {
        Map<String, List<Phrase>> errorSections = new HashMap<>();
        Map<String, Users> users = new HashMap<>();
        for (SectionSpec section : draft.others) {
            if (section.kind() == Section.HTTP_ERRORS) {
                errorSections.put(section.name(), section.lines());
            } else if (section.kind() == Section.USERLIST) {
                users.put(section.name(), UserLists.of(section.name(), section.lines(),
                        (place, text) -> draft.diagnostics.alert(place, text)));
            }
        }
        for (ProxyDraft proxy : draft.proxies) {
            show(proxy);
        }
        Names names = new Names(world.expressions().get(), world.actions().get(), world.variables(), world.patterns(),
                RegexCompiler.onDemand(), views, users, draft.environment.all(), values -> new LogFormats(
                        new LogClock(ZoneId.systemDefault()), "", 0, values, true), threads(), tables(), counters(),
                new Compressors(threads(), compressionLevel()), caches(), world.services(), resolvers(), TokenSections.read(draft),
                rings(), (int) Math.clamp(KeptLines.number(draft.global(), "tune.http.cookielen", COOKIE), 1, 1 << 20));
        CompiledRules compiled = new CompiledRules(views, names.tables(), names.stickCounters());
        for (ProxyDraft proxy : draft.proxies) {
            if (!proxy.discarded) {
                draft.enter(proxy.place());
                compile(proxy, names, errorSections, compiled);
            }
        }
        namedChecks(compiled, names);
        compiled.process(names, draft.global().get(GlobalSpec.SET_VARS), findings);
        draft.global().set(GlobalSpec.LATECOMERS, new Latecomers(draft, world, names, errorSections, compiled),
                Place.BUILT_IN);
        return compiled;
    }

    void compile(ProxyDraft proxy, Names names, Map<String, List<Phrase>> errorSections, CompiledRules compiled) {
        RuleCompiler compiler = compiler(proxy, names, errorSections);
        compiled.add(proxy.settings, compiler);
        LogProfiles.check(proxy.settings.get(ProxySpec.RULES), draft.global().get(GlobalSpec.LOG_PROFILES), findings);
        if (proxy.hasFrontSide()) {
            new FormatChecks(findings).check(proxy, compiled.scope(proxy.settings));
        }
        boolean http = proxy.settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP;
        for (ServerDraft server : proxy.servers) {
            serverName(http && server.address.family() != Family.RHTTP, server.settings, server.name, server.place,
                    compiler, compiled);
        }
        compiled.addCheck(proxy.settings, CheckCompiler.of(compiler, draft.addresses(), findings).compile(
                proxy.settings.get(ProxySpec.CHECK_KIND), proxy.settings.placeOf(ProxySpec.CHECK_KIND),
                proxy.settings.get(ProxySpec.CHECK_LINES)));
    }

    RuleCompiler compiler(ProxyDraft proxy, Names names, Map<String, List<Phrase>> errorSections) {
        return new RuleCompiler(names, lines(proxy),
                new ErrorPageLines(errorSections, draft.global().get(GlobalSpec.TUNE_BUFSIZE)), draft.isExperimental(),
                findings);
    }

    /**
     * What a server with TLS is asked for: its own expression, else in HTTP the host of the request; and the name of its idle
     * connections, where that is another.
     */
    static void serverName(boolean http, Settings settings, String name, Place place, RuleCompiler compiler,
            CompiledRules compiled) {
        String said = settings.get(ServerSpec.SNI);
        boolean automatic = http && settings.get(ServerSpec.SNI_AUTO);
        String text = said != null ? said : automatic ? "req.hdr(host),field(1,:)" : null;
        if (text != null && (said != null || settings.get(ServerSpec.SSL))) {
            compiled.addServerName(settings, compiler.serverName(text, place, name));
        }
        if (settings.get(ServerSpec.POOL_CONN_NAME) != null) {
            compiled.addPoolName(settings, compiler.serverName(settings.get(ServerSpec.POOL_CONN_NAME), place, name));
        }
    }

    private void namedChecks(CompiledRules compiled, Names names) {
        for (SectionSpec section : draft.others) {
            if (section.kind() == Section.HEALTHCHECK) {
                List<String> kind = List.of();
                Place place = section.place();
                List<Phrase> steps = new ArrayList<>();
                for (Phrase line : section.lines()) {
                    if (line.words().getFirst().equals("type")) {
                        kind = line.words().subList(1, line.words().size());
                        place = line.place();
                    } else {
                        steps.add(line);
                    }
                }
                compiled.addCheck(section.name(), CheckCompiler.of(names, section.name(), draft.addresses(), findings)
                        .compile(kind, place, steps));
            }
        }
    }

    private Set<String> rings() {
        Set<String> all = new HashSet<>();
        draft.global().get(GlobalSpec.RINGS).forEach(each -> all.add(each.name()));
        return all;
    }

    private Set<String> resolvers() {
        Set<String> all = new HashSet<>();
        draft.resolvers.forEach(each -> all.add(each.name()));
        return all;
    }

    private Map<String, HttpCache> caches() {
        Map<String, HttpCache> caches = new HashMap<>();
        for (SectionSpec section : draft.others) {
            CacheSpec spec = section.kind() == Section.CACHE ? CacheLines.read(section) : null;
            if (section.kind() == Section.CACHE && spec == null) {
                findings.late(section.place(), "Size not specified for cache '" + section.name() + "'");
            } else if (spec != null && spec.largest() * 2 > spec.blocks() * (long) CacheSpec.BLOCK) {
                findings.late(section.place(), "\"max-object-size\" is limited to an half of \"total-max-size\" => "
                        + spec.blocks() * (long) CacheSpec.BLOCK / 2);
            } else if (spec != null) {
                caches.put(spec.name(), world.caches().keep(spec));
            }
        }
        return caches;
    }

    private int compressionLevel() {
        return (int) Math.clamp(KeptLines.number(draft.global(), "tune.comp.maxlevel", 1), 0, 9);
    }

    private int counters() {
        return (int) Math.clamp(KeptLines.number(draft.global(), "tune.stick-counters", TrackedEntries.DEFAULT_COUNT), 0,
                TrackedEntries.MOST);
    }

    private StickTables tables() {
        Set<String> sticky = new HashSet<>();
        for (ProxyDraft proxy : draft.proxies) {
            for (RuleLine line : proxy.settings.get(ProxySpec.RULES)) {
                if (line.kind().startsWith("stick ")) {
                    sticky.add(StickRuleCompiler.table(line.args(), proxy.name));
                }
            }
        }
        StickTables tables = new StickTables(world.tables());
        List<StickTableSpec> specs = new ArrayList<>(draft.global().get(GlobalSpec.PEERS_TABLES));
        for (ProxyDraft proxy : draft.proxies) {
            if (proxy.settings.get(ProxySpec.STICK_TABLE) != null) {
                specs.add(proxy.settings.get(ProxySpec.STICK_TABLE));
            }
        }
        for (StickTableSpec spec : specs) {
            tables.keep(sticky.contains(spec.name()) ? spec.storing(DataType.SERVER_ID).storing(DataType.SERVER_KEY)
                    : spec, 0);
        }
        return tables;
    }

    /** Workers and the Conductor may evaluate rules. */
    private int threads() {
        int asked = draft.global().get(GlobalSpec.NBTHREAD);
        return Math.max(world.threads(),
                1 + (asked > 0 ? asked : java.lang.Runtime.getRuntime().availableProcessors()));
    }

    void show(ProxyDraft proxy) {
        if (proxy.hasFrontSide()) {
            String target = proxy.settings.get(ProxySpec.DEFAULT_BACKEND);
            views.addFrontend(proxy.name, target == null ? null : target.getBytes(StandardCharsets.UTF_8));
        }
        if (proxy.hasBackSide()) {
            views.addBackend(proxy.name);
            for (ServerDraft server : proxy.servers) {
                views.addServer(proxy.name, server.name);
            }
        }
    }

    private static ProxyLines lines(ProxyDraft proxy) {
        return new ProxyLines(proxy.name, proxy.noun(), proxy.hasFrontSide(), proxy.hasBackSide(),
                proxy.settings.get(ProxySpec.MODE) == ProxySpec.Mode.HTTP,
                proxy.settings.get(ProxySpec.RULES), proxy.inheritedRules, proxy.settings.get(ProxySpec.ERROR_FILES),
                new Phrase(proxy.settings.get(ProxySpec.BALANCE), proxy.settings.placeOf(ProxySpec.BALANCE)));
    }
}
