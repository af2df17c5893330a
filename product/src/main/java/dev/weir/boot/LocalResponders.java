package dev.weir.boot;

import dev.weir.admin.stats.ProcessFacts;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.admin.stats.RowFilter;
import dev.weir.admin.stats.StatsResponder;
import dev.weir.admin.stats.StatsSource;
import dev.weir.base.collect.Settings;
import dev.weir.config.compile.Generation;
import dev.weir.config.compile.ProxyAssembly;
import dev.weir.config.compile.Runtime;
import dev.weir.config.lang.VersionNumbers;
import dev.weir.flow.reply.Responder;
import dev.weir.model.proxy.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes what answers requests of a frontend by itself, over whatever generation is current when it is asked. */
final class LocalResponders implements ProxyAssembly.LocalAnswers {

    private final Runtime runtime;
    private final Supplier<Generation> generation;
    private final long startedMs;

    LocalResponders(Runtime runtime, Supplier<Generation> generation) {
        this.runtime = runtime;
        this.generation = generation;
        this.startedMs = runtime.conductor().nowMs();
    }

    @Override
    public List<Responder> of(ProxySpec frontend) {
        Settings settings = frontend.settings();
        List<Responder> all = new ArrayList<>();
        if (settings.get(ProxySpec.STATS)) {
            all.add(new StatsResponder(new StatsResponder.Options(settings.get(ProxySpec.STATS_URI),
                    settings.get(ProxySpec.STATS_REFRESH_S), settings.get(ProxySpec.STATS_SHOW_LEGENDS)),
                    () -> new View(settings)));
        }
        return List.copyOf(all);
    }

    /** The numbers at the moment of a request. */
    private final class View implements StatsResponder.Content {

        private final Settings settings;
        private final long nowMs = dev.weir.base.time.Clock.SYSTEM.monotonicNanos() / 1_000_000;

        View(Settings settings) {
            this.settings = settings;
        }

        @Override
        public StatsSource rows() {
            List<ProxyRows.Shown> shown = new ArrayList<>();
            Generation now = generation.get();
            for (ProxySpec spec : now.configuration().proxies()) {
                shown.add(new ProxyRows.Shown(spec, now.frontendOf(spec), now.backendOf(spec)));
            }
            return new ProxyRows(shown, nowMs, RowFilter.ALL);
        }

        @Override
        public ProcessFacts facts() {
            String node = settings.get(ProxySpec.STATS_SHOW_NODE);
            long limit = Limits.descriptors();
            return new ProcessFacts(settings.get(ProxySpec.STATS_SHOW_VERSION) ? VersionNumbers.COMPATIBLE : null,
                    node != null && node.isEmpty() ? HostName.get() : node,
                    settings.get(ProxySpec.STATS_SHOW_DESC), runtime.identity().pid(), runtime.workers().size(),
                    (nowMs - startedMs) / 1000, 0, limit, limit, runtime.totals().maxconn(),
                    runtime.totals().connections().value(), runtime.totals().connectionPace().perSecond(nowMs), 0);
        }
    }
}
