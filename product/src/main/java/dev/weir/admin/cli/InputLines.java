package dev.weir.admin.cli;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a client has sent, taken line by line; a line is at most as long as the limit. Worker-owned. */
final class InputLines {

    private final int limit;
    private byte[] bytes = new byte[512];
    private int start;
    private int end;
    private int searched;
    private boolean taken;

    InputLines(int limit) {
        this.limit = limit;
    }

    void add(ByteBuf more) {
        int length = more.readableBytes();
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            searched -= start;
            start = 0;
        }
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, bytes.length * 2));
        }
        more.readBytes(bytes, end, length);
        end += length;
    }

    /** Whether enough waits to read no further. */
    boolean isFull() {
        return end - start >= limit;
    }

    /** Whether there has been a line. */
    boolean hasTaken() {
        return taken;
    }

    void discard() {
        start = end;
        searched = end;
    }

    /** The next whole line without its end, or null. A byte 0 ends what counts of it. */
    String next() {
        for (; searched < end; searched++) {
            if (bytes[searched] == '\n') {
                int stop = searched;
                if (stop > start && bytes[stop - 1] == '\r') {
                    stop--;
                }
                for (int i = start; i < stop; i++) {
                    stop = bytes[i] == 0 ? i : stop;
                }
                String line = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
                searched++;
                start = searched;
                taken = true;
                return line;
            }
        }
        return null;
    }
}
