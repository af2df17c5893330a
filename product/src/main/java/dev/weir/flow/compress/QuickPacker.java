package dev.weir.flow.compress;

import io.netty.buffer.ByteBuf;

/** Deflate in one pass with nothing kept between pieces, as wanted for level 1. Worker-owned. */
final class QuickPacker implements Packer {

    private final QuickDeflate engine;
    private final QuickDeflate.State state = new QuickDeflate.State();
    /** Where the open block begins; null when there is none, or when its beginning has gone on. */
    private ByteBuf opened;
    private int openedAt;
    private int openedBit;

    QuickPacker(QuickDeflate engine) {
        this.engine = engine;
    }

    @Override
    public void add(ByteBuf bytes, Outlet out) {
        int end = bytes.writerIndex();
        for (int i = bytes.readerIndex(); i < end; i += QuickDeflate.PIECE) {
            int count = Math.min(end - i, QuickDeflate.PIECE);
            bytes.getBytes(i, engine.in(), 0, count);
            write(engine.piece(state, count), out);
        }
    }

    @Override
    public void pause(Outlet out) {
        write(engine.pause(state), out);
        opened = null;
    }

    @Override
    public void finish(Outlet out) {
        // a body that is still here as a whole becomes one block, as small ones are
        boolean here = opened != null;
        if (here) {
            opened.setByte(openedAt, opened.getByte(openedAt) | 1 << openedBit);
        }
        write(engine.finish(state, here), out);
    }

    private void write(int count, Outlet outlet) {
        for (int i = 0; i < count;) {
            if (opened != null && !opened.isWritable()) {
                // full buffers leave
                opened = null;
            }
            ByteBuf out = outlet.room(1);
            int part = Math.min(count - i, out.writableBytes());
            int begun = engine.openedAt() - i;
            if (engine.openedAt() >= 0 && begun >= 0 && begun < part) {
                opened = out;
                openedAt = out.writerIndex() + begun;
                openedBit = engine.openedBit();
            }
            out.writeBytes(engine.out(), i, part);
            i += part;
        }
    }

    @Override
    public void close() {
        // the engine is the worker's, the state goes with the body
    }
}
