package dev.weir.boot;

/**
 * The words of {@code -dM}. They tune HAProxy's allocator; here they are checked, so that a mistake is still found, and
 * have no effect.
 */
final class MemoryDebugging {

    /** What sets a switch, what clears it; the star in {@link #help()} marks the one in force. */
    private static final String[][] SWITCHES = {
        {"fail", "no-fail", "allocations that fail at random"},
        {"no-merge", "merge", "pools of similar size kept apart"},
        {"cold-first", "hot-first", "oldest object first"},
        {"integrity", "no-integrity", "freed objects checked"},
        {"backup", "no-backup", "freed objects copied"},
        {"no-global", "global", "no cache for the process"},
        {"no-cache", "cache", "no cache per thread"},
        {"caller", "no-caller", "last caller noted"},
        {"tag", "no-tag", "tag behind each object"},
        {"poison", "no-poison", "new objects filled"},
        {"uaf", "no-uaf", "freed objects unmapped"},
    };

    private MemoryDebugging() {}

    /** The alert for a word that is not known, or null. */
    static String fault(String value) {
        for (String word : value.split(",", -1)) {
            if (!word.isEmpty() && !isNumber(word) && !isKnown(word)) {
                return "-dM: unknown pool debugging feature <" + word + ">";
            }
        }
        return null;
    }

    static String help() {
        StringBuilder out = new StringBuilder("-dM[<byte>[,]][<option>,...]: accepted, without effect in Weir.\n\n"
                + "    set               clear            description\n"
                + "  -----------------+-----------------+-----------------------------------------\n");
        for (String[] row : SWITCHES) {
            out.append("    ").append(padded(row[0], 15)).append("|* ").append(padded(row[1], 15)).append("| ")
                    .append(row[2]).append('\n');
        }
        return out.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static boolean isNumber(String word) {
        return Character.digit(word.charAt(0), 10) >= 0;
    }

    private static boolean isKnown(String word) {
        for (String[] row : SWITCHES) {
            if (row[0].equals(word) || row[1].equals(word)) {
                return true;
            }
        }
        return false;
    }
}
