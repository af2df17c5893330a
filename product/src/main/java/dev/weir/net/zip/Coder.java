package dev.weir.net.zip;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A stream of a compressor in a library of the system's. Worker-owned; {@link #free} gives its memory back, which nobody
 * else does.
 */
public abstract class Coder {

    /** What a step is asked to do with what it has. */
    public enum Wish {
        /** Write when it is worth it. */
        GO_ON,
        /** Write all, so that it can be read. */
        FLUSH,
        /** Write all and the end. */
        END
    }

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int WORDS = 6;

    private final Arena arena = Arena.ofConfined();
    /** Where the library finds and leaves its positions. */
    final MemorySegment words = arena.allocate((long) WORDS * Long.BYTES, Long.BYTES);

    /** Reads on in bytes, as far as it likes, and writes into the room of out; gives whether it has more to write. */
    public final boolean step(Wish wish, ByteBuf in, ByteBuf out) {
        long from = in == null ? 0 : in.memoryAddress() + in.readerIndex();
        int length = in == null ? 0 : in.readableBytes();
        long to = out.memoryAddress() + out.writerIndex();
        int room = out.writableBytes();
        boolean more = step(wish, from, length, to, room);
        if (in != null) {
            in.skipBytes(length - unread(length));
        }
        out.writerIndex(out.writerIndex() + written(room));
        return more;
    }

    abstract boolean step(Wish wish, long from, long length, long to, long room);

    /** How many of so many bytes the last step has left. */
    abstract int unread(int length);

    abstract int written(int room);

    /** Makes it ready for the next body; false if it cannot be used again. */
    public abstract boolean reset();

    /** Gives its memory back. */
    public void free() {
        arena.close();
    }

    static SymbolLookup library(String name) {
        try {
            return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException absent) {
            return null;
        }
    }

    /** A function of so many words that gives a word. */
    static MethodHandle function(SymbolLookup library, String name, int words) {
        MemoryLayout[] shape = new MemoryLayout[words];
        java.util.Arrays.fill(shape, LONG);
        return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(LONG, shape));
    }
}
