package dev.weir.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.MemorySegment;

/** Where a buffer's bytes are, for the library. Stateless. */
final class Memory {

    private Memory() {}

    /** The same bytes in one piece outside the heap; the buffer given is released if it is another. */
    static ByteBuf direct(ByteBuf bytes) {
        if (bytes.hasMemoryAddress() || bytes.isDirect() && bytes.nioBufferCount() == 1) {
            return bytes;
        }
        ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, bytes.readableBytes()));
        copy.writeBytes(bytes);
        bytes.release();
        return copy;
    }

    /** Of the buffer's index 0. */
    static long address(ByteBuf direct) {
        return direct.hasMemoryAddress() ? direct.memoryAddress()
                : MemorySegment.ofBuffer(direct.internalNioBuffer(0, direct.capacity())).address();
    }
}
