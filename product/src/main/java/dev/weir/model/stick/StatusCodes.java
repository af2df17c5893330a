package dev.weir.model.stick;

import java.util.BitSet;

/**
 * A set of status codes, as {@code http-err-codes} and {@code http-fail-codes} say it (configuration.txt 3.1). Immutable
 * once the configuration is read.
 */
public final class StatusCodes {

    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;

    private final BitSet codes = new BitSet(HIGHEST + 1);

    private StatusCodes() {}

    /** What the client is to blame for. */
    public static StatusCodes errors() {
        StatusCodes errors = new StatusCodes();
        errors.codes.set(400, 500);
        return errors;
    }

    /** What the server is to blame for; 501 and 505 are the client's doing. */
    public static StatusCodes failures() {
        StatusCodes failures = new StatusCodes();
        failures.codes.set(500, 600);
        failures.codes.clear(501);
        failures.codes.clear(505);
        return failures;
    }

    public boolean has(int status) {
        return codes.get(status);
    }

    /** Applies one word such as {@code 400-499}, {@code +501,505} or {@code -450}; false when it is none. */
    public boolean apply(String word) {
        boolean removes = word.startsWith("-");
        boolean relative = removes || word.startsWith("+");
        BitSet named = new BitSet(HIGHEST + 1);
        int at = relative ? 1 : 0;
        do {
            int comma = word.indexOf(',', at);
            int end = comma < 0 ? word.length() : comma;
            if (!range(word.substring(at, end), named)) {
                return false;
            }
            at = comma + 1;
        } while (at > 0);
        if (!relative) {
            codes.clear();
        }
        if (removes) {
            codes.andNot(named);
        } else {
            codes.or(named);
        }
        return true;
    }

    private static boolean range(String text, BitSet into) {
        int dash = text.indexOf('-');
        int from = code(dash < 0 ? text : text.substring(0, dash));
        int to = dash < 0 ? from : code(text.substring(dash + 1));
        if (from < 0 || to < from) {
            return false;
        }
        into.set(from, to + 1);
        return true;
    }

    private static int code(String text) {
        if (text.length() != 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value < LOWEST || value > HIGHEST ? -1 : value;
    }
}
