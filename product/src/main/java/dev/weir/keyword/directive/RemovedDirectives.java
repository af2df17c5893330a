package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Words of proxies that HAProxy has removed since 1.5. What can be had otherwise loads with a warning that says how;
 * what would change traffic silently is refused when the process starts. Boot's thread.
 */
final class RemovedDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                appsession DFLB 0-* gone
                bind-process DFLB 0-* gone
                block FLB 0-* gone
                cliexp FLB 0-* gone
                dispatch LB 0-* gone
                grace DFLB 0-* gone
                monitor-net DFL 0-* gone
                redisp DFLB 0-* gone
                redispatch DFLB 0-* gone
                reqadd DFLB 0-* gone
                reqallow DFLB 0-* gone
                reqdel DFLB 0-* gone
                reqdeny DFLB 0-* gone
                reqiallow DFLB 0-* gone
                reqidel DFLB 0-* gone
                reqideny DFLB 0-* gone
                reqipass DFLB 0-* gone
                reqirep DFLB 0-* gone
                reqitarpit DFLB 0-* gone
                reqpass DFLB 0-* gone
                reqrep DFLB 0-* gone
                reqtarpit DFLB 0-* gone
                rspadd DFLB 0-* gone
                rspdel DFLB 0-* gone
                rspdeny DFLB 0-* gone
                rspidel DFLB 0-* gone
                rspideny DFLB 0-* gone
                rspirep DFLB 0-* gone
                rsprep DFLB 0-* gone
                srvexp DFLB 0-* gone
                transparent DFLB 0-* gone
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        String name = keyword.name();
        switch (name) {
            case "bind-process" -> line.warn(0, "'bind-process' has no effect, is deprecated, and was removed in "
                    + "version 2.7: just remove the line.");
            case "grace" -> line.warn(0, "the 'grace' keyword is not supported any more since HAProxy version 2.5: "
                    + "use 'grace' in the global section.", "grace " + line.word(1));
            case "redisp", "redispatch" -> {
                line.warn(0, "keyword '" + name + "' directive is not supported anymore since HAProxy 2.1. Use 'option "
                        + "redispatch'.", "option redispatch");
                draft.settings().set(ProxySpec.REDISPATCH, -1, line.place());
            }
            case "block" -> rewrite(line, draft, "http-request", List.of("deny"), line.from(1),
                    "'http-request deny' which uses the exact same syntax.");
            case "reqadd" -> header(line, draft, "http-request");
            case "rspadd" -> header(line, draft, "http-response");
            case "monitor-net" -> {
                String instead = "http-request return status 200 if { src " + line.word(1) + " }";
                line.warn(0, "'monitor-net' doesn't exist anymore. Please use '" + instead + "' instead.", instead);
                rule(line, draft, "http-request", List.of("return", "status", "200", "if", "{", "src", line.word(1),
                        "}"));
            }
            case "dispatch" -> dispatch(line, draft);
            case "transparent" -> lost(line, draft, "the 'transparent' keyword was removed in HAProxy 3.5. Use 'server "
                    + "<name> 0.0.0.0' with 'source 0.0.0.0 usesrc clientip' instead.");
            case "appsession" -> lost(line, draft, "'appsession' is not supported anymore since HAProxy 1.6. Use "
                    + "'stick on cookie(...)' with a stick-table instead.");
            default -> lost(line, draft, "The '" + name + "' directive is not supported anymore since HAProxy 2.1. Use "
                    + instead(name) + " instead.");
        }
    }

    private static String instead(String name) {
        String set = name.startsWith("rsp") || name.equals("srvexp") ? "http-response" : "http-request";
        return switch (verb(name)) {
            case "deny" -> "'" + set + " deny'";
            case "allow", "pass" -> "'" + set + " allow'";
            case "tarpit" -> "'http-request tarpit'";
            case "del" -> "'" + set + " del-header'";
            default -> set.equals("http-response") ? "'http-response replace-header'"
                    : "'http-request replace-path', 'http-request replace-uri' or 'http-request replace-header'";
        };
    }

    /** {@code del} of {@code reqdel} and {@code reqidel}. */
    private static String verb(String name) {
        int from = name.startsWith("req") || name.startsWith("rsp") ? 3 : 0;
        return name.substring(from > 0 && name.charAt(from) == 'i' ? from + 1 : from);
    }

    private static void lost(Statement line, Draft draft, String text) {
        line.warn(0, text);
        draft.unbuilt(line.word(0), false, line.place());
    }

    /** {@code reqadd "Name: value" [{if|unless} ...]}. */
    private static void header(Statement line, Draft draft, String ruleSet) {
        String text = line.word(1);
        int colon = text.indexOf(':');
        if (colon <= 0) {
            line.alert(1, "'" + line.word(0) + "' expects a header line \"Name: value\".");
            return;
        }
        String value = text.substring(colon + 1).strip();
        rewrite(line, draft, ruleSet, List.of("add-header", text.substring(0, colon), value), line.from(2),
                "'" + ruleSet + " add-header' instead.");
    }

    private static void rewrite(Statement line, Draft draft, String ruleSet, List<String> words, List<String> rest,
            String use) {
        List<String> all = new ArrayList<>(words);
        all.addAll(rest);
        StringBuilder hint = new StringBuilder(ruleSet);
        for (String word : all) {
            boolean plain = !word.isEmpty() && word.indexOf(' ') < 0;
            hint.append(' ').append(plain ? word : "\"" + word + "\"");
        }
        line.warn(0, "The '" + line.word(0) + "' directive is not supported anymore since HAProxy 2.1. Use " + use,
                hint.toString());
        rule(line, draft, ruleSet, all);
    }

    private static void rule(Statement line, Draft draft, String ruleSet, List<String> words) {
        Draft.append(draft.settings(), ProxySpec.RULES, new RuleLine(ruleSet, List.copyOf(words), line.place()),
                line.place());
    }

    private static void dispatch(Statement line, Draft draft) {
        if (!line.has(1)) {
            line.alert(1, "'dispatch' expects <addr:port> as argument.");
            return;
        }
        line.warn(0, "the 'dispatch' keyword was removed in HAProxy 3.5. Use 'server' instead.",
                "server dispatch " + line.word(1));
        Keyword server = draft.vocabulary().keyword(draft.section(), "server");
        server.family().apply(server, line.with("server", "dispatch"), draft);
    }
}
