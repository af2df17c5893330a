package dev.weir.boot;

import dev.weir.admin.cli.Level;
import dev.weir.admin.stats.InfoField;
import dev.weir.admin.stats.ProcessFacts;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.admin.stats.RowFilter;
import dev.weir.admin.stats.StatsAdmin;
import dev.weir.admin.stats.StatsSchema;
import dev.weir.admin.stats.StatsService;
import dev.weir.admin.stats.StatsSource;
import dev.weir.base.collect.Settings;
import dev.weir.base.time.Clock;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.flow.rule.ProxyRules;
import dev.weir.flow.rule.Service;
import dev.weir.keyword.command.PageAdmin;
import dev.weir.keyword.command.PageContent;
import dev.weir.keyword.command.Site;
import dev.weir.model.proxy.ProxySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes what answers requests of a proxy by itself, over whatever generation is current when it is asked. */
final class LocalResponders implements ProxyAssembly.LocalAnswers {

    private static final String REALM = "HAProxy Statistics";

    private final Supplier<Site> site;

    /** @param site known by the time that a request comes */
    LocalResponders(Supplier<Site> site) {
        this.site = site;
    }

    @Override
    public List<Service> of(ProxySpec proxy, ProxyRules rules) {
        Settings settings = proxy.settings();
        if (!settings.get(ProxySpec.STATS)) {
            return List.of();
        }
        String realm = settings.get(ProxySpec.STATS_REALM);
        return List.of(new StatsService(new StatsService.Terms(settings.get(ProxySpec.STATS_URI),
                settings.get(ProxySpec.STATS_REFRESH_S), settings.get(ProxySpec.STATS_SHOW_LEGENDS),
                realm == null ? REALM : realm, settings.get(ProxySpec.STATS_AUTH),
                settings.get(ProxySpec.STATS_SHOW_MODULES)), rules.stats(),
                rules.statsAdmins(), () -> new View(proxy)));
    }

    /** The monotonic clock, in the milliseconds of timers. */
    static long monotonicMs() {
        return Clock.SYSTEM.monotonicNanos() / 1_000_000;
    }

    /** The numbers at the moment of a request. */
    private final class View implements StatsService.Content {

        private final ProxySpec proxy;
        private final Site now = site.get();

        View(ProxySpec proxy) {
            this.proxy = proxy;
        }

        @Override
        public StatsSource rows(String scope, boolean hidesDown, boolean hidesMaintenance) {
            List<ProxyRows.Shown> shown = PageContent.shown(now);
            shown.removeIf(each -> !isInScope(each.spec(), scope.toLowerCase(Locale.ROOT)));
            return new ProxyRows(shown, monotonicMs(), new RowFilter(-1, -1, -1, hidesDown, hidesMaintenance));
        }

        private Generation generation() {
            return now.generation().get();
        }

        /** In that of the configuration, where a dot stands for the own proxy, and in what was asked for. */
        private boolean isInScope(ProxySpec each, String asked) {
            List<String> scopes = proxy.settings().get(ProxySpec.STATS_SCOPE);
            boolean allowed = scopes.isEmpty() || scopes.contains(each.name())
                    || scopes.contains(".") && each.name().equals(proxy.name());
            return allowed && each.name().toLowerCase(Locale.ROOT).contains(asked);
        }

        @Override
        public StatsAdmin admin() {
            return new PageAdmin(now);
        }

        @Override
        public void show(List<String> command, Consumer<String> told) {
            now.ask(Level.ADMIN, command, null, outcome -> told.accept(outcome.text()));
        }

        @Override
        public long nowMs() {
            return LocalResponders.monotonicMs();
        }

        @Override
        public boolean isStopping() {
            return now.runtime().totals().isStopping();
        }

        @Override
        public String schema() {
            return StatsSchema.JSON;
        }

        @Override
        public ProcessFacts facts() {
            Map<String, InfoField> info = new HashMap<>();
            new PageContent(now, monotonicMs()).process().forEach(each -> info.put(each.name(), each));
            Settings settings = proxy.settings();
            String node = settings.get(ProxySpec.STATS_SHOW_NODE);
            String description = settings.get(ProxySpec.STATS_SHOW_DESC);
            return new ProcessFacts(settings.get(ProxySpec.STATS_SHOW_VERSION) ? VersionNumbers.COMPATIBLE : null,
                    VersionNumbers.RELEASE_DATE, node != null && node.isEmpty() ? now.story().node() : node,
                    description != null && description.isEmpty() ? now.story().description() : description,
                    info.get("Pid").number(), (int) info.get("Nbthread").number(), info.get("Uptime_sec").number(), 0,
                    info.get("Ulimit-n").number(), info.get("Maxsock").number(), info.get("Maxconn").number(),
                    info.get("CurrConns").number(), info.get("ConnRate").number(),
                    8 * info.get("BytesOutRate").number(), info.get("Tasks").number(),
                    info.get("Idle_pct").number());
        }
    }
}
