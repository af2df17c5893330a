package dev.weir.boot;

import dev.weir.admin.stats.ProxyRows;
import dev.weir.config.compile.Generation;
import dev.weir.model.proxy.Backend;
import dev.weir.model.proxy.Frontend;
import dev.weir.model.proxy.ProxySpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The proxies that a reload has taken away and that still have sessions: seen in the statistics until those have ended.
 * Shared: written by the Conductor.
 */
final class Leavers {

    private final CopyOnWriteArrayList<ProxyRows.Shown> all = new CopyOnWriteArrayList<>();

    /** Remembers what the one had and the other has not. */
    void note(Generation before, Generation now) {
        prune();
        for (ProxySpec spec : before.proxies()) {
            Frontend front = before.frontendOf(spec);
            Backend back = before.backendOf(spec);
            boolean frontGoes = front != null && now.frontends().stream().noneMatch(each -> each.frontend() == front);
            boolean backGoes = back != null && now.backends().stream().noneMatch(each -> each.backend() == back);
            if (frontGoes || backGoes) {
                all.add(new ProxyRows.Shown(spec, frontGoes ? front : null, backGoes ? back : null));
            }
        }
        // one name, one row: who is back counts anew
        all.removeIf(each -> isBack(each, now));
        prune();
    }

    private static boolean isBack(ProxyRows.Shown gone, Generation now) {
        return now.proxies().stream().anyMatch(each -> each.name().equals(gone.spec().name())
                && (gone.frontend() != null && now.frontendOf(each) != null || gone.backend() != null && now.backendOf(each) != null));
    }

    private void prune() {
        all.removeIf(each -> (each.frontend() == null || each.frontend().connections().value() == 0)
                && (each.backend() == null || each.backend().sessions().value() == 0));
    }

    /** Those that still serve somebody. */
    List<ProxyRows.Shown> still() {
        prune();
        return all;
    }
}
