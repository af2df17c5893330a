package dev.weir.wire.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages through parser, body reader and writer, against what HAProxy 2.6 was seen to do with them. */
class H1CodecTest {

    /** Runs one row's input in pieces of these sizes, in any of the two ways of giving input. */
    private interface Run {
        String run(int[] sizes, boolean lettingGo);
    }

    static List<H1Rows> requests() throws IOException {
        List<H1Rows> rows = new ArrayList<>(H1Rows.of("requests.txt", false));
        rows.addAll(H1Rows.of("smuggling.txt", false));
        return rows;
    }

    static List<H1Rows> responses() throws IOException {
        return H1Rows.of("responses.txt", true);
    }

    static Stream<H1Rows> all() throws IOException {
        return Stream.concat(requests().stream(), responses().stream());
    }

    private static Run of(H1Rows row, byte[] input, H1Limits limits) {
        if (row.kind().isEmpty()) {
            return (sizes, letGo) -> H1Forward.requests(input, limits, sizes, letGo);
        }
        String[] kind = row.kind().split(" ");
        String asking = H1OracleRecorder.ASKING.get(kind[0]);
        return (sizes, letGo) -> H1Forward.responses(asking, input, kind.length > 1, limits, sizes, letGo);
    }

    /** A message that is not whole leaves the connection's state open, and a bad gateway is our own connection's matter. */
    private static void assertWanted(String wanted, String found) {
        if (found.endsWith("wait") || found.equals("502")) {
            assertEquals(wanted.substring(0, Math.max(0, wanted.lastIndexOf(' '))).trim(),
                    found.replaceAll(" ?wait$", "").trim());
        } else {
            assertEquals(wanted, found);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void doesAsHaproxyDoes(H1Rows row) {
        String found = of(row, row.input(), H1Forward.LIMITS).run(H1Forward.whole(), false);
        if (row.reason() == null) {
            assertWanted(row.wanted(), found);
        } else {
            assertEquals(row.wanted(), found, row.reason());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsTheSameInPieces(H1Rows row) {
        assertSame(of(row, row.input(), H1Forward.LIMITS), new Random(row.input().length));
    }

    private static void assertSame(Run run, Random random) {
        String whole = run.run(H1Forward.whole(), false);
        assertEquals(whole, run.run(H1Forward.bytes(), true));
        assertEquals(whole, run.run(H1Forward.bytes(), false));
        assertEquals(whole, run.run(H1Forward.random(random), true));
    }

    /** What went out, read by another proxy, must be the same requests, no more and no fewer. */
    @ParameterizedTest
    @MethodSource("requests")
    void noTwoProxiesSeeDifferentRequests(H1Rows row) {
        for (boolean lenient : new boolean[] {false, true}) {
            assertUnambiguous(row.input(), new H1Limits(15360, 101, lenient));
        }
    }

    private static void assertUnambiguous(byte[] input, H1Limits limits) {
        byte[] sent = H1Forward.wire(input, limits);
        String first = H1Forward.requests(input, limits, H1Forward.whole(), false);
        // the reader behind us needs room for the header that we may add
        H1Limits roomier = new H1Limits(limits.maxHead() + 100, limits.maxHeaders() + 1, limits.lenient());
        String second = H1Forward.requests(sent, roomier, H1Forward.whole(), false);
        if (second.endsWith(" + keep") || second.endsWith(" + close")) {
            String messages = second.substring(0, second.lastIndexOf(" + "));
            assertTrue(first.startsWith(messages), () -> first + " became " + second);
        } else {
            assertEquals(0, sent.length, () -> first + " became " + second);
        }
    }

    @Test
    void survivesMutationsAndPiecesAgree() throws IOException {
        fuzz(1, 10_000);
    }

    static void fuzz(long seed, int rounds) throws IOException {
        List<H1Rows> rows = all().filter(r -> r.input().length < 1000).toList();
        H1Limits[] limits = {H1Forward.LIMITS, new H1Limits(200, 8, true)};
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            H1Rows row = rows.get(random.nextInt(rows.size()));
            byte[] input = H1Mutation.of(row.input(), random);
            H1Limits some = limits[random.nextInt(limits.length)];
            assertSame(of(row, input, some), random);
            if (row.kind().isEmpty() && !some.lenient()) {
                assertUnambiguous(input, some);
            }
        }
    }

    @Test
    void hasEnoughRecordedRows() throws IOException {
        assertTrue(requests().size() >= 300 && responses().size() >= 140);
    }
}
