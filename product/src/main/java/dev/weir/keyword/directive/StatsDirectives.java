package dev.weir.keyword.directive;

import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.Keyword.Status;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.compile.GlobalSpec;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;

/** {@code stats} of proxies: the statistics page (configuration manual 4.2). Boot's thread. */
final class StatsDirectives extends KeywordFamily {

    private static final String EXPECTS = "expects 'admin', 'uri', 'realm', 'auth', 'scope', 'enable', 'hide-version', "
            + "'show-node', 'show-desc' or 'show-legends'.";

    @Override
    public String rows() {
        return """
                stats DFLB 0-* head
                stats/admin FLB 0-* ok : ^
                stats/auth DFLB 1-* ok : ='auth' needs a user:password account.
                stats/enable DFLB 0-* ok
                stats/hide-version DFLB 0-* ok
                stats/http-request FLB 0-* ok
                stats/realm DFLB 1-* ok : ='realm' needs an realm name.
                stats/refresh DFLB 0-* ok
                stats/scope DFLB 1-* ok : ='scope' needs a proxy name.
                stats/show-desc DFLB 0-* ok
                stats/show-legends DFLB 0-* ok
                stats/show-modules DFLB 0-* ok
                stats/show-node DFLB 0-* ok
                stats/show-version DFLB 0-* ok
                stats/uri DFLB 1-* ok : ='uri' needs an URI prefix.
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        if (keyword.status() == Status.HEAD) {
            line.alertTight(1, line.has(1) ? "unknown stats parameter '" + line.word(1) + "', " + EXPECTS
                    : "missing keyword in 'stats', " + EXPECTS);
            return;
        }
        Settings settings = draft.settings();
        Place place = line.place();
        String value = line.word(2);
        switch (line.word(1)) {
            case "uri" -> settings.set(ProxySpec.STATS_URI, value, place);
            case "realm" -> settings.set(ProxySpec.STATS_REALM, value, place);
            case "auth" -> Draft.append(settings, ProxySpec.STATS_AUTH, value, place);
            case "scope" -> Draft.append(settings, ProxySpec.STATS_SCOPE, value, place);
            case "hide-version" -> settings.set(ProxySpec.STATS_SHOW_VERSION, false, place);
            case "show-version" -> settings.set(ProxySpec.STATS_SHOW_VERSION, true, place);
            case "show-legends" -> settings.set(ProxySpec.STATS_SHOW_LEGENDS, true, place);
            case "show-modules" -> settings.set(ProxySpec.STATS_SHOW_MODULES, true, place);
            case "show-node" -> node(value, line, settings);
            case "show-desc" -> description(line, draft, settings);
            case "refresh" -> refresh(value, line, settings);
            case "admin" -> admin(value, line, draft);
            case "http-request" -> http(value, line, draft);
            default -> { }
        }
        settings.set(ProxySpec.STATS, true, place);
    }

    private static void node(String value, Statement line, Settings settings) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean right = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.'
                    || c == '_' || c == '-';
            if (!right) {
                line.alertTight(2, "'stats show-node' invalid node name - should be a string with digits(0-9), "
                        + "letters(A-Z, a-z), hyphen(-) or underscode(_).");
                return;
            }
        }
        settings.set(ProxySpec.STATS_SHOW_NODE, value, line.place());
    }

    private static void description(Statement line, Draft draft, Settings settings) {
        if (!line.has(2) && draft.global().get(GlobalSpec.DESCRIPTION) == null) {
            line.report(dev.weir.base.text.Diagnostic.Level.WARNING, 2, "parsing [" + line.place() + "]: 'show-desc' "
                    + "requires a parameter or 'desc' to be set in the global section.", null);
        }
        settings.set(ProxySpec.STATS_SHOW_DESC, line.join(2), line.place());
    }

    private static void refresh(String value, Statement line, Settings settings) {
        long seconds = value.isEmpty() ? 0 : Numbers.time(value, Numbers.Unit.S, Numbers.Unit.S);
        if (seconds < 0) {
            line.alertTight(2, seconds == Numbers.OVERFLOW ? "timer overflow in argument '" + value + "' to stats "
                    + "refresh interval, maximum value is 2147483647 s (~68 years)."
                    : "unexpected character '" + Numbers.culprit(value, seconds)
                            + "' in argument to stats refresh interval.");
        } else {
            settings.set(ProxySpec.STATS_REFRESH_S, (int) seconds, line.place());
        }
    }

    private static void admin(String value, Statement line, Draft draft) {
        if (!value.equals("if") && !value.equals("unless")) {
            line.alert(2, "'stats admin' requires either 'if' or 'unless' followed by a condition.");
            return;
        }
        Draft.append(draft.settings(), ProxySpec.RULES, new RuleLine("stats admin", line.from(2), line.place()),
                line.place());
    }

    private static void http(String value, Statement line, Draft draft) {
        if (!ActionNames.knows("http-request", value)) {
            line.alertTight(2, "'http-request' expects " + ActionNames.list("http-request") + ", but got '" + value
                    + "'" + (value.isEmpty() ? " (missing argument)." : "."));
            return;
        }
        Draft.append(draft.settings(), ProxySpec.RULES,
                new RuleLine("stats http-request", line.from(2), line.place()), line.place());
    }
}
