package dev.weir.model.pattern;

/** What is wrong with a pattern, a list of them or its file; the message is for the user. Never thrown by traffic. */
public final class PatternError extends Exception {

    private static final long serialVersionUID = 1;

    public PatternError(String message) {
        super(message, null, false, false);
    }
}
