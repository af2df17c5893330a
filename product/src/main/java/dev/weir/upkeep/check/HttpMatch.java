package dev.weir.upkeep.check;

import dev.weir.flow.expr.HttpHead;
import dev.weir.model.pattern.Regex;
import java.nio.charset.StandardCharsets;

/** What an answer is judged by. */
public interface HttpMatch {

    Match.Found in(CheckContext context, HttpAnswer answer);

    /** Whether there must be a body. */
    default boolean needsBody() {
        return false;
    }

    /** One of the ranges, each two numbers. */
    static HttpMatch status(int[] ranges) {
        return (context, answer) -> {
            for (int i = 0; i < ranges.length; i += 2) {
                if (answer.status() >= ranges[i] && answer.status() <= ranges[i + 1]) {
                    return Match.Found.YES;
                }
            }
            return Match.Found.NO;
        };
    }

    static HttpMatch statusRegex(Regex regex) {
        return (context, answer) -> {
            byte[] status = Integer.toString(answer.status()).getBytes(StandardCharsets.US_ASCII);
            return regex.find(status, 0, status.length) ? Match.Found.YES : Match.Found.NO;
        };
    }

    static HttpMatch body(Match match) {
        return new HttpMatch() {
            @Override
            public Match.Found in(CheckContext context, HttpAnswer answer) {
                return match.in(context, answer.body().bytes(), answer.body().length());
            }

            @Override
            public boolean needsBody() {
                return true;
            }
        };
    }

    /**
     * A header whose name, and value unless that is null, matches.
     *
     * @param whole whether commas in a value separate nothing
     */
    static HttpMatch header(TextTest name, TextTest value, boolean whole) {
        return (context, answer) -> {
            HttpHead head = answer.head();
            TextTest.Wanted wantedName = name.now(context);
            TextTest.Wanted wantedValue = value == null ? null : value.now(context);
            int count = head.headers();
            for (int i = 0; i < count; i++) {
                if (wantedName.accepts(head.bytes(), head.nameAt(i), head.nameLength(i), true)
                        && (wantedValue == null || hasValue(head, i, wantedValue, whole))) {
                    return Match.Found.YES;
                }
            }
            return Match.Found.NO;
        };
    }

    private static boolean hasValue(HttpHead head, int index, TextTest.Wanted wanted, boolean whole) {
        byte[] bytes = head.bytes();
        int at = head.valueAt(index);
        int end = at + head.valueLength(index);
        if (whole) {
            return wanted.accepts(bytes, at, end - at, false);
        }
        while (at <= end) {
            int comma = at;
            while (comma < end && bytes[comma] != ',') {
                comma++;
            }
            int from = at;
            int to = comma;
            while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
                from++;
            }
            while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
                to--;
            }
            if (wanted.accepts(bytes, from, to - from, false)) {
                return true;
            }
            at = comma + 1;
        }
        return false;
    }
}
