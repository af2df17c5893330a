package dev.weir.flow.compress;

import dev.weir.flow.exchange.Exchange;
import dev.weir.flow.filter.Stage;
import dev.weir.model.server.Count;
import dev.weir.net.mux.Reason;
import dev.weir.wire.http.ContentCoding;
import dev.weir.wire.http.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/** Compresses a body; what was compressed leaves whenever the sender pauses. Worker-owned. */
final class CompressionStage extends Stage implements Packer.Outlet {

    private static final byte[] GZIP_START = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, 3};
    private static final byte[] ZLIB_START = {0x78, 1};
    private static final int PIECE = 8 * 1024;
    /** The sender is let go on while no more than this waits for the receiver. */
    private static final int WINDOW = 32 * 1024;

    private final Compressors compressors;
    private final ContentCoding coding;
    private final Exchange exchange;
    private ByteBufAllocator memory;
    private ByteBuf output;
    private Packer packer;
    /** What stands behind the body; null if nothing does. */
    private Checksum checksum;
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
        packer = compressors.packer(exchange.worker().index(), coding);
        length = 0;
        if (coding == ContentCoding.GZIP) {
            checksum = new CRC32();
            room(GZIP_START.length).writeBytes(GZIP_START);
        } else if (coding == ContentCoding.DEFLATE) {
            checksum = new Adler32();
            room(ZLIB_START.length).writeBytes(ZLIB_START);
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
        if (checksum != null) {
            checksum.update(slice.nioBuffer());
        }
        dirty = true;
        packer.add(slice, this);
        slice.release();
        owed += count;
        settle();
    }

    /** Where the next output goes: all of one turn goes into one piece while there is room. */
    @Override
    public ByteBuf room(int least) {
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
            packer.pause(this);
            give();
        }
        next().flush();
    }

    private void finish() {
        if (!begun) {
            return;
        }
        packer.finish(this);
        dirty = false;
        if (coding == ContentCoding.GZIP) {
            room(8).writeIntLE((int) checksum.getValue()).writeIntLE((int) length);
        } else if (checksum != null) {
            room(4).writeInt((int) checksum.getValue());
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
        if (packer != null) {
            packer.close();
            packer = null;
            checksum = null;
        }
    }
}
