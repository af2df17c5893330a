package dev.weir.admin.stats;

import java.util.List;
import java.util.function.Consumer;

/** Does to servers what is asked for on the statistics page. */
@FunctionalInterface
public interface StatsAdmin {

    /**
     * An action on some servers of a backend.
     *
     * @param backend a name, or a number behind {@code #}; null when none was sent
     * @param action null when none was sent
     */
    record Order(String backend, String action, List<String> servers) {}

    /** How it went, with the letters that the page's address gets. */
    enum Outcome { DONE, NONE, PART, ERRP, DENY, EXCD }

    /** @param then told on whatever thread did it */
    void perform(Order order, Consumer<Outcome> then);
}
