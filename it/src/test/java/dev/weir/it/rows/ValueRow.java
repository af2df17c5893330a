package dev.weir.it.rows;

/**
 * An expression, where and during which step it is asked, and what it gives: {@code ok value} or {@code none}. Immutable.
 *
 * @param line of the file, from 1
 * @param place the set of rules in which it is asked, or {@code log}
 * @param expected null where the file says nothing yet
 * @param reason why HAProxy 2.6 does not give the same; empty where it does
 */
record ValueRow(int line, ValueStep step, String place, String expression, String expected, String reason) {

    /** The number of its variable and header. */
    String name() {
        return "v" + line;
    }

    /** Whether it is asked in a format of the log. */
    boolean isInFormat() {
        return place.equals("log") || place.equals("error");
    }

    /** As it stands in a file of the configuration. */
    String word() {
        return expression.replaceAll("([ '\"#\\\\])", "\\\\$1");
    }

    @Override
    public String toString() {
        return line + " " + step.frontend().name() + " " + expression;
    }
}
