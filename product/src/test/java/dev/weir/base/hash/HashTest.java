package dev.weir.base.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {

    private static byte[] bytes(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Numbers that HAProxy 2.6's converters gave. */
    @ParameterizedTest
    @CsvFileSource(resources = "converters.csv")
    void agreesWithHaproxysConverters(String text, String sdbm, String djb2, String wt6, String crc32, String crc32c,
            String xxh32, String xxh64, String sdbmAvalanche) {
        byte[] b = bytes(text);
        assertEquals(sdbm, Integer.toUnsignedString(Hash32.sdbm(b, 0, b.length)));
        assertEquals(djb2, Integer.toUnsignedString(Hash32.djb2(b, 0, b.length)));
        assertEquals(wt6, Integer.toUnsignedString(Hash32.wt6(b, 0, b.length)));
        assertEquals(crc32, Integer.toUnsignedString(Hash32.crc32(b, 0, b.length)));
        assertEquals(crc32c, Integer.toUnsignedString(Hash32.crc32c(b, 0, b.length)));
        assertEquals(xxh32, Integer.toUnsignedString(Hash32.xxh32(b, 0, b.length, 0)));
        assertEquals(xxh64, Long.toString(Hash64.xxh64(b, 0, b.length, 0)));
        assertEquals(sdbmAvalanche, Integer.toUnsignedString(Hash32.avalanche(Hash32.sdbm(b, 0, b.length))));
    }

    /** From the reference implementation of XXH. */
    @ParameterizedTest
    @CsvSource({"'', 02cc5d05, ef46db3751d8e999", "a, 550d7456, d24ec4f1a98c6e5b", "abc, 32d153ff, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, e2293b2f, fbcea83c8a378bf1"})
    void agreesWithTheReference(String text, String h32, String h64) {
        byte[] b = bytes(text);
        assertEquals(Integer.parseUnsignedInt(h32, 16), Hash32.xxh32(b, 0, b.length, 0));
        assertEquals(Long.parseUnsignedLong(h64, 16), Hash64.xxh64(b, 0, b.length, 0));
    }

    @Test
    void crcsAgreeWithTheJdkAnywhereInAnArray() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] data = new byte[random.nextInt(100) + 10];
            random.nextBytes(data);
            CRC32 crc = new CRC32();
            crc.update(data, 5, data.length - 7);
            CRC32C crcc = new CRC32C();
            crcc.update(data, 5, data.length - 7);
            assertEquals((int) crc.getValue(), Hash32.crc32(data, 5, data.length - 7));
            assertEquals((int) crcc.getValue(), Hash32.crc32c(data, 5, data.length - 7));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "12, 12", "12x3, 12", "x, 0", "4294967295, 4294967295"})
    void readsDecimals(String text, String value) {
        assertEquals(value, Integer.toUnsignedString(Hash32.decimal(bytes(text), 0, bytes(text).length)));
    }
}
