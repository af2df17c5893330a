package dev.weir.flow.compress;

import dev.weir.net.zip.Coder;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** A compressor of the system's libraries. Worker-owned. */
final class CoderPacker implements Packer {

    private static final int KEPT = 16;
    private static final int ROOM = 64;

    private final Coder coder;
    private final ArrayDeque<Coder> kept;

    CoderPacker(ArrayDeque<Coder> kept, Supplier<Coder> maker) {
        this.kept = kept;
        Coder used = kept.poll();
        coder = used != null ? used : maker.get();
    }

    @Override
    public void add(ByteBuf bytes, Outlet out) {
        if (bytes.hasMemoryAddress()) {
            drain(Coder.Wish.GO_ON, bytes.duplicate(), out);
            return;
        }
        ByteBuf copy = bytes.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes, bytes.readerIndex(),
                bytes.readableBytes());
        drain(Coder.Wish.GO_ON, copy, out);
        copy.release();
    }

    @Override
    public void pause(Outlet out) {
        drain(Coder.Wish.FLUSH, null, out);
    }

    @Override
    public void finish(Outlet out) {
        drain(Coder.Wish.END, null, out);
    }

    private void drain(Coder.Wish wish, ByteBuf bytes, Outlet out) {
        boolean more;
        do {
            more = coder.step(wish, bytes, out.room(ROOM));
        } while (more);
    }

    @Override
    public void close() {
        if (kept.size() < KEPT && coder.reset()) {
            kept.push(coder);
        } else {
            coder.free();
        }
    }
}
