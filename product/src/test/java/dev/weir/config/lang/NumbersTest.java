package dev.weir.config.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"5, 5", "0, 0", "5s, 5000", "1m, 60000", "1h, 3600000", "24d, 2073600000", "7ms, 7", "1us, 1",
        "1001us, 2", "2147483647, 2147483647", "2147483648, over", "25d, over", "99999999999999999999, over",
        "99999999999999999999d, over", "'', empty", "x, 'x'", "5x, 'x'", "0.5s, '.'", "-1, '-'", "5sx, 'x'",
        "1h3m, '3'", "5us5, '5'", "5u, 'u'"})
    void readsTimes(String text, String expected) {
        assertEquals(expected, show(text, Numbers.millis(text)));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "1k, 1024", "1K, 1024", "2M, 2097152", "3g, 3221225472", "1x, 'x'", "1kb, 'b'", "'', empty",
        "-1, '-'", "99999999999999999999g, over"})
    void readsSizes(String text, String expected) {
        assertEquals(expected, show(text, Numbers.size(text)));
    }

    private static String show(String text, long result) {
        if (result >= 0) {
            return Long.toString(result);
        }
        return result == Numbers.OVERFLOW ? "over" : result == Numbers.EMPTY ? "empty"
                : String.valueOf(Numbers.culprit(text, result));
    }

    /** The pairs that HAProxy 2.6 suggests. */
    @ParameterizedTest
    @CsvSource({"bindd, bind", "foo, tfo", "chek, check", "accept-prox, accept-proxy", "ss, ssl", "label, level",
        "zzz, ''"})
    void suggestsTheNearestWord(String wrong, String right) {
        NearestWord nearest = new NearestWord(wrong).among(
                java.util.List.of("bind", "tfo", "check", "accept-proxy", "ssl", "level", "maxconn", "backlog"));
        assertEquals(right.isEmpty() ? null : right, nearest.found());
    }
}
