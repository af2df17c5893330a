package dev.weir.admin.stats;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a scrape asks for (prometheus.txt, "metrics filtering"). Immutable.
 *
 * @param described whether the descriptions of proxies become a label
 * @param extra whether what modules count is wanted too
 * @param included the metrics that alone are wanted; empty for all
 */
record PrometheusQuery(Set<Scope> scopes, boolean noMaintenance, boolean described, boolean extra,
        List<String> included,
        List<String> excluded) {

    /** Sections of the output, in its order. */
    enum Scope { GLOBAL, FRONTEND, LISTENER, BACKEND, SERVER, STICKTABLE, RESOLVER }

    /** Null when it names a scope that there is not. */
    static PrometheusQuery of(String query) {
        Set<Scope> scopes = EnumSet.allOf(Scope.class);
        boolean chosen = false;
        boolean noMaintenance = false;
        boolean described = false;
        boolean extra = false;
        List<String> included = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1).replace("%2C", ",").replace("%2c", ",");
            switch (equals < 0 ? pair : pair.substring(0, equals)) {
                case "scope" -> {
                    if (!chosen || value.isEmpty()) {
                        scopes.clear();
                    }
                    chosen = true;
                    if (!add(value, scopes)) {
                        return null;
                    }
                }
                case "metrics" -> filter(value, included, excluded);
                case "no-maint" -> noMaintenance = true;
                case "desc-labels" -> described = true;
                case "extra-counters" -> extra = true;
                default -> { }
            }
        }
        return new PrometheusQuery(scopes, noMaintenance, described, extra, included, excluded);
    }

    private static boolean add(String word, Set<Scope> scopes) {
        if (word.isEmpty()) {
            return true;
        }
        if (word.equals("*") || word.equals("%2A") || word.equals("%2a")) {
            scopes.addAll(EnumSet.allOf(Scope.class));
            return true;
        }
        for (Scope scope : Scope.values()) {
            if (scope.name().toLowerCase(Locale.ROOT).equals(word)) {
                scopes.add(scope);
                return true;
            }
        }
        return false;
    }

    private static void filter(String list, List<String> included, List<String> excluded) {
        for (String name : list.split(",")) {
            if (name.startsWith("-")) {
                excluded.add(name.substring(1));
            } else if (!name.isEmpty()) {
                included.add(name);
            }
        }
    }

    boolean wants(String metric) {
        return !excluded.contains(metric) && (included.isEmpty() || included.contains(metric));
    }
}
