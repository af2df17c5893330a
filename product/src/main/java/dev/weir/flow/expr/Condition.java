package dev.weir.flow.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind {@code if} or {@code unless}: alternatives of ACLs that must all hold (configuration.txt 7.2).
 * Immutable.
 */
public final class Condition {

    /** An ACL, or its opposite. */
    record Term(Acl acl, boolean negated) {}

    private final Term[][] alternatives;
    private final boolean unless;

    Condition(Term[][] alternatives, boolean unless) {
        this.alternatives = alternatives;
        this.unless = unless;
    }

    /** One of {@link AclResult}. */
    public int evaluate(ExpressionContext context) {
        int result = AclResult.NO;
        for (Term[] alternative : alternatives) {
            int all = AclResult.YES;
            for (Term term : alternative) {
                int one = term.acl.evaluate(context);
                all &= term.negated ? AclResult.not(one) : one;
                if (all == AclResult.NO) {
                    break;
                }
            }
            result |= all;
            if (result == AclResult.YES) {
                break;
            }
        }
        return unless ? AclResult.not(result) : result;
    }

    /** Whether it holds now that nothing more is waited for. */
    public boolean holds(ExpressionContext context) {
        return evaluate(context) == AclResult.YES;
    }

    /** Warnings about ACLs that can say nothing where the condition is used. */
    public List<String> warnings(Point point) {
        List<String> warnings = new ArrayList<>();
        for (Term[] alternative : alternatives) {
            for (Term term : alternative) {
                if (!term.acl.isValidAt(point)) {
                    warnings.add(term.acl.name().isEmpty()
                            ? "anonymous acl will never match because it uses keyword '"
                            + term.acl.lines()[0].expression().keyword() + "' which is incompatible with '"
                            + point.text() + "'"
                            : "acl '" + term.acl.name() + "' will never match because it only involves keywords that"
                            + " are incompatible with '" + point.text() + "'");
                }
            }
        }
        return warnings;
    }

    /** Whether any ACL reads the raw bytes of a buffer, which HTTP proxies do not have. */
    public boolean isRaw() {
        for (Term[] alternative : alternatives) {
            for (Term term : alternative) {
                for (AclExpression line : term.acl.lines()) {
                    if (line.expression().isRaw()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
