package dev.weir.flow.expr;

/** What is wrong with an expression; the message is for the user. Only while configurations are read. */
public final class ExpressionError extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean unresolved;

    private ExpressionError(String message, boolean unresolved) {
        super(message, null, false, false);
        this.unresolved = unresolved;
    }

    public ExpressionError(String message) {
        this(message, false);
    }

    /** Something that is named but does not exist; such a message stands alone, without saying what was parsed. */
    public static ExpressionError unresolved(String message) {
        return new ExpressionError(message, true);
    }

    public boolean isUnresolved() {
        return unresolved;
    }
}
