package dev.weir.flow.expr;

import dev.weir.model.value.Casts;
import dev.weir.model.value.Sample;
import dev.weir.model.value.Workspace;

/** One line of an ACL: an expression, all of whose values are tried, and patterns. Immutable. */
final class AclExpression {

    private final Expression expression;
    private final Casts.Cast cast;
    private final AclMatcher matcher;

    AclExpression(Expression expression, Casts.Cast cast, AclMatcher matcher) {
        this.expression = expression;
        this.cast = cast;
        this.matcher = matcher;
    }

    Expression expression() {
        return expression;
    }

    int evaluate(ExpressionContext context) {
        Workspace workspace = context.workspace();
        workspace.enter();
        try {
            Sample sample = workspace.inner();
            boolean present = expression.evaluate(context, sample);
            while (present) {
                // the flags are the fetch's: casts leave them alone
                if (cast.apply(sample, workspace) && matcher.matches(sample)) {
                    return AclResult.YES;
                }
                if (!sample.has(Sample.NOT_LAST)) {
                    break;
                }
                present = expression.next(context, sample);
            }
            return sample.has(Sample.MAY_CHANGE) && !context.isFinal() ? AclResult.UNKNOWN : AclResult.NO;
        } finally {
            workspace.leave();
        }
    }
}
