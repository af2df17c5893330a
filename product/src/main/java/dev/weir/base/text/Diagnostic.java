package dev.weir.base.text;

/**
 * One message about the configuration or the start of the process, as a value. Immutable.
 *
 * @param place where the cause stands, or null when no line is to blame
 * @param column the column of the cause counted from 1, 0 when unknown
 * @param text the message as it is printed behind the level and the pid
 * @param source the line as written, or null
 * @param hint the line to write instead, or null
 */
public record Diagnostic(Level level, Place place, int column, String text, String source, String hint) {

    /** How serious a message is; its label is padded so that what follows lines up. */
    public enum Level {
        ALERT("[ALERT]    "), WARNING("[WARNING]  "), NOTICE("[NOTICE]   "), DIAG("[DIAG]     ");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
