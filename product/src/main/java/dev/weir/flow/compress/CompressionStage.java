package dev.weir.flow.compress;

import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.filter.Stage;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Reason;
import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses a body; what was compressed leaves whenever the sender pauses. Worker-owned. */
final class CompressionStage extends Stage {

    private static final byte[] GZIP_START = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, 3};
    private static final int PIECE = 8 * 1024;
    /** The sender is let go on while no more than this waits for the receiver. */
    private static final int WINDOW = 32 * 1024;

    private final Compressors compressors;
    private final ContentCoding coding;
    private final Exchange exchange;
    private ByteBufAllocator memory;
    private ByteBuf output;
    private Deflater deflater;
    private CRC32 checksum;
    private long length;
    private boolean begun;
    private boolean dirty;
    private int owed;
    private long waiting;

    CompressionStage(Compressors compressors, ContentCoding coding, Exchange exchange) {
        this.compressors = compressors;
        this.coding = coding;
        this.exchange = exchange;
    }

    private void begin() {
        begun = true;
        deflater = compressors.take(exchange.worker().index(), coding.isBare());
        length = 0;
        if (coding == ContentCoding.GZIP) {
            checksum = new CRC32();
            room(GZIP_START.length).writeBytes(GZIP_START);
        }
    }

    @Override
    public void data(ByteBuf slice) {
        if (!begun) {
            memory = slice.alloc();
            begin();
        }
        int count = slice.readableBytes();
        length += count;
        exchange.countBoth(Count.COMPRESSOR_IN, count);
        CompressionGate.PROCESS.count(exchange.worker().index(), exchange.worker().nowMs(), count);
        ByteBuffer bytes = slice.nioBuffer();
        if (checksum != null) {
            checksum.update(bytes.duplicate());
        }
        deflater.setInput(bytes);
        dirty = true;
        compress(Deflater.NO_FLUSH);
        slice.release();
        owed += count;
        settle();
    }

    /** Lets the compressor write until it has no more to say. */
    private void compress(int flush) {
        int written;
        int size;
        do {
            ByteBuf out = room(1);
            size = out.writableBytes();
            written = deflater.deflate(out.nioBuffer(out.writerIndex(), size), flush);
            out.writerIndex(out.writerIndex() + written);
        } while (written == size);
    }

    /** Where the next output goes: all of one turn goes into one piece while there is room. */
    private ByteBuf room(int least) {
        if (output != null && output.writableBytes() < least) {
            give();
        }
        if (output == null) {
            output = memory.buffer(PIECE, PIECE);
        }
        return output;
    }

    private void give() {
        ByteBuf out = output;
        output = null;
        int count = out == null ? 0 : out.readableBytes();
        if (count == 0) {
            if (out != null) {
                out.release();
            }
            return;
        }
        waiting += count;
        exchange.countBoth(Count.COMPRESSOR_OUT, count);
        next().data(out);
    }

    @Override
    public void flush() {
        if (dirty) {
            dirty = false;
            compress(Deflater.SYNC_FLUSH);
            give();
        }
        next().flush();
    }

    private void finish() {
        if (!begun) {
            return;
        }
        deflater.finish();
        compress(Deflater.NO_FLUSH);
        dirty = false;
        if (coding == ContentCoding.GZIP) {
            room(8).writeIntLE((int) checksum.getValue()).writeIntLE((int) length);
        }
        give();
        close();
    }

    @Override
    public void end() {
        finish();
        next().end();
    }

    @Override
    public void end(Head trailers) {
        finish();
        next().end(trailers);
    }

    @Override
    public void reset(Reason reason) {
        close();
        next().reset(reason);
    }

    @Override
    protected void credit(int bytes) {
        waiting -= bytes;
        settle();
    }

    private void settle() {
        if (waiting < WINDOW && owed > 0) {
            int due = owed;
            owed = 0;
            creditBefore(due);
        }
    }

    @Override
    protected void restart() {
        close();
        begun = false;
        owed = 0;
        waiting = 0;
    }

    @Override
    protected void close() {
        if (output != null) {
            output.release();
            output = null;
        }
        if (deflater != null) {
            compressors.give(exchange.worker().index(), coding.isBare(), deflater);
            deflater = null;
            checksum = null;
        }
    }
}
