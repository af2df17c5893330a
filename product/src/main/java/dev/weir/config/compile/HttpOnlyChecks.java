package dev.weir.config.compile;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Diagnostic.Level;
import dev.weir.base.text.Diagnostics;
import dev.weir.base.text.Place;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is ignored in a proxy that is not of mode http, and what HAProxy says about it. Boot's thread. */
final class HttpOnlyChecks {

    private final ProxySpec proxy;
    private final Settings settings;
    private final String noun;
    private final Diagnostics diagnostics;

    HttpOnlyChecks(ProxySpec proxy, String noun, Diagnostics diagnostics) {
        this.proxy = proxy;
        this.settings = proxy.settings();
        this.noun = noun;
        this.diagnostics = diagnostics;
    }

    void run() {
        String of = noun + " '" + proxy.name() + "'";
        Set<String> kinds = new HashSet<>();
        for (RuleLine rule : settings.get(ProxySpec.RULES)) {
            kinds.add(rule.kind());
        }
        if (kinds.contains("cookie") && proxy.kind().isBack()) {
            warn("cookie will be ignored for " + of + " (needs 'mode http').");
        }
        if (settings.get(ProxySpec.MONITOR_URI) != null && proxy.kind().isFront()) {
            warn("monitor-uri will be ignored for " + of + " (needs 'mode http').");
        }
        layerSeven(of);
        log(of);
        if (settings.get(ProxySpec.STATS)) {
            warn("'stats' statement ignored for " + of + " as it requires HTTP mode.");
        }
        for (String kind : List.of("http-request", "http-response", "http-after-response", "redirect")) {
            if (kinds.contains(kind)) {
                warn("'" + kind + "' rules ignored for " + of + " as they require HTTP mode.");
            }
        }
        if (settings.get(ProxySpec.FORWARDFOR) != null) {
            warn("'option forwardfor' ignored for " + of + " as it requires HTTP mode.");
        }
        if (settings.get(ProxySpec.ORIGINALTO) != null) {
            warn("'option originalto' ignored for " + of + " as it requires HTTP mode.");
        }
    }

    private void layerSeven(String of) {
        List<String> balance = settings.get(ProxySpec.BALANCE);
        String algorithm = balance.isEmpty() ? "" : balance.getFirst();
        if (proxy.kind().isBack() && (algorithm.equals("uri") || algorithm.equals("url_param")
                || algorithm.startsWith("hdr("))) {
            warn("Layer 7 hash not possible for " + of + " (needs 'mode http'). Falling back to round robin.");
        }
    }

    private void log(String of) {
        boolean http = settings.get(ProxySpec.HTTPLOG);
        if (proxy.kind().isFront() && (http || settings.get(ProxySpec.HTTPSLOG))) {
            String option = http ? "httplog" : "httpslog";
            Place place = settings.placeOf(http ? ProxySpec.HTTPLOG : ProxySpec.HTTPSLOG);
            warn("parsing [" + place + "] : 'option " + option + "' not usable with " + of
                    + " (needs 'mode http'). Falling back to 'option tcplog'.");
        }
    }

    private void warn(String text) {
        diagnostics.report(Level.WARNING, proxy.place(), text);
    }
}
