package dev.weir.wire.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames: the same whatever the pieces in which they come, and what a reader must refuse by their form. */
class H2FrameReaderTest {

    /** Writes down what it is told. */
    private static final class Notes implements H2FrameSink {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder body = new StringBuilder();

        private H2Error note(String what) {
            text.append(text.isEmpty() ? "" : " ").append(what);
            return null;
        }

        @Override
        public H2Error dataBegun(int stream, int payload) {
            body.setLength(0);
            return null;
        }

        @Override
        public void data(int stream, ByteBuf piece) {
            body.append(piece.toString(StandardCharsets.ISO_8859_1));
            piece.release();
        }

        @Override
        public H2Error dataEnded(int stream, boolean last) {
            return note("data:" + stream + ":" + body + (last ? "." : ""));
        }

        @Override
        public H2Error headers(int stream, byte[] block, int from, int to, boolean last) {
            return note("headers:" + stream + ":" + HexFormat.of().formatHex(block, from, to) + (last ? "." : ""));
        }

        @Override
        public H2Error reset(int stream, H2Error code) {
            return note("reset:" + stream + ":" + code);
        }

        @Override
        public H2Error setting(int id, long value) {
            return note(id + "=" + value);
        }

        @Override
        public H2Error settings() {
            return note("settings");
        }

        @Override
        public H2Error settingsAcknowledged() {
            return note("ack");
        }

        @Override
        public H2Error ping(long opaque) {
            return note("ping:" + opaque);
        }

        @Override
        public H2Error goAway(int lastStream, H2Error code) {
            return note("goaway:" + lastStream + ":" + code);
        }

        @Override
        public H2Error windowUpdate(int stream, int increment) {
            return note("window:" + stream + ":" + increment);
        }

        @Override
        public H2Error ignored(int type, int stream) {
            return note("ignored:" + type);
        }
    }

    private static String read(byte[] bytes, int piece, Random splits) {
        Notes notes = new Notes();
        H2FrameReader reader = new H2FrameReader(notes, true, true, 16384, 4096, new byte[16384]);
        reader.read(Unpooled.copiedBuffer(H2Frames.PREFACE));
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, splits == null ? piece : 1 + splits.nextInt(20));
            ByteBuf part = Unpooled.copiedBuffer(bytes, at, count);
            reader.read(part);
            assertEquals(0, part.refCnt(), "what was given is let go of");
            at += count;
        }
        return notes.text + (reader.error() == null ? "" : (notes.text.isEmpty() ? "!" : " !") + reader.error());
    }

    /** Length, type, flags, stream, then the payload. */
    private static final String SETTINGS = "000000 04 00 00000000 ";

    @ParameterizedTest
    @CsvFileSource(resources = "frames.csv", delimiter = '~', ignoreLeadingAndTrailingWhitespace = true)
    void reads(String section, String frames, String seen) {
        byte[] bytes = HexFormat.of().parseHex((SETTINGS + frames).replace(" ", ""));
        String expected = "settings " + seen;
        assertEquals(expected, read(bytes, bytes.length, null), section);
        assertEquals(expected, read(bytes, 1, null), section + ", bytewise");
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(expected, read(bytes, 0, new Random(seed)), section + ", split by " + seed);
        }
    }

    /** Section 3.4. */
    @ParameterizedTest
    @ValueSource(strings = {"000008 06 00 00000000 0000000000000001", "000000 04 01 00000000",
        "000004 08 00 00000000 00000001"})
    void beginsWithSettings(String frames) {
        assertEquals("!PROTOCOL_ERROR", read(HexFormat.of().parseHex(frames.replace(" ", "")), 100, null));
    }

    @Test
    void refusesAnotherPreface() {
        H2FrameReader reader = new H2FrameReader(new Notes(), true, true, 16384, 4096, new byte[16384]);
        reader.read(Unpooled.copiedBuffer("PRI * HTTP/2.1\r\n", StandardCharsets.US_ASCII));
        assertEquals(H2Error.PROTOCOL_ERROR, reader.error());
    }

    @Test
    void boundsABlockInPieces() {
        StringBuilder small = new StringBuilder("000001 01 00 00000001 82");
        for (int i = 0; i < 100; i++) {
            small.append("000000 09 00 00000001");
        }
        assertEquals("settings !ENHANCE_YOUR_CALM",
                read(HexFormat.of().parseHex((SETTINGS + small).replace(" ", "")), 50, null));
        String big = "000600 01 00 00000001 " + "82".repeat(0x600);
        big += ("000600 09 00 00000001 " + "82".repeat(0x600)).repeat(3);
        assertEquals("settings !ENHANCE_YOUR_CALM",
                read(HexFormat.of().parseHex((SETTINGS + big).replace(" ", "")), 100, null));
    }

    @Test
    void survivesAnything() {
        fuzz(3, 5000);
    }

    static void fuzz(long seed, int rounds) {
        Random random = new Random(seed);
        byte[] good = HexFormat.of().parseHex((SETTINGS + "000003 01 05 00000001 828684 000005 00 08 00000003 02616200ff"
                + "000004 08 00 00000000 00000001 000001 01 00 00000005 82 000002 09 04 00000005 8684").replace(" ", ""));
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 12);
            }
            long splits = random.nextLong();
            assertEquals(read(bytes, bytes.length, null), read(bytes, 0, new Random(splits)));
        }
    }
}
