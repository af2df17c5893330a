package dev.weir.wire.proxyv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.wire.proxyv.HeaderReader.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;

/** Breaks good headers at random: whole and in pieces must agree, and nothing may be read that was not there. */
final class HeaderReaderFuzz {

    private HeaderReaderFuzz() {}

    static void fuzz(long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        List<HeaderRows> rows = HeaderRows.all();
        for (int round = 0; round < rounds; round++) {
            HeaderRows row = rows.get(random.nextInt(rows.size()));
            byte[] bytes = mutate(row.bytes().clone(), random);
            HeaderReader reader = row.reader();
            ByteBuf whole = Unpooled.wrappedBuffer(bytes);
            Progress expected = reader.read(whole);
            HeaderError error = expected == Progress.BAD ? reader.error() : null;
            if (expected == Progress.DONE) {
                for (int type = 0; type < 256; type++) {
                    byte[] value = reader.header().tlv(type);
                    assertTrue(value == null || value.length <= ProxyHeader.MAX_VALUE);
                }
            } else {
                assertEquals(0, whole.readerIndex());
            }
            ByteBuf grown = Unpooled.buffer();
            Progress progress = Progress.NEED_MORE;
            for (int i = 0; i < bytes.length && progress == Progress.NEED_MORE; i++) {
                grown.writeByte(bytes[i]);
                progress = reader.read(grown);
            }
            assertEquals(expected, progress, () -> "seed " + seed);
            if (expected == Progress.BAD) {
                assertEquals(error, reader.error());
            } else if (expected == Progress.DONE) {
                assertEquals(whole.readerIndex(), grown.readerIndex());
            }
        }
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
