package dev.weir.flow.rule;

import dev.weir.flow.expr.Condition;
import dev.weir.flow.filter.Filters;
import java.util.List;

/**
 * Everything that the lines of one proxy say is to be done with its traffic. Immutable.
 *
 * @param redirects run after the rules of http-request
 * @param switches {@code use_backend}
 * @param servers {@code use-server}
 * @param monitorFails when the monitor is to say that the proxy is down
 * @param forcesPersistence, @param ignoresPersistence conditions of those two keywords
 * @param forcesSwitch {@code force-be-switch}
 * @param forwarded {@code option forwarded}, or null
 * @param stats {@code stats http-request}, and when those who see the page may use its forms
 */
public record ProxyRules(RuleSet connection, RuleSet session, RuleSet content, RuleSet responseContent, RuleSet request,
        RuleSet redirects, RuleSet response, RuleSet afterResponse, List<SwitchRule> switches,
        List<SwitchRule> servers, List<Condition> monitorFails, List<Condition> forcesPersistence,
        List<Condition> ignoresPersistence, List<Condition> forcesSwitch, CaptureLayout captures,
        ErrorReplies errors, Forwarded forwarded, Filters filters, RuleSet stats, List<Condition> statsAdmins) {

    public static final ProxyRules NONE = new ProxyRules(RuleSet.EMPTY, RuleSet.EMPTY, RuleSet.EMPTY, RuleSet.EMPTY,
            RuleSet.EMPTY, RuleSet.EMPTY, RuleSet.EMPTY, RuleSet.EMPTY, List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), CaptureLayout.NONE, ErrorReplies.BUILT_IN, null, Filters.NONE, RuleSet.EMPTY,
            List.of());

    /** Whether any of these conditions holds. */
    public static boolean any(List<Condition> conditions, RuleContext context) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(context)) {
                return true;
            }
        }
        return false;
    }
}
