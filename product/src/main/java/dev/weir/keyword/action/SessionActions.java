package dev.weir.keyword.action;

import dev.weir.config.rule.ActionKeyword;
import dev.weir.config.rule.ActionLine;
import dev.weir.config.rule.RuleKind;
import dev.weir.flow.expr.Expression;
import dev.weir.flow.expr.ExpressionError;
import dev.weir.flow.rule.Action;
import dev.weir.flow.rule.Attachment;
import dev.weir.flow.rule.ServerView;
import dev.weir.flow.rule.Verdict;
import dev.weir.model.value.Sample;
import dev.weir.model.value.SampleType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What becomes of a session as a whole. */
final class SessionActions {

    static final List<ActionKeyword> ALL = List.of(
            ActionKeyword.of("attach-srv", RuleKind.SESSION, SessionActions::attach));

    private SessionActions() {}

    private static Action attach(ActionLine line) throws ExpressionError {
        line.needs(1, "expects exactly 1 argument <servername>");
        String target = line.next();
        int slash = target.indexOf('/');
        if (slash <= 0 || slash == target.length() - 1) {
            throw new ExpressionError("expects a server as <backend>/<server>, got '" + target + "'");
        }
        Expression name = null;
        if (line.takes("name")) {
            line.needs(1, "'name' expects an expression");
            name = line.expression();
        }
        line.expectEnd("only supports 'name' after the server, got '" + line.peek() + "'");
        if (!(line.scope().server(target.substring(0, slash), target.substring(slash + 1)) instanceof ServerView view)) {
            throw ExpressionError.unresolved("unable to find server '" + target + "' referenced by 'attach-srv'");
        }
        return to(view, name);
    }

    /** A connection without a name that its rule wants to give one is a server's all the same, with none. */
    private static Action to(ServerView view, Expression name) {
        return context -> {
            Sample sample = context.sample();
            boolean named = name != null && name.evaluateAs(SampleType.STRING, context, sample) && sample.length() > 0;
            context.attach(new Attachment(view.living(), named
                    ? new String(sample.bytes(), sample.at(), sample.length(), StandardCharsets.ISO_8859_1) : null));
            return Verdict.CONTINUE;
        };
    }
}
