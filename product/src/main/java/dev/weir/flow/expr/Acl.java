package dev.weir.flow.expr;

/** A named ACL: lines in the order of their declaration, of which any may match. Immutable. */
public final class Acl {

    private final String name;
    private final AclExpression[] lines;

    Acl(String name, AclExpression... lines) {
        this.name = name;
        this.lines = lines;
    }

    public String name() {
        return name;
    }

    AclExpression[] lines() {
        return lines;
    }

    /** This one with another line. */
    Acl and(AclExpression line) {
        AclExpression[] more = java.util.Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = line;
        return new Acl(name, more);
    }

    /** One of {@link AclResult}. */
    public int evaluate(ExpressionContext context) {
        int result = AclResult.NO;
        for (AclExpression line : lines) {
            result |= line.evaluate(context);
            if (result == AclResult.YES) {
                break;
            }
        }
        return result;
    }

    /** Whether at least one line can be evaluated there. */
    boolean isValidAt(Point point) {
        for (AclExpression line : lines) {
            if (line.expression().isValidAt(point)) {
                return true;
            }
        }
        return false;
    }
}
