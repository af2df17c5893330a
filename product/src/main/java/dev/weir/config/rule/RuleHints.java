package dev.weir.config.rule;

import dev.weir.base.text.Place;
import java.util.EnumSet;
import java.util.Set;

/** Warnings about rules of a proxy that are right and hardly what was meant. Used by the compiler of its rules. */
final class RuleHints {

    /** Actions behind which no rule of their set comes to its turn. */
    private static final Set<String> FINAL = Set.of("allow", "deny", "tarpit", "auth", "redirect", "return");
    private static final String UNTIMED = "' rule explicitly depending on request contents without any 'tcp-request"
            + " inspect-delay' setting. This means that this rule will randomly find its contents. This can be fixed by"
            + " setting the tcp-request inspect-delay.";

    private final ProxyLines proxy;
    private final Findings findings;
    private final Set<RuleKind> ended = EnumSet.noneOf(RuleKind.class);
    private final boolean waits;

    RuleHints(ProxyLines proxy, Findings findings) {
        this.proxy = proxy;
        this.findings = findings;
        this.waits = proxy.lines().stream().anyMatch(each -> each.kind().equals("tcp-request inspect-delay"));
    }

    /** Whether the rule before this one lets no other come to its turn. */
    void order(RuleKind kind, Place place, String word, boolean unconditional) {
        if (kind.isHttp() && ended.remove(kind)) {
            findings.warnTight(place, "previous '" + kind.text()
                    + "' action is final and has no condition attached, further entries are NOOP.");
        }
        if (unconditional && FINAL.contains(word)) {
            ended.add(kind);
        }
    }

    /** Whether what a rule about contents reads can be there when it runs. */
    void of(RuleKind kind, Place place, ActionLine line) {
        if (kind != RuleKind.CONTENT || !proxy.isFrontend()) {
            return;
        }
        boolean tracks = line.word().startsWith("track-sc");
        if (line.readsContents() && !waits && (tracks || line.word().equals("capture"))) {
            warn(place, "a 'tcp-request " + (tracks ? "content track-sc*" : "capture") + UNTIMED);
        } else if (tracks && !line.readsContents() && proxy.isHttp()) {
            warn(place, "a 'tcp-request content track-sc*' rule not depending on request contents for an HTTP frontend"
                    + " should be executed at the session level, using a 'tcp-request session' rule (mandatory to track"
                    + " invalid HTTP requests).");
        }
    }

    private void warn(Place place, String text) {
        findings.lateWarning(place, proxy.noun() + " '" + proxy.name() + "' : " + text);
    }
}
