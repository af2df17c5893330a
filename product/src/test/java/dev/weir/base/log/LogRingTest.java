package dev.weir.base.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogRingTest {

    private final LogLine line = new LogLine();

    private static boolean add(LogRing ring, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ring.add(bytes, bytes.length);
    }

    private String text() {
        return new String(line.array(), 0, line.length(), StandardCharsets.US_ASCII);
    }

    @Test
    void theOldestGivesWay() {
        LogRing ring = new LogRing(64, false);
        for (int i = 0; i < 20; i++) {
            assertTrue(add(ring, "message " + i));
        }
        StringBuilder seen = new StringBuilder();
        for (long at = ring.read(0, line); at >= 0; at = ring.read(at, line)) {
            seen.append(text()).append(';');
        }
        assertEquals("message 16;message 17;message 18;message 19;", seen.toString());
    }

    @Test
    void whatIsNotTakenYetStays() {
        LogRing ring = new LogRing(64, true);
        int kept = 0;
        while (add(ring, "0123456789")) {
            kept++;
        }
        assertEquals(4, kept);
        assertTrue(ring.take(line));
        assertEquals("0123456789", text());
        assertTrue(add(ring, "abc"));
        assertFalse(add(ring, "x".repeat(61)));
    }

    @Test
    void givesBackWhatItTook() {
        LogRing ring = new LogRing(512, true);
        ArrayDeque<String> expected = new ArrayDeque<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = "m".repeat(random.nextInt(120)) + i;
            if (random.nextBoolean() && add(ring, text)) {
                expected.add(text);
            } else if (ring.take(line)) {
                assertEquals(expected.poll(), text());
            } else {
                assertTrue(expected.isEmpty());
            }
        }
    }
}
