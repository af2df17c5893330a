package dev.weir.admin.stats;

/** Writes values with all that is known of them: as lines of typed output and as JSON (management.txt 9.2). Stateless. */
public final class TypedValues {

    private static final String[] ORIGINS = {"Metric", "Status", "Key", "Config", "Product"};
    private static final String ORIGIN_LETTERS = "MSKCP";
    private static final String[] NATURES = {"Age", "Avg", "Counter", "Duration", "Gauge", "Limit", "Min", "Max",
        "Name", "Output", "Rate", "Time"};
    private static final String NATURE_LETTERS = "AaCDGLmMNORT";
    private static final String[] SCOPES = {"Cluster", "Process", "Service", "System"};
    private static final String SCOPE_LETTERS = "CPSs";

    private TypedValues() {}

    /** A text between quotes. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** The part of a JSON object that is the same for {@code show info} and {@code show stat}. */
    public static void json(StringBuilder out, int position, String name, String tags) {
        out.append("\"field\":{\"pos\":").append(position).append(",\"name\":");
        quote(out, name);
        out.append("},\"processNum\":1,\"tags\":{\"origin\":\"").append(word(tags.charAt(0), ORIGIN_LETTERS, ORIGINS))
                .append("\",\"nature\":\"").append(word(tags.charAt(1), NATURE_LETTERS, NATURES))
                .append("\",\"scope\":\"").append(word(tags.charAt(2), SCOPE_LETTERS, SCOPES)).append("\"},");
    }

    public static void jsonNumber(StringBuilder out, String type, long number) {
        out.append("\"value\":{\"type\":\"").append(type).append("\",\"value\":").append(number).append('}');
    }

    /** The same for one that is written already. */
    public static void jsonNumber(StringBuilder out, String type, String number) {
        out.append("\"value\":{\"type\":\"").append(type).append("\",\"value\":").append(number).append('}');
    }

    public static void jsonText(StringBuilder out, String text) {
        out.append("\"value\":{\"type\":\"str\",\"value\":");
        quote(out, text);
        out.append('}');
    }

    private static String word(char letter, String letters, String[] words) {
        int at = letters.indexOf(letter);
        return at < 0 ? "Unknown" : words[at];
    }
}
