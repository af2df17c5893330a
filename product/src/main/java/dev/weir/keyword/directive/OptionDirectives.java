package dev.weir.keyword.directive;

import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.config.lang.Statement.Prefix;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import dev.weir.model.proxy.ProxySpec.Splice;

/** {@code option} of proxies but for those that choose a health check. Boot's thread. */
final class OptionDirectives extends KeywordFamily {

    /** Of these the last one counts. */
    private static final java.util.List<String> KEEP_MODES =
            java.util.List.of("http-keep-alive", "http-server-close", "httpclose");

    private static final java.util.Set<String> HTTP = java.util.Set.of("forwardfor", "forwarded", "originalto",
            "http-buffer-request", "http-keep-alive", "http-server-close", "httpclose", "http-pretend-keepalive",
            "http-restrict-req-hdr-names", "http-no-delay", "disable-h2-upgrade", "http-ignore-probes",
            "accept-invalid-http-request", "accept-invalid-http-response",
            "accept-unsafe-violations-in-http-request", "accept-unsafe-violations-in-http-response",
            "h1-case-adjust-bogus-client", "h1-case-adjust-bogus-server", "http-drop-request-trailers",
            "http-drop-response-trailers", "idle-close-on-response", "checkcache", "http-use-proxy-header");

    @Override
    public String rows() {
        return """
                ~option DFLB 0-* head
                ~option/abortonclose DFLB 0-0 ok
                ~option/accept-invalid-http-request DFL 0-0 ok
                ~option/accept-invalid-http-response DLB 0-0 ok
                ~option/accept-unsafe-violations-in-http-request DFL 0-0 ok
                ~option/accept-unsafe-violations-in-http-response DLB 0-0 ok
                ~option/allbackups DLB 0-0 ok
                ~option/checkcache DLB 0-0 ok
                ~option/clitcpka DFL 0-0 ok
                ~option/contstats DFL 0-0 ok
                ~option/disable-h2-upgrade DFL 0-0 ok
                ~option/dontlog-normal DFL 0-0 ok
                ~option/dontlognull DFL 0-0 ok
                option/forwardfor DFLB 0-* ok
                ~option/forwarded DLB 0-* ok
                ~option/h1-case-adjust-bogus-client DFL 0-0 ok
                ~option/h1-case-adjust-bogus-server DLB 0-0 ok
                ~option/http-buffer-request DFLB 0-0 ok
                ~option/http-drop-request-trailers DLB 0-0 ok
                ~option/http-drop-response-trailers DFL 0-0 ok
                ~option/http-ignore-probes DFL 0-0 ok
                ~option/http-keep-alive DFLB 0-0 ok
                ~option/http-no-delay DFLB 0-0 ok
                ~option/http-pretend-keepalive DLB 0-0 ok
                option/http-restrict-req-hdr-names DFLB 0-1 ok
                ~option/http-server-close DFLB 0-0 ok
                ~option/http-use-htx DFLB 0-0 void
                ~option/http-use-proxy-header DFL 0-0 ok
                ~option/httpclose DFLB 0-0 ok
                option/httplog DFLB 0-1 ok
                option/httpslog DFLB 0-0 ok
                ~option/idle-close-on-response DFL 0-0 ok
                ~option/independant-streams DFLB 0-0 ok
                ~option/independent-streams DFLB 0-0 ok
                ~option/log-health-checks DLB 0-0 ok
                ~option/log-separate-errors DFL 0-0 ok
                ~option/logasap DFL 0-0 ok
                ~option/nolinger DFLB 0-0 ok
                option/originalto DFLB 0-* ok
                ~option/persist DLB 0-0 ok
                ~option/prefer-last-server DLB 0-0 ok
                ~option/redispatch DLB 0-* ok
                ~option/socket-stats DFL 0-0 ok
                ~option/splice-auto DFLB 0-0 ok
                ~option/splice-request DFLB 0-0 ok
                ~option/splice-response DFLB 0-0 ok
                ~option/srvtcpka DLB 0-0 ok
                ~option/tcp-smart-accept DFL 0-0 ok
                ~option/tcp-smart-connect DLB 0-0 ok
                option/tcpka DFLB 0-0 ok
                option/tcplog DFLB 0-1 ok
                ~option/transparent DLB 0-0 ok
                ~option/use-small-buffers DLB 0-* void
                ~option/forceclose DFLB 0-* gone
                ~option/http-tunnel DFLB 0-* gone
                ~option/http_proxy DFLB 0-* gone
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        if (keyword.status() == Status.HEAD) {
            unknown(line, draft);
            return;
        }
        String name = keyword.name().substring(7);
        ProxyDraft proxy = draft.proxy();
        Setting<Boolean> flag = flag(name);
        if (flag != null) {
            flag(flag, line, proxy.settings());
        } else if (keyword.status() == Status.REMOVED) {
            removed(name, line);
        } else if (keyword.status() == Status.UNBUILT_HTTP || HTTP.contains(name)) {
            http(name, line, proxy);
        } else {
            special(name, line, draft, proxy);
        }
    }

    private static void unknown(Statement line, Draft draft) {
        if (!line.has(1)) {
            line.alertTight(1, "'option' expects an option name.");
        } else if (line.prefix() != Prefix.NONE) {
            line.alertTight(1, "negation/default is not supported for option '" + line.word(1) + "'.");
        } else {
            String hint = draft.vocabulary().suggestion(draft.section(), "option", line.word(1));
            line.alert(1, "unknown option '" + line.word(1) + "'" + (hint.isEmpty() ? "." : hint));
        }
    }

    private static Setting<Boolean> flag(String name) {
        return switch (name) {
            case "abortonclose" -> ProxySpec.ABORTONCLOSE;
            case "allbackups" -> ProxySpec.ALLBACKUPS;
            case "clitcpka" -> ProxySpec.CLITCPKA;
            case "contstats" -> ProxySpec.CONTSTATS;
            case "dontlog-normal" -> ProxySpec.DONTLOG_NORMAL;
            case "dontlognull" -> ProxySpec.DONTLOGNULL;
            case "independant-streams", "independent-streams" -> ProxySpec.INDEPENDENT_STREAMS;
            case "log-health-checks" -> ProxySpec.LOG_HEALTH_CHECKS;
            case "log-separate-errors" -> ProxySpec.LOG_SEPARATE_ERRORS;
            case "logasap" -> ProxySpec.LOGASAP;
            case "nolinger" -> ProxySpec.NOLINGER;
            case "persist" -> ProxySpec.PERSIST;
            case "prefer-last-server" -> ProxySpec.PREFER_LAST_SERVER;
            case "socket-stats" -> ProxySpec.SOCKET_STATS;
            case "srvtcpka" -> ProxySpec.SRVTCPKA;
            case "tcp-smart-accept" -> ProxySpec.TCP_SMART_ACCEPT;
            case "tcp-smart-connect" -> ProxySpec.TCP_SMART_CONNECT;
            default -> null;
        };
    }

    private static void flag(Setting<Boolean> flag, Statement line, Settings settings) {
        if (line.prefix() == Prefix.DEFAULT) {
            settings.reset(flag, line.place());
        } else {
            settings.set(flag, !line.isNegated(), line.place());
        }
    }

    private static void removed(String name, Statement line) {
        String text = "option '" + name + "' is not supported any more since HAProxy ";
        switch (name) {
            case "forceclose" -> line.warn(1, text + "2.0, please just remove it, or use 'option httpclose' if "
                    + "absolutely needed.", "option httpclose");
            case "http-tunnel" -> line.warn(1, text + "2.1, please just remove it, it shouldn't be needed.");
            default -> line.alertTight(1, text + "2.5. This option stopped working in HAProxy 1.9 and usually had "
                    + "nasty side effects. It can be more reliably implemented with combinations of 'http-request "
                    + "set-dst' and 'http-request set-uri', and even 'http-request do-resolve' if DNS resolution is "
                    + "desired.");
        }
    }

    /** What only HTTP knows is remembered by name; the last word on an option counts. */
    private static void http(String name, Statement line, ProxyDraft proxy) {
        Settings settings = proxy.settings();
        switch (name) {
            case "forwardfor", "originalto" -> {
                if (AddressHeaderLine.fits(line, name)) {
                    settings.set(name.equals("forwardfor") ? ProxySpec.FORWARDFOR : ProxySpec.ORIGINALTO, line.phrase(),
                            line.place());
                }
                return;
            }
            case "forwarded" -> {
                RuleLine rule = new RuleLine("option forwarded", line.prefix() == Prefix.NONE ? line.from(1)
                        : java.util.List.of("no"), line.place());
                Draft.append(settings, ProxySpec.RULES, rule, line.place());
                return;
            }
            case "http-restrict-req-hdr-names" -> {
                if (ServerChecks.isOneOf(line.word(2), "preserve", "delete", "reject")) {
                    settings.set(ProxySpec.RESTRICT_NAMES, line.word(2), line.place());
                } else {
                    String wrong = line.has(2) ? "invalid parameter '" + line.word(2) + "'." : "missing parameter.";
                    line.alert(2, wrong + " option 'http-restrict-req-hdr-names' expects 'preserve', 'reject' or 'delete' option.");
                }
                return;
            }
            default -> { }
        }
        java.util.List<String> on = new java.util.ArrayList<>(settings.get(ProxySpec.HTTP_OPTIONS));
        on.remove(name);
        if (KEEP_MODES.contains(name) && line.prefix() == Prefix.NONE) {
            on.removeAll(KEEP_MODES);
        }
        if (line.prefix() == Prefix.NONE) {
            on.add(name);
        }
        settings.set(ProxySpec.HTTP_OPTIONS, on, line.place());
    }

    private static void special(String name, Statement line, Draft draft, ProxyDraft proxy) {
        Settings settings = proxy.settings();
        Place place = line.place();
        switch (name) {
            case "tcplog", "httplog", "httpslog" -> log(name, line, draft, proxy);
            case "redispatch" -> {
                int every = line.has(2) ? (int) Numbers.integer(line.word(2), -1) : -1;
                settings.set(ProxySpec.REDISPATCH, line.prefix() == Prefix.NONE ? every : 0, place);
            }
            case "tcpka" -> {
                settings.set(ProxySpec.CLITCPKA, true, place);
                settings.set(ProxySpec.SRVTCPKA, true, place);
            }
            case "splice-auto" -> {
                Splice splice = line.prefix() == Prefix.NONE ? Splice.AUTO : Splice.NO;
                settings.set(ProxySpec.SPLICE_REQUEST, splice, place);
                settings.set(ProxySpec.SPLICE_RESPONSE, splice, place);
            }
            case "splice-request", "splice-response" -> settings.set(name.equals("splice-request")
                    ? ProxySpec.SPLICE_REQUEST : ProxySpec.SPLICE_RESPONSE,
                    line.prefix() == Prefix.NONE ? Splice.YES : Splice.NO, place);
            case "transparent" -> {
                line.warn(1, "'option transparent' is deprecated and was removed in HAProxy 3.5; "
                        + "use 'server <name> 0.0.0.0 source 0.0.0.0 usesrc clientip' instead.",
                        "server transparent 0.0.0.0");
                settings.set(ProxySpec.TRANSPARENT, line.prefix() == Prefix.NONE, place);
            }
            default -> { }
        }
    }

    private static void log(String name, Statement line, Draft draft, ProxyDraft proxy) {
        if (!proxy.hasFrontSide()) {
            line.warn(1, "backend '" + proxy.name() + "' : 'option " + name + "' directive is ignored in backends.");
            return;
        }
        boolean clf = line.word(2).equals("clf");
        if (line.has(2) && !clf) {
            line.alert(2, name.equals("tcplog") ? "'option tcplog' cannot handle unexpected argument '" + line.word(2)
                    + "'." : "keyword '" + name + "' only supports option 'clf'.");
            return;
        }
        Settings settings = proxy.settings();
        Place place = line.place();
        // of httpslog HAProxy says httplog
        LogChoice.warn(line, draft, "option " + (name.equals("tcplog") ? name : "httplog"));
        settings.set(ProxySpec.TCPLOG, name.equals("tcplog"), place);
        settings.set(ProxySpec.HTTPLOG, name.equals("httplog"), place);
        settings.set(ProxySpec.HTTPSLOG, name.equals("httpslog"), place);
        settings.set(ProxySpec.CLF_LOG, clf, place);
        settings.set(ProxySpec.LOG_FORMAT, null, place);
    }
}
