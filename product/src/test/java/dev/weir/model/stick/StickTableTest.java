package dev.weir.model.stick;

import static dev.weir.model.stick.TestTables.key;
import static dev.weir.model.stick.TestTables.number;
import static dev.weir.model.stick.TestTables.refusing;
import static dev.weir.model.stick.TestTables.shared;
import static dev.weir.model.stick.TestTables.spec;
import static dev.weir.model.stick.TestTables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.model.value.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables by one thread, with a clock that is turned by hand. */
class StickTableTest {

    private static final long NOW = 5_000_000;

    /** What HAProxy 2.6 shows as the key after the value was tracked; nothing where it was not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "STRING|0|a|a", "STRING|5|abcdefgh|abcde", "STRING|0|''|''", "STRING|5|1.2.3.4|1.2.3",
        "STRING|0|abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP|abcdefghijklmnopqrstuvwxyzABCDE",
        "STRING|40|abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP|abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN",
        "INTEGER|0|5|5", "INTEGER|0|-1|4294967295", "INTEGER|0|4294967297|1", "INTEGER|0|99999999999|1215752191",
        "INTEGER|0|abcdefgh|0", "INTEGER|0|''|-", "INTEGER|0|1.2.3.4|1",
        "IPV4|0|1.2.3.4|1.2.3.4", "IPV4|0|::1|-", "IPV4|0|a|-",
        "IPV6|0|::1|::1", "IPV6|0|::ffff:1.2.3.5|::ffff:1.2.3.5", "IPV6|0|a|-",
        "BINARY|6|a|610000000000", "BINARY|6|abcdefgh|616263646566", "BINARY|6|''|000000000000"})
    void castsKeysAsHaproxyDoes(KeyType type, int length, String given, String shown) {
        StickTable table = table(spec("t", type, length, 100, 0, "gpc0"));
        Sample key = key(table, given);
        if (shown == null) {
            assertNull(key);
            return;
        }
        table.unpin(table.pin(key, NOW), NOW);
        StickEntry entry = new StickEntry();
        assertTrue(table.look(key(table, given), entry, NOW));
        assertEquals(shown, type == KeyType.BINARY ? hex(entry.key()) : entry.key().toString());
        TableValidator.check(table);
    }

    private static String hex(Sample key) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            text.append(Character.forDigit(key.byteAt(i) >> 4 & 15, 16)).append(Character.forDigit(key.byteAt(i) & 15, 16));
        }
        return text.toString().toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void givenPaddingIsPadding() {
        StickTable table = table(spec("t", KeyType.BINARY, 20, 100, 0, "gpc0"));
        table.unpin(table.pin(key(table, "ab"), NOW), NOW);
        assertTrue(table.has(key(table, "ab\0\0\0\0\0\0\0\0\0\0"), NOW));
        assertFalse(table.has(key(table, "ab\0\0\0\0\0\0\0\0\0c"), NOW));
        StickTable texts = table(spec("t", KeyType.STRING, 20, 100, 0, "gpc0"));
        texts.unpin(texts.pin(key(texts, "ab"), NOW), NOW);
        assertFalse(texts.has(key(texts, "ab\0"), NOW));
    }

    @Test
    void aRateIsWhatFallsIntoOnePeriod() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 100, 0, "conn_rate(,1000)"));
        long entry = table.pin(number(1), NOW);
        for (int i = 0; i < 10; i++) {
            table.count(entry, DataType.CONN_CNT, 0, 1, NOW + i * 100);
        }
        assertEquals(10, table.readPinned(entry, DataType.CONN_RATE, 0, NOW + 900));
        assertEquals(5, table.readPinned(entry, DataType.CONN_RATE, 0, NOW + 1500));
        assertEquals(0, table.readPinned(entry, DataType.CONN_RATE, 0, NOW + 2001));
        table.set(entry, DataType.CONN_RATE, 0, 40, NOW + 5000);
        assertEquals(40, table.readPinned(entry, DataType.CONN_RATE, 0, NOW + 5000));
        assertEquals(20, table.readPinned(entry, DataType.CONN_RATE, 0, NOW + 5500));
        table.unpin(entry, NOW + 5000);
        TableValidator.check(table);
    }

    @Test
    void oldNamesMeanTheFirstElements() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 100, 0, "gpc(3) gpc_rate(1,1000) gpt(2)"));
        long entry = table.pin(number(1), NOW);
        assertEquals(1, table.count(entry, DataType.GPC0, 0, 1, NOW));
        assertEquals(2, table.count(entry, DataType.GPC, 0, 1, NOW));
        assertEquals(7, table.count(entry, DataType.GPC1, 0, 7, NOW));
        assertEquals(7, table.readPinned(entry, DataType.GPC, 1, NOW));
        assertEquals(2, table.readPinned(entry, DataType.GPC0_RATE, 0, NOW));
        assertEquals(StickTable.NOT_STORED, table.readPinned(entry, DataType.GPC1_RATE, 0, NOW));
        assertEquals(StickTable.NOT_STORED, table.readPinned(entry, DataType.GPC, 3, NOW));
        assertEquals(0, table.set(entry, DataType.GPT0, 0, 1L << 32 | 9, NOW));
        assertEquals(9, table.readPinned(entry, DataType.GPT, 0, NOW));
        assertEquals(0, table.count(entry, DataType.CONN_CNT, 0, 1, NOW));
        assertEquals(StickTable.NOT_STORED, table.set(entry, DataType.SERVER_ID, 0, 1, NOW));
        table.unpin(entry, NOW);
    }

    @Test
    void ratesOfBytesCountInBlocks() {
        StickTableSpec s = spec("t", KeyType.INTEGER, 0, 100, 0, "bytes_in_rate(,1000) bytes_in_cnt");
        StickTable table = table(new StickTableSpec(s.name(), s.keyType(), s.keyLength(), s.size(), 0, false, false,
                s.stored(), null, null, s.serverKey(), 1024, null));
        long entry = table.pin(number(1), NOW);
        table.count(entry, DataType.BYTES_IN_CNT, 0, 10L << 30, NOW);
        assertEquals(10L << 30, table.readPinned(entry, DataType.BYTES_IN_CNT, 0, NOW));
        assertEquals(10L << 30, table.readPinned(entry, DataType.BYTES_IN_RATE, 0, NOW));
        table.unpin(entry, NOW);
    }

    @Test
    void anEntryLivesFromItsLastUse() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 100, 10_000, "gpc0"));
        table.unpin(table.pin(number(1), NOW), NOW);
        assertEquals(10_000, table.expiresInMs(number(1), NOW));
        assertTrue(table.has(number(1), NOW + 9_999));
        assertFalse(table.has(number(1), NOW + 10_000));
        long entry = table.pin(number(2), NOW);
        table.unpin(entry, NOW + 5_000);
        // reading does not prolong a life
        assertEquals(0, table.read(number(2), DataType.GPC0, 0, NOW + 9_000));
        assertEquals(6_000, table.expiresInMs(number(2), NOW + 9_000));
        assertFalse(table.has(number(2), NOW + 15_000));
        assertEquals(2, table.used());
        table.sweep(NOW + 16_000, 100);
        assertEquals(0, table.used());
        TableValidator.check(table);
    }

    @Test
    void whatIsInUseNeverExpires() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 100, 1000, "gpc0"));
        long entry = table.pin(number(1), NOW);
        table.sweep(NOW + 100_000, 100);
        assertTrue(table.has(number(1), NOW + 100_000));
        assertFalse(table.remove(entry));
        TableValidator.check(table, 1);
        table.unpin(entry, NOW + 100_000);
        assertEquals(1000, table.expiresInMs(number(1), NOW + 100_000));
        table.sweep(NOW + 102_000, 100);
        assertEquals(0, table.used());
        TableValidator.check(table);
    }

    @Test
    void aTableThatSleptIsSweptAnew() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 1000, 1000, "gpc0"));
        for (int i = 0; i < 300; i++) {
            table.unpin(table.pin(number(i), NOW + i), NOW + i);
        }
        long later = NOW + 10_000_000;
        table.unpin(table.pin(number(7), later), later);
        for (int i = 0; i < 20; i++) {
            table.sweep(later + 1, 50);
            TableValidator.check(table);
        }
        assertEquals(1, table.used());
        assertTrue(table.has(number(7), later + 999));
    }

    @Test
    void aFullTableForgetsTheOldest() {
        for (int expire : new int[] {0, 60_000}) {
            StickTable table = table(spec("t", KeyType.INTEGER, 0, 3, expire, "gpc0"));
            for (int i = 1; i <= 3; i++) {
                table.unpin(table.pin(number(i), NOW + i), NOW + i);
            }
            // 1 is used again, so 2 is the oldest; 3 is in use
            table.unpin(table.pin(number(1), NOW + 4), NOW + 4);
            long pinned = table.pin(number(3), NOW + 5);
            table.unpin(table.pin(number(4), NOW + 6), NOW + 6);
            assertFalse(table.has(number(2), NOW + 6));
            table.unpin(table.pin(number(5), NOW + 7), NOW + 7);
            assertFalse(table.has(number(1), NOW + 7));
            long other = table.pin(number(4), NOW + 8);
            long third = table.pin(number(5), NOW + 8);
            assertEquals(StickTable.NONE, table.pin(number(6), NOW + 9));
            TableValidator.check(table, 3);
            for (long entry : new long[] {pinned, other, third}) {
                table.unpin(entry, NOW + 10);
            }
            assertNotEquals(StickTable.NONE, table.pin(number(6), NOW + 11));
            TableValidator.check(table, 1);
        }
    }

    @Test
    void aTableMayRefuse() {
        StickTable table = table(refusing(spec("t", KeyType.INTEGER, 0, 2, 1000, "gpc0")));
        table.unpin(table.pin(number(1), NOW), NOW);
        table.unpin(table.pin(number(2), NOW), NOW);
        assertEquals(StickTable.NONE, table.pin(number(3), NOW + 500));
        assertNotEquals(StickTable.NONE, table.pin(number(3), NOW + 1100));
        TableValidator.check(table, 1);
    }

    @Test
    void aNumberOfAnEntryDoesNotMeanTheNextOne() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 2, 0, "gpc0"));
        StickEntry entry = new StickEntry();
        table.unpin(table.pin(number(1), NOW), NOW);
        assertTrue(table.look(number(1), entry, NOW));
        long number = entry.number();
        assertTrue(table.remove(number));
        table.unpin(table.pin(number(2), NOW), NOW);
        assertFalse(table.look(number, entry, NOW));
        assertFalse(table.remove(number));
        assertFalse(table.remove(-1));
        assertFalse(table.remove(Long.MAX_VALUE));
        TableValidator.check(table);
    }

    @Test
    void aWalkSeesEveryEntryInBoundedSteps() {
        StickTable table = table(spec("t", KeyType.INTEGER, 0, 100_000, 60_000, "gpc0"));
        for (int i = 0; i < 5000; i++) {
            table.unpin(table.pin(number(i), NOW), NOW);
        }
        TreeSet<Long> seen = new TreeSet<>();
        StickEntry entry = new StickEntry();
        for (long place = 0; place != StickTable.NONE; ) {
            place = table.next(place, 10, entry, NOW);
            if (!entry.isEmpty()) {
                assertTrue(seen.add(entry.key().number()));
            }
        }
        assertEquals(5000, seen.size());
        TableValidator.check(table);
    }

    @Test
    void changesAreSeenOnceInTheirOrder() {
        StickTable table = table(shared(spec("t", KeyType.INTEGER, 0, 100, 0, "gpc0")));
        Random random = new Random(3);
        long place = 0;
        StickEntry entry = new StickEntry();
        for (int round = 0; round < 200; round++) {
            List<Long> last = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long key = random.nextInt(20);
                long pinned = table.pin(number(key), NOW);
                table.count(pinned, DataType.GPC0, 0, 1, NOW);
                table.unpinUnchanged(pinned, NOW);
                if (!last.contains(key)) {
                    last.add(key);
                }
            }
            long learned = table.pin(number(50), NOW);
            table.unpinLearned(learned, 5, NOW);
            List<Long> seen = new ArrayList<>();
            for (place = table.nextChange(0, place, entry, NOW); !entry.isEmpty();
                    place = table.nextChange(0, place, entry, NOW)) {
                seen.add(entry.key().number());
            }
            assertEquals(last, seen);
            table.releaseChanges(0, place);
        }
        TableValidator.check(table);
    }

    @Test
    void aReloadKeepsWhatFits() {
        StickTables tables = new StickTables();
        StickTable first = tables.keep(spec("t", KeyType.INTEGER, 0, 100, 10_000, "gpc0 conn_rate(,1000)"), NOW);
        long entry = first.pin(number(1), NOW);
        first.count(entry, DataType.GPC0, 0, 5, NOW);
        first.unpin(entry, NOW);
        StickTable same = tables.keep(spec("t", KeyType.INTEGER, 0, 200, 20_000, "gpc0 conn_rate(,1000)"), NOW);
        assertEquals(first, same);
        StickTable more = tables.keep(spec("t", KeyType.INTEGER, 0, 200, 20_000, "gpc0 gpt0"), NOW);
        assertEquals(5, more.read(number(1), DataType.GPC0, 0, NOW));
        assertEquals(StickTable.NOT_STORED, more.read(number(1), DataType.CONN_RATE, 0, NOW));
        assertEquals(10_000, more.expiresInMs(number(1), NOW));
        StickTable other = tables.keep(spec("t", KeyType.IPV6, 0, 200, 20_000, "gpc0 gpt0"), NOW);
        assertEquals(0, other.used());
        TableValidator.check(more);
    }

    /** Whatever is done at whatever time, the table is whole and answers as a plain map does. */
    @Test
    void agreesWithAMap() {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            int expire = random.nextBoolean() ? 0 : 1 + random.nextInt(5000);
            StickTable table = table(spec("t", KeyType.INTEGER, 0, 1_000_000, expire, "gpc0"));
            long[] counts = new long[200];
            long[] lastUse = new long[200];
            long now = NOW;
            for (int step = 0; step < 2000; step++) {
                now += random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(50);
                int key = random.nextInt(200);
                boolean lives = lastUse[key] > 0 && (expire == 0 || now < lastUse[key] + expire);
                assertEquals(lives ? counts[key] : -1, table.read(number(key), DataType.GPC0, 0, now));
                if (random.nextBoolean()) {
                    long entry = table.pin(number(key), now);
                    counts[key] = (lives ? counts[key] : 0) + 1;
                    lastUse[key] = now;
                    assertEquals(counts[key], table.count(entry, DataType.GPC0, 0, 1, now));
                    table.unpin(entry, now);
                } else if (random.nextInt(10) == 0) {
                    table.sweep(now, random.nextInt(20));
                }
            }
            TableValidator.check(table);
        }
    }
}
