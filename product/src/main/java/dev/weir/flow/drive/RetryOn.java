package dev.weir.flow.drive;

import java.util.Arrays;
import java.util.List;

/**
 * After what a request may be sent again ({@code retry-on}). Immutable.
 *
 * @param connection when the connection failed
 * @param empty when nothing came back
 * @param junk when what came back was no answer
 * @param timeout when no answer came in time
 * @param statuses which answers are worth another try, as numbers
 */
public record RetryOn(boolean connection, boolean empty, boolean junk, boolean timeout, int[] statuses) {

    private static final int[] ALL = {500, 502, 503, 504};

    public static final RetryOn CONNECTION = new RetryOn(true, false, false, false, new int[0]);

    /** Of the words of the line. */
    public static RetryOn of(List<String> words) {
        boolean all = words.contains("all-retryable-errors");
        int[] statuses = new int[words.size() + ALL.length];
        int count = 0;
        for (String word : words) {
            if (Character.isDigit(word.charAt(0)) && word.length() == 3) {
                statuses[count++] = Integer.parseInt(word);
            }
        }
        for (int i = 0; all && i < ALL.length; i++) {
            statuses[count++] = ALL[i];
        }
        statuses = Arrays.copyOf(statuses, count);
        return new RetryOn(all || words.contains("conn-failure"), all || words.contains("empty-response"),
                all || words.contains("junk-response"), all || words.contains("response-timeout"), statuses);
    }

    /** Whether requests must be kept until they are answered. */
    boolean keepsRequests() {
        return empty || junk || timeout || statuses.length > 0;
    }

    boolean covers(int status) {
        for (int each : statuses) {
            if (each == status) {
                return true;
            }
        }
        return false;
    }
}
