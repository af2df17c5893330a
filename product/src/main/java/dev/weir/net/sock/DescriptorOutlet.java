package dev.weir.net.sock;

import dev.weir.net.loop.Worker;

/** Lines that leave by a descriptor such as standard output: a turn's lines go to the writer as one piece. Worker-owned. */
final class DescriptorOutlet extends LogOutlet {

    private static final int BATCH_BYTES = 64 * 1024;

    private final LogWriter writer;
    private final int descriptor;
    private byte[] batch = new byte[1024];
    private int length;
    private int lines;

    DescriptorOutlet(Worker worker, LogWriter writer, int descriptor) {
        super(worker);
        this.writer = writer;
        this.descriptor = descriptor;
    }

    @Override
    boolean append(byte[] line, int count) {
        if (length + count > BATCH_BYTES) {
            flush();
        }
        if (length + count > batch.length) {
            batch = java.util.Arrays.copyOf(batch, Math.max(length + count, batch.length * 2));
        }
        System.arraycopy(line, 0, batch, length, count);
        length += count;
        lines++;
        return true;
    }

    @Override
    void flush() {
        if (length > 0 && !writer.write(descriptor, java.util.Arrays.copyOf(batch, length))) {
            drop(lines);
        }
        length = 0;
        lines = 0;
    }
}
