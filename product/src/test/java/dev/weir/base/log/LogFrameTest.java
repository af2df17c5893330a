package dev.weir.base.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.base.address.Address;
import dev.weir.base.address.IpText;
import dev.weir.base.text.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFrameTest {

    /** 21 November 2026, 09:09:37.209041 UTC. */
    private static final long MICROS = 1_795_252_177_209_041L;

    private static LogSpec spec(LogSpec.Target target, LogFraming framing, int maxLevel, int minLevel, int length) {
        return new LogSpec(target, Address.NONE, null, framing, 17, maxLevel, minLevel, length, List.of(), 0,
                Place.BUILT_IN);
    }

    private static LogLine line(String text) {
        return new LogLine().put(text);
    }

    private static String text(LogLine line) {
        return new String(line.array(), 0, line.length(), StandardCharsets.ISO_8859_1);
    }

    private static LogHeader header(LogFraming framing, String host) {
        return new LogHeader(framing, 17, host, "haproxy", 14717, new LogClock(ZoneId.of("UTC")));
    }

    /** The same lines from HAProxy 2.6 with {@code log-send-hostname myhost}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LOCAL|<142>Nov 21 09:09:37 haproxy[14717]: msg", "RFC3164|<142>Nov 21 09:09:37 myhost haproxy[14717]: msg",
        "RFC5424|<142>1 2026-11-21T09:09:37.209041+00:00 myhost haproxy 14717 - - msg", "PRIORITY|<142>msg",
        "SHORT|<6>msg", "TIMED|<6>2026-11-21T09:09:37.209041+00:00 msg", "ISO|2026-11-21T09:09:37.209041+00:00 msg",
        "RAW|msg"})
    void writesHaproxysHeaders(LogFraming framing, String expected) {
        LogLine out = new LogLine();
        LogFrame frame = new LogFrame(spec(LogSpec.Target.UDP, framing, 7, 0, 1024), header(framing, "myhost"),
                new LogSample(List.of(), 0));
        assertTrue(frame.frame(out, 6, line("msg"), null, MICROS));
        assertEquals(expected + "\n", text(out));
    }

    @Test
    void leavesOutTheHostAndCarriesStructuredData() {
        LogLine out = new LogLine();
        header(LogFraming.RFC3164, null).put(out, 6, MICROS, null);
        assertEquals("<142>Nov 21 09:09:37 haproxy[14717]: ", text(out));
        out.clear();
        header(LogFraming.RFC5424, null).put(out, 0, MICROS, line("[ex@1 a=\"g9\"]"));
        assertEquals("<136>1 2026-11-21T09:09:37.209041+00:00 - haproxy 14717 - [ex@1 a=\"g9\"] ", text(out));
    }

    @ParameterizedTest
    @CsvSource({"UDP, 80, 81", "UNIX_DATAGRAM, 80, 81", "DESCRIPTOR, 80, 80", "UDP, 65535, 65535"})
    void cutsAtTheLengthAndEndsTheLine(LogSpec.Target target, int length, int expected) {
        LogLine out = new LogLine();
        LogFrame frame = new LogFrame(spec(target, LogFraming.RAW, 7, 0, length), header(LogFraming.RAW, null),
                new LogSample(List.of(), 0));
        frame.frame(out, 6, line("x".repeat(70_000)), null, MICROS);
        assertEquals(expected, out.length());
        assertEquals('\n', out.array()[out.length() - 1]);
    }

    @Test
    void filtersAndCapsLevels() {
        LogLine out = new LogLine();
        LogFrame frame = new LogFrame(spec(LogSpec.Target.UDP, LogFraming.SHORT, 5, 2, 1024),
                header(LogFraming.SHORT, null), new LogSample(List.of(), 0));
        assertFalse(frame.frame(out, 6, line("m"), null, 0));
        assertTrue(frame.frame(out, 5, line("m"), null, 0));
        assertEquals("<5>m\n", text(out));
        assertTrue(frame.frame(out, LogLevel.EMERG.ordinal(), line("m"), null, 0));
        assertEquals("<2>m\n", text(out));
    }

    @Test
    void samplesOverTheWholeProcess() throws InterruptedException {
        LogSample sample = new LogSample(List.of(new int[] {1, 1}, new int[] {3, 4}), 5);
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            taken.append(sample.take() ? 'x' : '.');
        }
        assertEquals("x.xx.x.xx.", taken.toString());
        AtomicInteger sent = new AtomicInteger();
        Thread[] threads = new Thread[3];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5000; i++) {
                    sent.addAndGet(sample.take() ? 1 : 0);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(9000, sent.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"})
    void agreesWithTheJdkOnDates(String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        LogClock clock = new LogClock(zone);
        Random random = new Random(7);
        String[] patterns = {"MMM ppd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx", "dd/MMM/yyyy:HH:mm:ss.SSS",
            "dd/MMM/yyyy:HH:mm:ss xx"};
        for (int i = 0; i < 3000; i++) {
            long micros = (long) (random.nextDouble() * 4_102_444_800_000_000L);
            ZonedDateTime date = Instant.EPOCH.plusNanos(0).plus(micros, java.time.temporal.ChronoUnit.MICROS).atZone(zone);
            for (int form = 0; form < patterns.length; form++) {
                LogLine out = new LogLine();
                switch (form) {
                    case 0 -> clock.putSyslog(out, micros);
                    case 1 -> clock.putIso(out, micros);
                    case 2 -> clock.putMillis(out, micros);
                    default -> clock.putWithZone(out, micros, true);
                }
                assertEquals(DateTimeFormatter.ofPattern(patterns[form], Locale.US).format(date), text(out));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "7, 7, 7", "-1, -1, FFFFFFFFFFFFFFFF", "9223372036854775807, 9223372036854775807, 7FFFFFFFFFFFFFFF",
        "-9223372036854775808, -9223372036854775808, 8000000000000000", "1000, 1000, 3E8", "16, 16, 10"})
    void writesNumbers(long value, String decimal, String hex) {
        assertEquals(decimal, text(new LogLine().putNumber(value)));
        assertEquals(hex, text(new LogLine().putHex(value, 1)));
    }

    @Test
    void padsAndNeverGrowsBeyondTheLimit() {
        assertEquals("007 07 123 0", text(new LogLine().putPadded(7, 3).put(' ').putPadded(7, 2).put(' ')
                .putPadded(123, 2).put(' ').putPadded(0, 1)));
        assertEquals("00000000000000000F", text(new LogLine().putHex(15, 18)));
        LogLine full = line("x".repeat(100_000)).put("more").put(1).putNumber(5).putHost(IpText.parse("::1"));
        assertEquals(LogLine.LIMIT, full.length());
    }
}
