package dev.weir.admin.cli;

/**
 * An answer that is one text. The text has its own line end, or has none where HAProxy's has none either: then the end
 * of the answer ends the line and no empty line follows. Immutable.
 */
public record Text(Severity severity, String text) implements Answer {

    /** A command that has nothing to say. */
    public static final Text NOTHING = new Text(null, "");

    /** A line of information. */
    public static Text info(String line) {
        return new Text(Severity.INFO, line + "\n");
    }

    public static Text warning(String line) {
        return new Text(Severity.WARNING, line + "\n");
    }

    public static Text notice(String line) {
        return new Text(Severity.NOTICE, line + "\n");
    }

    /** Why a command is not carried out. */
    public static Text error(String line) {
        return new Text(Severity.ERR, line + "\n");
    }

    /** An error without an end of line of its own. */
    public static Text tightError(String line) {
        return new Text(Severity.ERR, line);
    }

    /** Information without an end of line of its own. */
    public static Text tightInfo(String line) {
        return new Text(Severity.INFO, line);
    }

    /** Lines without severity. */
    public static Text dump(CharSequence lines) {
        return new Text(null, lines.toString());
    }

    @Override
    public Progress write(StringBuilder out, int atLeast) {
        out.append(text);
        return Progress.DONE;
    }
}
