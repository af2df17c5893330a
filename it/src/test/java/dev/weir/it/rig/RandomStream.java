package dev.weir.it.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Random bytes of a given size, written and read back by checksum. */
public final class RandomStream {

    private static final int CHUNK = 64 * 1024;

    private RandomStream() {}

    /** Writes that many bytes and returns their checksum. */
    public static long write(OutputStream out, long size, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        CRC32C sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        for (long left = size; left > 0; left -= CHUNK) {
            int length = (int) Math.min(CHUNK, left);
            random.nextBytes(chunk);
            sum.update(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        return sum.getValue();
    }

    /** What came up to the end: how many bytes and their checksum. Immutable. */
    public record Received(long size, long sum) {}

    public static Received read(InputStream in) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            sum.update(chunk, 0, n);
            size += n;
        }
        return new Received(size, sum.getValue());
    }
}
