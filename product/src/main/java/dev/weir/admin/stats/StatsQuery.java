package dev.weir.admin.stats;

/**
 * What stands behind the address of the statistics page: the format, what is to be left out, the outcome of an action.
 * Words are found wherever they stand, as HAProxy finds them. Immutable.
 *
 * @param scope the part of a name that proxies are shown for, empty for all
 * @param outcome four letters, or empty
 * @param classic whether a browser wants HAProxy's page
 * @param live what the dashboard asks for, or null
 */
public record StatsQuery(Format format, boolean up, boolean noMaintenance, boolean noRefresh, String scope,
        String outcome, boolean classic, String live) {

    /** How the numbers are written. */
    public enum Format {
        JSON_SCHEMA(";json-schema", "application/json"), JSON(";json", "application/json"),
        TYPED(";typed", "text/plain"), CSV(";csv", "text/plain"), HTML(null, "text/html");

        private final String word;
        private final String contentType;

        Format(String word, String contentType) {
            this.word = word;
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    private static final int MOST_SCOPE = 20;

    static StatsQuery of(String suffix) {
        Format format = Format.HTML;
        for (Format each : Format.values()) {
            if (each.word != null && suffix.contains(each.word)) {
                format = each;
                break;
            }
        }
        int outcome = suffix.indexOf(";st=");
        return new StatsQuery(format, suffix.contains(";up"), suffix.contains(";no-maint"),
                suffix.contains(";norefresh"), scope(suffix),
                outcome < 0 ? "" : suffix.substring(outcome + 4, Math.min(outcome + 8, suffix.length())),
                suffix.contains("?classic") || suffix.contains("&classic"), live(suffix));
    }

    /** A word behind {@code ;live=}. */
    private static String live(String suffix) {
        int at = suffix.indexOf(";live=");
        if (at < 0) {
            return null;
        }
        int end = at += ";live=".length();
        while (end < suffix.length() && "?;&".indexOf(suffix.charAt(end)) < 0) {
            end++;
        }
        return suffix.substring(at, end);
    }

    private static String scope(String suffix) {
        int at = suffix.indexOf("scope=");
        if (at < 1 || "?;&".indexOf(suffix.charAt(at - 1)) < 0) {
            return "";
        }
        int end = at += "scope=".length();
        while (end < suffix.length() && end - at < MOST_SCOPE && "&;? ".indexOf(suffix.charAt(end)) < 0) {
            end++;
        }
        return suffix.substring(at, end);
    }

    /** What is said of the rows alone, as links repeat it. */
    String filters(boolean withUp, boolean withoutRefresh) {
        return (withUp ? ";up" : "") + (noMaintenance ? ";no-maint" : "") + (withoutRefresh ? ";norefresh" : "")
                + scoped();
    }

    /** The filters as they are. */
    String same() {
        return filters(up, noRefresh);
    }

    String scoped() {
        return scope.isEmpty() ? classic ? "?classic" : "" : "?scope=" + scope + (classic ? "&classic" : "");
    }
}
