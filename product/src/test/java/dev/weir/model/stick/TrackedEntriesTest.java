package dev.weir.model.stick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.model.value.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sessions and exchanges count, as HAProxy 2.6 showed it after the same traffic. */
class TrackedEntriesTest {

    private static final long NOW = 7_000_000;
    private static final String ALL = "conn_cnt conn_cur conn_rate(,60000) sess_cnt sess_rate(,60000) http_req_cnt "
            + "http_req_rate(,60000) http_err_cnt http_fail_cnt bytes_in_cnt bytes_out_cnt glitch_cnt";

    private final StickTable table = TestTables.table(TestTables.spec("t", KeyType.INTEGER, 0, 100, 60_000, ALL));
    private final StatusCodes errors = StatusCodes.errors();
    private final StatusCodes failures = StatusCodes.failures();

    /** Sessions of one request each, but for the first, which has two. */
    private void traffic(String level) {
        session(level, 200, 200);
        session(level, 404);
        session(level, 500);
        TrackedEntries session = open(level);
        TrackedEntries exchange = begin(level, session);
        exchange.requestError(NOW);
        exchange.release(NOW);
        session.release(NOW);
    }

    private TrackedEntries open(String level) {
        TrackedEntries session = TrackedEntries.ofSession(3);
        if (level.equals("connection")) {
            assertTrue(session.track(0, table, TestTables.number(1), NOW));
        }
        session.sessionBegun(NOW);
        return session;
    }

    private TrackedEntries begin(String level, TrackedEntries session) {
        TrackedEntries exchange = session.ofExchange();
        exchange.requestBegun(NOW);
        if (level.equals("content")) {
            assertTrue(exchange.track(0, table, TestTables.number(1), NOW));
        }
        assertEquals(1, table.read(TestTables.number(1), DataType.CONN_CUR, 0, NOW));
        return exchange;
    }

    private void session(String level, int... statuses) {
        TrackedEntries session = open(level);
        for (int status : statuses) {
            TrackedEntries exchange = begin(level, session);
            exchange.bytesIn(83, NOW);
            exchange.answered(status, errors, failures, NOW);
            exchange.bytesOut(49, NOW);
            exchange.release(NOW);
        }
        session.release(NOW);
    }

    /** Two good requests on one connection, 404, 500, a denied one: asked of HAProxy at both levels. */
    @ParameterizedTest
    @CsvSource({"connection, conn_cnt=4 conn_cur=0 sess_cnt=4 http_req_cnt=5 http_err_cnt=2 http_fail_cnt=1",
        "content, conn_cnt=5 conn_cur=0 sess_cnt=0 http_req_cnt=5 http_err_cnt=2 http_fail_cnt=1"})
    void countsAsHaproxyDoes(String level, String expected) {
        traffic(level);
        for (String each : expected.split(" ")) {
            String[] pair = each.split("=");
            assertEquals(Long.parseLong(pair[1]),
                    table.read(TestTables.number(1), DataType.named(pair[0]), 0, NOW), each);
        }
        assertEquals(4 * 83, table.read(TestTables.number(1), DataType.BYTES_IN_CNT, 0, NOW));
        assertEquals(table.read(TestTables.number(1), DataType.CONN_CNT, 0, NOW),
                table.read(TestTables.number(1), DataType.CONN_RATE, 0, NOW));
        TableValidator.check(table);
    }

    @Test
    void theFirstOfANumberStaysTheSessionsToo() {
        TrackedEntries session = TrackedEntries.ofSession(2);
        assertTrue(session.track(0, table, TestTables.number(1), NOW));
        assertTrue(session.track(0, table, TestTables.number(2), NOW));
        TrackedEntries exchange = session.ofExchange();
        assertTrue(exchange.isTracked(0));
        assertFalse(exchange.isTracked(1));
        assertTrue(exchange.track(0, table, TestTables.number(3), NOW));
        assertTrue(exchange.track(1, table, TestTables.number(3), NOW));
        exchange.glitches(2, NOW);
        assertEquals(2, table.read(TestTables.number(1), DataType.GLITCH_CNT, 0, NOW));
        assertEquals(2, table.read(TestTables.number(3), DataType.GLITCH_CNT, 0, NOW));
        Sample key = new Sample();
        assertTrue(exchange.key(0, key, null));
        assertEquals(1, key.number());
        assertTrue(exchange.key(1, key, null));
        assertEquals(3, key.number());
        TableValidator.check(table, 2);
        exchange.release(NOW);
        assertTrue(exchange.key(0, key, null));
        assertEquals(1, key.number());
        assertEquals(StickTable.NO_ENTRY, table.read(TestTables.number(2), DataType.CONN_CNT, 0, NOW));
        assertFalse(exchange.track(2, table, TestTables.number(4), NOW));
        assertFalse(exchange.isTracked(-1));
        session.release(NOW);
        TableValidator.check(table);
    }

    @Test
    void aConnectionCounterSetByHandNeverFallsBelowZero() {
        TrackedEntries session = TrackedEntries.ofSession(1);
        session.track(0, table, TestTables.number(1), NOW);
        table.set(session.entry(0), DataType.CONN_CUR, 0, 0, NOW);
        session.release(NOW);
        assertEquals(0, table.read(TestTables.number(1), DataType.CONN_CUR, 0, NOW));
    }

    /** The examples of the manual (configuration.txt 3.1, http-err-codes). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400,402-444,446-480,490|400 402 444 446 480 490|401 445 481 499 500",
        "400-499 -450 +500|400 449 451 499 500|450 501", "-450-459|400 449 460 499|450 459",
        "+501,505|400 499 501 505|500 502"})
    void readsSetsOfStatusCodes(String words, String in, String out) {
        StatusCodes codes = StatusCodes.errors();
        for (String word : words.split(" ")) {
            assertTrue(codes.apply(word));
        }
        for (String code : in.split(" ")) {
            assertTrue(codes.has(Integer.parseInt(code)), code);
        }
        for (String code : out.split(" ")) {
            assertFalse(codes.has(Integer.parseInt(code)), code);
        }
    }

    @ParameterizedTest
    @CsvSource(value = {"''", "+", "-", "99", "600", "400-", "500-400", "a", "'400,'", "4000", "'400 401'"})
    void refusesWhatIsNoSet(String word) {
        StatusCodes codes = StatusCodes.errors();
        assertFalse(codes.apply(word));
        assertTrue(codes.has(404));
    }
}
