package dev.weir.keyword.directive;

import dev.weir.config.lang.NearestWord;
import java.util.ArrayList;
import java.util.List;

/** The names of the actions that each rule set knows (configuration manual 4.3), for checking and messages. */
final class ActionNames {

    private ActionNames() {}

    private static String text(String ruleSet) {
        return switch (ruleSet) {
            case "quic-initial" -> """
                    accept dgram-drop do-log reject send-retry
                    """;
            case "tcp-request connection" -> """
                    accept do-log expect-netscaler-cip expect-proxy reject sc-add-gpc sc-inc-gpc sc-inc-gpc0
                    sc-inc-gpc1 sc-set-gpt sc-set-gpt0 set-dst set-dst-port set-fc-mark set-fc-tos set-mark
                    set-src set-src-port set-tos set-var set-var-fmt silent-drop track-sc unset-var
                    """;
            case "tcp-request session" -> """
                    accept attach-srv do-log reject sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1 sc-set-gpt
                    sc-set-gpt0 set-dst set-dst-port set-fc-mark set-fc-tos set-mark set-src set-src-port
                    set-tos set-var set-var-fmt silent-drop track-sc unset-var
                    """;
            case "tcp-request content" -> """
                    accept capture do-log do-resolve reject sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1
                    sc-set-gpt sc-set-gpt0 send-spoe-group set-bandwidth-limit set-bc-mark set-bc-tos set-dst
                    set-dst-port set-fc-mark set-fc-tos set-log-level set-mark set-nice set-priority-class
                    set-priority-offset set-retries set-src set-src-port set-tos set-var set-var-fmt
                    silent-drop switch-mode track-sc unset-var use-service
                    """;
            case "tcp-response content" -> """
                    accept close do-log reject sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1 sc-set-gpt
                    sc-set-gpt0 send-spoe-group set-bandwidth-limit set-fc-mark set-fc-tos set-log-level
                    set-mark set-nice set-tos set-var set-var-fmt silent-drop unset-var
                    """;
            case "http-request" -> """
                    add-acl add-header add-headers-bin allow auth cache-use capture del-acl del-header
                    del-headers-bin del-map deny disable-l7-retry do-log do-resolve early-hint normalize-uri
                    pause redirect reject replace-header replace-path replace-pathq replace-uri replace-value
                    return sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1 sc-set-gpt sc-set-gpt0
                    send-spoe-group set-bandwidth-limit set-bc-mark set-bc-tos set-dst set-dst-port
                    set-fc-mark set-fc-tos set-header set-headers-bin set-log-level set-map set-mark
                    set-method set-nice set-path set-pathq set-priority-class set-priority-offset set-query
                    set-retries set-src set-src-port set-timeout set-tos set-uri set-var set-var-fmt
                    silent-drop strict-mode tarpit track-sc unset-var use-service wait-for-body
                    wait-for-handshake
                    """;
            case "http-response" -> """
                    add-acl add-header add-headers-bin allow cache-store capture del-acl del-header
                    del-headers-bin del-map deny do-log pause redirect replace-header replace-value return
                    sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1 sc-set-gpt sc-set-gpt0 send-spoe-group
                    set-bandwidth-limit set-fc-mark set-fc-tos set-header set-headers-bin set-log-level
                    set-map set-mark set-nice set-status set-timeout set-tos set-var set-var-fmt silent-drop
                    strict-mode track-sc unset-var wait-for-body
                    """;
            case "http-after-response" -> """
                    add-header add-headers-bin allow capture del-header del-headers-bin del-map do-log
                    replace-header replace-value sc-add-gpc sc-inc-gpc sc-inc-gpc0 sc-inc-gpc1 sc-set-gpt
                    sc-set-gpt0 set-header set-headers-bin set-log-level set-map set-status set-var
                    set-var-fmt strict-mode unset-var
                    """;
            default -> "";
        };
    }

    static List<String> of(String ruleSet) {
        List<String> names = new ArrayList<>();
        String text = text(ruleSet);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n') {
                names.add(text.substring(from, i));
                from = i + 1;
            }
        }
        return names;
    }

    /** Whether a rule set has this action; arguments in parentheses and numbers of counters are no part of a name. */
    static boolean knows(String ruleSet, String word) {
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        if (name.startsWith("track-sc")) {
            name = "track-sc";
        }
        return name.startsWith("lua.") || of(ruleSet).contains(name) || isOld(ruleSet, name);
    }

    /** Actions that 3.5 no longer has but that load. */
    private static boolean isOld(String ruleSet, String name) {
        boolean content = ruleSet.equals("tcp-request content") || ruleSet.startsWith("http-");
        return content && (name.equals("ot-group") || name.equals("sc-inc-gpc2"));
    }

    /** All names in quotes, with commas. */
    static String list(String ruleSet) {
        StringBuilder out = new StringBuilder();
        for (String name : of(ruleSet)) {
            out.append(out.isEmpty() ? "'" : ", '").append(name).append(takesParentheses(name) ? "(*)'" : "'");
        }
        return out.toString();
    }

    private static boolean takesParentheses(String name) {
        return switch (name) {
            case "add-acl", "del-acl", "del-map", "set-map", "sc-add-gpc", "sc-inc-gpc", "sc-inc-gpc0", "sc-inc-gpc1",
                "sc-set-gpt", "sc-set-gpt0", "set-var", "set-var-fmt", "unset-var", "do-resolve", "track-sc" -> true;
            default -> false;
        };
    }

    static String suggestion(String ruleSet, String wrong) {
        return new NearestWord(wrong).among(of(ruleSet)).hint();
    }
}
