package dev.weir.keyword.action;

import dev.weir.config.lang.Numbers;
import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Actions that only end a set of rules, or the connection. */
final class VerdictActions {

    private static final Set<RuleKind> TCP = EnumSet.of(RuleKind.CONNECTION, RuleKind.SESSION, RuleKind.CONTENT,
            RuleKind.RESPONSE_CONTENT);
    private static final Set<RuleKind> DROPPING = EnumSet.of(RuleKind.CONNECTION, RuleKind.SESSION, RuleKind.CONTENT,
            RuleKind.RESPONSE_CONTENT, RuleKind.REQUEST, RuleKind.RESPONSE);

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("accept", TCP, line -> context -> Verdict.STOP),
            ActionKeyword.of("allow", ActionKeyword.HTTP, line -> context -> Verdict.STOP),
            ActionKeyword.of("reject", EnumSet.of(RuleKind.CONNECTION, RuleKind.SESSION, RuleKind.CONTENT,
                    RuleKind.RESPONSE_CONTENT, RuleKind.REQUEST), line -> context -> Verdict.REJECT),
            ActionKeyword.of("close", RuleKind.RESPONSE_CONTENT, line -> context -> Verdict.CLOSE),
            ActionKeyword.of("silent-drop", DROPPING, VerdictActions::silentDrop),
            ActionKeyword.of("switch-mode", RuleKind.CONTENT, VerdictActions::switchMode));

    private VerdictActions() {}

    private static Action silentDrop(ActionLine line) throws ExpressionError {
        if (line.takes("rst-ttl")) {
            String text = line.next();
            long ttl = Numbers.integer(text, -1);
            if (ttl < 1 || ttl > 255) {
                throw new ExpressionError("'rst-ttl' expects an integer between 1 and 255 (got '" + text + "')");
            }
        }
        return context -> Verdict.VANISH;
    }

    private static Action switchMode(ActionLine line) throws ExpressionError {
        if (!line.scope().isFrontend()) {
            throw new ExpressionError("'tcp-request switch-mode' not allowed because backend '" + line.scope().proxyName()
                    + "' has no frontend capability");
        }
        String mode = line.hasMore() ? line.next() : "";
        if (!mode.equals("http")) {
            throw new ExpressionError(mode.isEmpty() ? "'tcp-request switch-mode' expects a mode as argument."
                    : "'tcp-request switch-mode' expects a valid mode (got '" + mode + "').");
        }
        if (line.takes("proto")) {
            if (!line.hasMore()) {
                throw new ExpressionError("'tcp-request switch-mode': 'proto' expects a protocol as argument.");
            }
            String protocol = line.next();
            if (!protocol.equals("h1")) {
                throw new ExpressionError("'tcp-request switch-mode': 'proto' expects a valid MUX protocol, if specified (got '" + protocol
                        + "')");
            }
        }
        return context -> Verdict.SWITCH;
    }
}
