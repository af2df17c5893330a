package dev.weir.it.rows;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes answers comparable: what 2.6 still writes in another way, and what differs from run to run. */
final class Alike {

    /** HAProxy's own pages: their text is compared elsewhere, by bytes. */
    private static final Pattern PAGE = Pattern.compile("<html><body><h1>(\\d+) ([^<]*)</h1>\n.*?\n</body></html>\n",
            Pattern.DOTALL);
    private static final Pattern OWN_NAMES = Pattern.compile("\r\n(Content-length|Cache-Control|Connection|Content-Type|"
            + "Proxy-Authenticate|WWW-Authenticate|Location): ");
    private static final List<String[]> MASKS = List.of(
            new String[] {"127\\.0\\.0\\.1:\\d{5}", "127.0.0.1:PORT"},
            new String[] {"/tmp/weir-it-\\d+", "DIR"},
            new String[] {"\r\nage: 1\r\n", "\r\nage: 0\r\n"},
            new String[] {"\\w{3}, \\d\\d \\w{3} 20\\d\\d \\d\\d:\\d\\d:\\d\\d GMT", "DATE"});

    /** Times, ports and pids in lines of the usual formats. */
    private static final List<String[]> LOG_MASKS = List.of(
            new String[] {" (-?\\d+/){4}\\+?-?\\d+ ", " TIMES "},
            new String[] {"\\[\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} \\+\\d{4}\\]", "[TIME]"},
            new String[] {"\"\" \\d{4,5} \\d{3} ", "\"\" PORT MS "},
            new String[] {"(\"s\") (-?\\d+ ){4}\\+?-?\\d+ ", "$1 TIMES "},
            new String[] {"mine\\[\\d+\\]", "mine[PID]"});

    private Alike() {}

    static String log(String line) {
        return masked(line, LOG_MASKS);
    }

    private static String masked(String text, List<String[]> masks) {
        String result = text;
        for (String[] mask : masks) {
            result = result.replaceAll(mask[0], mask[1]);
        }
        return result;
    }

    static String answer(String text) {
        String result = PAGE.matcher(text).replaceAll("{page $1}");
        Matcher names = OWN_NAMES.matcher(result);
        result = names.replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
        return masked(result, MASKS);
    }
}
