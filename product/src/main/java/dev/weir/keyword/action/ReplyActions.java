package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RedirectLine;
import dev.weir.config.rule.ReplyLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.reply.Reply;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.ReplyMaker;
import dev.weir.flow.rule.Text;
import dev.weir.flow.rule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Actions that answer instead of the server. */
final class ReplyActions {

    private static final Set<RuleKind> BOTH = EnumSet.of(RuleKind.REQUEST, RuleKind.RESPONSE);
    private static final byte[] WWW = ActionLine.bytes("www-authenticate");
    private static final byte[] PROXY = ActionLine.bytes("proxy-authenticate");

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("deny", BOTH, ReplyActions::deny),
            ActionKeyword.of("return", BOTH, ReplyActions::returns),
            ActionKeyword.of("redirect", BOTH, line -> new RedirectLine(line, true).read()),
            ActionKeyword.of("tarpit", RuleKind.REQUEST, ReplyActions::tarpit),
            ActionKeyword.of("auth", RuleKind.REQUEST, ReplyActions::auth),
            ActionKeyword.of("early-hint", RuleKind.REQUEST, ReplyActions::earlyHint));

    private ReplyActions() {}

    private static Action deny(ActionLine line) throws ExpressionError {
        boolean response = line.kind().isResponse();
        ReplyMaker reply = new ReplyLine(line, response ? 502 : 403).read();
        char moment = response ? 'H' : 'R';
        return context -> {
            context.countDenied();
            return context.answer(reply.make(context), 'P', moment);
        };
    }

    private static Action returns(ActionLine line) throws ExpressionError {
        ReplyMaker reply = new ReplyLine(line, 200).read();
        char moment = line.kind().isResponse() ? 'H' : 'R';
        return context -> context.answer(reply.make(context), 'L', moment);
    }

    private static Action tarpit(ActionLine line) throws ExpressionError {
        ReplyMaker reply = new ReplyLine(line, 500).read();
        return context -> {
            if (!context.hasWaited(context.tarpitMs())) {
                return Verdict.WAIT;
            }
            context.countDenied();
            context.record().heldBack();
            return context.answer(reply.make(context), 'P', 'T');
        };
    }

    private static Action auth(ActionLine line) throws ExpressionError {
        String realm = line.scope().proxyName();
        if (line.takes("realm")) {
            if (!line.hasMore()) {
                throw new ExpressionError("missing realm value.\n");
            }
            realm = line.next();
        }
        byte[] challenge = ActionLine.bytes("Basic realm=\"" + realm + "\"");
        return context -> {
            boolean proxied = context.asksProxy();
            context.countRequestError();
            Reply page = context.errorPage(proxied ? 407 : 401);
            return context.answer(page.with(new Reply.Field(proxied ? PROXY : WWW, challenge)), 'L', 'R');
        };
    }

    private static Action earlyHint(ActionLine line) throws ExpressionError {
        line.needs(2, "expects exactly 2 arguments");
        byte[] name = ActionLine.bytes(line.next().toLowerCase(Locale.ROOT));
        return new EarlyHint(name, line.text());
    }
}
