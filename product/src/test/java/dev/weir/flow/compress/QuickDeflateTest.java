package dev.weir.flow.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into {@link QuickDeflate} comes out of zlib. */
class QuickDeflateTest {

    private static final QuickDeflate ENGINE = new QuickDeflate();

    /** Kinds of bodies; the least and the most of its own length that compressing should leave, in percent. */
    enum Body {
        TEXT(15, 60), ZEROS(0, 2), NOISE(100, 101), HIGH(100, 101), FEW_SYMBOLS(20, 70);

        final int least;
        final int most;

        Body(int least, int most) {
            this.least = least;
            this.most = most;
        }

        byte[] bytes(int length, long seed) {
            Random random = new Random(seed);
            byte[] out = new byte[length];
            switch (this) {
                case NOISE -> random.nextBytes(out);
                case TEXT -> {
                    String[] words = "the body of an answer is <b>text</b> with words and, now and then, numbers 42 ".split(" ");
                    for (int i = 0; i < length;) {
                        for (byte each : (words[random.nextInt(words.length)] + " ").getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
                            if (i < length) {
                                out[i++] = each;
                            }
                        }
                    }
                }
                case HIGH, FEW_SYMBOLS -> {
                    for (int i = 0; i < length; i++) {
                        out[i] = (byte) (this == HIGH ? 128 + random.nextInt(128) : 'a' + random.nextInt(3));
                    }
                }
                default -> { }
            }
            return out;
        }
    }

    @Property(tries = 300)
    void comesOutAsItWentIn(@ForAll Body body, @ForAll @IntRange(max = 70_000) int length, @ForAll long seed) throws Exception {
        byte[] bytes = body.bytes(length, seed);
        assertArrayEquals(bytes, inflated(packed(bytes, new Random(seed), 40_000), length));
    }

    @Property(tries = 100)
    void tinyPiecesToo(@ForAll Body body, @ForAll @IntRange(max = 300) int length, @ForAll long seed) throws Exception {
        byte[] bytes = body.bytes(length, seed);
        assertArrayEquals(bytes, inflated(packed(bytes, new Random(seed), 20), length));
    }

    @ParameterizedTest
    @EnumSource
    void isAsSmallAsItShouldBe(Body body) {
        int percent = packed(body.bytes(32_000, 5), null, 32_000).length * 100 / 32_000;
        assertTrue(percent >= body.least && percent <= body.most, body + " became " + percent + " %");
    }

    /** Everything before a pause can be read. */
    @Property(tries = 100)
    void aPauseHoldsNothingBack(@ForAll Body body, @ForAll @IntRange(max = 9_000) int length, @ForAll long seed) throws Exception {
        byte[] bytes = body.bytes(length, seed);
        QuickDeflate.State state = new QuickDeflate.State();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.arraycopy(bytes, 0, ENGINE.in(), 0, length);
        out.write(ENGINE.out(), 0, ENGINE.piece(state, length));
        out.write(ENGINE.out(), 0, ENGINE.pause(state));
        Inflater inflater = new Inflater(true);
        inflater.setInput(out.toByteArray());
        byte[] read = new byte[length];
        assertEquals(length, inflater.inflate(read));
        assertArrayEquals(bytes, read);
    }

    private static byte[] packed(byte[] bytes, Random splits, int most) {
        QuickDeflate.State state = new QuickDeflate.State();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length;) {
            int count = Math.min(Math.min(QuickDeflate.PIECE, bytes.length - i), splits == null ? most : 1 + splits.nextInt(most));
            System.arraycopy(bytes, i, ENGINE.in(), 0, count);
            out.write(ENGINE.out(), 0, ENGINE.piece(state, count));
            if (splits != null && splits.nextInt(3) == 0) {
                out.write(ENGINE.out(), 0, ENGINE.pause(state));
            }
            i += count;
        }
        out.write(ENGINE.out(), 0, ENGINE.finish(state, false));
        return out.toByteArray();
    }

    private static byte[] inflated(byte[] packed, int length) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(packed);
        byte[] out = new byte[length + 1];
        int count = inflater.inflate(out);
        // the end of an empty body is seen by asking on
        assertEquals(0, count == length ? inflater.inflate(out, count, 1) : -1);
        assertTrue(inflater.finished(), "the end is missing");
        assertEquals(0, inflater.getRemaining());
        return java.util.Arrays.copyOf(out, count);
    }
}
