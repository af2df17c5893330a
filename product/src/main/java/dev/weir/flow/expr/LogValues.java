package dev.weir.flow.expr;

/** Compiles the expressions of a log format. */
@FunctionalInterface
public interface LogValues {

    /**
     * The answer to {@link #compile}.
     *
     * @param value the expression, null when it is wrong
     * @param end where it ended: the closing bracket must stand there
     * @param error what is wrong, for the user, else null
     */
    record Compiled(LogValue value, int end, String error) {}

    /** Compiles the expression that starts at this place of the text. */
    Compiled compile(String text, int from);
}
