package dev.weir.flow.compress;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.zip.Deflater;

/** Deflate by zlib: smaller and slower, with 256 kB for each body. Worker-owned. */
final class ZlibPacker implements Packer {

    private static final int KEPT = 16;

    private final Deflater deflater;
    private final ArrayDeque<Deflater> kept;

    ZlibPacker(int level, ArrayDeque<Deflater> kept) {
        this.kept = kept;
        Deflater used = kept.poll();
        // making one costs more than resetting it
        deflater = used != null ? used : new Deflater(level, true);
    }

    @Override
    public void add(ByteBuf bytes, Outlet out) {
        deflater.setInput(bytes.nioBuffer());
        drain(out, Deflater.NO_FLUSH);
    }

    @Override
    public void pause(Outlet out) {
        drain(out, Deflater.SYNC_FLUSH);
    }

    @Override
    public void finish(Outlet out) {
        deflater.finish();
        drain(out, Deflater.NO_FLUSH);
    }

    /** Lets the compressor write until it has no more to say. */
    private void drain(Outlet outlet, int flush) {
        int written;
        int size;
        do {
            ByteBuf out = outlet.room(1);
            size = out.writableBytes();
            written = deflater.deflate(out.nioBuffer(out.writerIndex(), size), flush);
            out.writerIndex(out.writerIndex() + written);
        } while (written == size);
    }

    @Override
    public void close() {
        if (kept.size() < KEPT) {
            deflater.reset();
            kept.push(deflater);
        } else {
            deflater.end();
        }
    }
}
