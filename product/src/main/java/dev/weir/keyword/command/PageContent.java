package dev.weir.keyword.command;

import dev.weir.admin.stats.InfoField;
import dev.weir.admin.stats.PrometheusService;
import dev.weir.admin.stats.ProxyRows;
import dev.weir.admin.stats.RowFilter;
import dev.weir.admin.stats.StatsSource;
import dev.weir.config.compile.Generation;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.stick.StickTable;
import dev.weir.upkeep.resolve.DnsCounter;
import dev.weir.upkeep.resolve.NameService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is there to be scraped, from the thread of whoever scrapes. One per scrape. */
public final class PageContent implements PrometheusService.Content {

    private final Site site;
    private final long nowMs;

    public PageContent(Site site, long nowMs) {
        this.site = site;
        this.nowMs = nowMs;
    }

    @Override
    public List<InfoField> process() {
        return ProcessInfo.of(site, nowMs);
    }

    @Override
    public StatsSource rows(boolean hidesMaintenance) {
        return new ProxyRows(shown(site), nowMs, new RowFilter(-1, -1, -1, false, hidesMaintenance));
    }

    /** The proxies in the order of the files, then those that only finish what they have. */
    public static List<ProxyRows.Shown> shown(Site site) {
        Generation generation = site.now();
        List<ProxyRows.Shown> shown = new ArrayList<>();
        for (ProxySpec spec : generation.proxies()) {
            shown.add(new ProxyRows.Shown(spec, generation.frontendOf(spec), generation.backendOf(spec)));
        }
        shown.addAll(site.reloads().leaving());
        return shown;
    }

    @Override
    public List<PrometheusService.Table> tables() {
        List<PrometheusService.Table> all = new ArrayList<>();
        for (StickTable table : site.now().configuration().rules().tables().all()) {
            all.add(new PrometheusService.Table(table.name(), table.spec().keyType().text(), table.size(), table.used(), 0));
        }
        return all;
    }

    @Override
    public List<PrometheusService.NameServer> nameServers() {
        List<PrometheusService.NameServer> all = new ArrayList<>();
        for (NameService service : site.resolvers().get()) {
            for (int i = 0; i < service.spec().nameservers().size(); i++) {
                List<PrometheusService.NameServer.Counter> counters = new ArrayList<>();
                for (DnsCounter counter : DnsCounter.values()) {
                    counters.add(new PrometheusService.NameServer.Counter(counter.name().toLowerCase(Locale.ROOT),
                            service.count(i, counter)));
                }
                all.add(new PrometheusService.NameServer(service.spec().name(),
                        service.spec().nameservers().get(i).name(), counters));
            }
        }
        return all;
    }
}
