package dev.weir.keyword.directive;

import dev.weir.config.compile.ProxyDraft;
import dev.weir.config.lang.Statement;

/**
 * The order in which kinds of rules are processed, whatever their order in the file: a line that comes too late for
 * how it reads gets a warning.
 */
final class RuleOrder {

    private static final String[] KINDS = {"tcp-request connection", "tcp-request session", "tcp-request content",
        "monitor fail", "http-request", "redirect", "use_backend", "use-server"};

    private RuleOrder() {}

    static void check(String kind, Statement line, ProxyDraft proxy) {
        int rank = -1;
        for (int i = 0; i < KINDS.length; i++) {
            if (KINDS[i].equals(kind)) {
                rank = i;
            }
        }
        if (rank < 0) {
            return;
        }
        int later = proxy.seenRules() >>> rank + 1;
        // a use-server rule is no later than a use_backend rule
        if (later != 0 && rank < KINDS.length - 2) {
            String other = KINDS[rank + 1 + Integer.numberOfTrailingZeros(later)];
            String name = kind.startsWith("tcp-request") ? "tcp-request" : kind;
            line.warn(0, "a '" + name + "' rule placed after " + (other.equals("http-request") ? "an '" : "a '") + other
                    + "' rule will still be processed before.");
        }
        proxy.sawRule(rank);
    }
}
