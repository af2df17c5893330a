package dev.weir.flow.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.wire.http.ContentCoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies through the packer of each level, in small pieces of output, with and without pauses. */
class PackerTest {

    /** Buffers of eight bytes that go on when they are full. */
    private static final class Collector implements Packer.Outlet {
        final ByteBuf all = Unpooled.buffer();
        ByteBuf current = Unpooled.buffer(8, 8);

        @Override
        public ByteBuf room(int least) {
            if (current.writableBytes() < least) {
                give();
            }
            return current;
        }

        void give() {
            all.writeBytes(current);
            current = Unpooled.buffer(8, 8);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10, false", "1, 4000, false", "1, 4000, true", "1, 100000, true", "6, 10, false", "6, 4000, true",
            "9, 100000, true", "0, 4000, true"})
    void whatWasAddedComesOut(int level, int length, boolean pauses) throws Exception {
        byte[] body = QuickDeflateTest.Body.TEXT.bytes(length, 3);
        Compressors compressors = new Compressors(1, level);
        for (int again = 0; again < 2; again++) {
            Collector out = new Collector();
            Packer packer = compressors.packer(0, ContentCoding.GZIP);
            for (int i = 0; i < length; i += 1500) {
                packer.add(Unpooled.wrappedBuffer(body, i, Math.min(1500, length - i)), out);
                if (pauses) {
                    packer.pause(out);
                    out.give();
                    assertArrayEquals(Arrays.copyOf(body, Math.min(i + 1500, length)), readable(out.all, length));
                }
            }
            packer.finish(out);
            packer.close();
            out.give();
            byte[] packed = new byte[out.all.readableBytes()];
            out.all.readBytes(packed);
            assertArrayEquals(body, new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(true)).readAllBytes());
            assertTrue(level == 0 || length < 100 || packed.length < length * 6 / 10, packed.length + " bytes");
        }
    }

    private static byte[] readable(ByteBuf all, int most) throws Exception {
        Inflater inflater = new Inflater(true);
        inflater.setInput(all.array(), 0, all.readableBytes());
        byte[] out = new byte[most];
        int count = inflater.inflate(out);
        return Arrays.copyOf(out, count);
    }
}
