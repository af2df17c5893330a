package dev.weir.boot;

import dev.weir.admin.stats.PrometheusService;
import dev.weir.keyword.command.PageContent;
import dev.weir.keyword.command.Site;
import java.util.function.Supplier;

/** What scrapes see: configurations name the service before there is anything to tell. Shared: one volatile. */
final class Scraped implements Supplier<PrometheusService.Content> {

    private volatile Site site;

    void of(Site running) {
        site = running;
    }

    @Override
    public PrometheusService.Content get() {
        return new PageContent(site, site.runtime().nowMs());
    }
}
