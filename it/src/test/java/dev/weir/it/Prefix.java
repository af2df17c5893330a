package dev.weir.it;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, which ends after them and leaves the rest to others. */
final class Prefix extends FilterInputStream {

    private long left;

    Prefix(InputStream in, long size) {
        super(in);
        left = size;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(left, length));
        left -= Math.max(0, count);
        return count;
    }
}
