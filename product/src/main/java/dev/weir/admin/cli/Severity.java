package dev.weir.admin.cli;

/** How serious a message is; a dump has none. The ordinal is the number of syslog. */
public enum Severity {
    EMERG, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG;

    /** How a client wants to be told ({@code severity-output}). */
    public enum Output {
        NONE, NUMBER, STRING;

        public static Output of(String word) {
            return switch (word) {
                case "none" -> NONE;
                case "number" -> NUMBER;
                case "string" -> STRING;
                default -> null;
            };
        }
    }

    private static final String[] WORDS = {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"};

    /** What comes before a message of this severity. */
    String prefix(Output output) {
        return switch (output) {
            case NONE -> "";
            case NUMBER -> "[" + ordinal() + "]: ";
            case STRING -> "[" + WORDS[ordinal()] + "]: ";
        };
    }
}
