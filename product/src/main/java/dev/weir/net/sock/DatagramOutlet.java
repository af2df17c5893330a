package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import java.nio.ByteBuffer;

/** Lines that leave as datagrams, UDP or UNIX, each in one of its own. Worker-owned. */
final class DatagramOutlet extends LogOutlet {

    private static final int BATCH_BYTES = 128 * 1024;
    private static final int BATCH_LINES = 256;

    private final DatagramSender sender;
    private final int[] ends = new int[BATCH_LINES];
    /** Grows to what the fullest turn needs. */
    private ByteBuffer batch = ByteBuffer.allocateDirect(4096);
    private int lines;

    DatagramOutlet(Worker worker, Address address) {
        super(worker);
        sender = sender(worker.engine(), address);
    }

    /** Java has no UNIX datagrams: those take the system's way with any engine, where there is one. */
    private static DatagramSender sender(Engine engine, Address address) {
        if (!engine.hasDescriptors() && address.family().isIp()) {
            return new JavaDatagrams(address);
        }
        return Engine.EPOLL.isAvailable() ? new NativeDatagrams(address, BATCH_LINES) : (bytes, ends, count) -> count;
    }

    @Override
    boolean append(byte[] line, int length) {
        if (lines == BATCH_LINES || batch.position() + length > BATCH_BYTES) {
            flush();
        }
        if (length > batch.remaining()) {
            int needed = Math.max(batch.position() + length, batch.capacity() * 2);
            batch = ByteBuffer.allocateDirect(Math.min(BATCH_BYTES, needed)).put(batch.flip());
        }
        batch.put(line, 0, length);
        ends[lines++] = batch.position();
        return true;
    }

    @Override
    void flush() {
        if (lines > 0) {
            drop(sender.send(batch, ends, lines));
        }
        lines = 0;
        batch.clear();
    }
}
