package dev.weir.net.sys;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A pipe of the kernel through which bytes go from one socket to another without coming to us (splice(2)). No call of it
 * waits. It is empty whenever nobody works with it. One thread at a time.
 */
public final class KernelPipe {

    private static final int O_NONBLOCK = 0x800;
    private static final int O_NONBLOCK_CLOEXEC = O_NONBLOCK | 0x80000;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int USUAL_SIZE = 65_536;
    /** Pages rather than copies of them; without waiting. */
    private static final int MOVE_NONBLOCK = 1 | 2;

    private final MemorySegment state = Sys.state();
    private final int out;
    private final int in;
    private final int size;

    private KernelPipe(int out, int in, int size) {
        this.out = out;
        this.in = in;
        this.size = size;
    }

    /** @param size how many bytes it should hold, 0 for as many as is usual; null where there can be no more pipes */
    public static KernelPipe open(int size) {
        ByteBuffer ends = ByteBuffer.allocateDirect(8).order(java.nio.ByteOrder.nativeOrder());
        if (Sys.call(Sys.Call.PIPE2, MessageBatch.addressOf(ends), O_NONBLOCK_CLOEXEC, 0) < 0) {
            return null;
        }
        int in = ends.getInt(4);
        long got = size > 0 ? Sys.call(Sys.Call.FCNTL, in, F_SETPIPE_SZ, size) : USUAL_SIZE;
        return new KernelPipe(ends.getInt(0), in, got > 0 ? (int) got : USUAL_SIZE);
    }

    /** How many bytes it holds at most. */
    public int size() {
        return size;
    }

    /**
     * Takes so many bytes at most from a socket.
     *
     * @param waits whether calls on the socket usually wait: whether they do is the socket's own property, so that this one
     *     may not, it is changed for a moment. No other call is made meanwhile, and what io_uring has begun remembers what was
     * @return how many it were, 0 at its end, negative when none can be had now
     */
    public int fill(int socket, int most, boolean waits) {
        return move(socket, in, most, waits ? socket : -1);
    }

    /** Gives so many bytes to a socket: how many it took, 0 when it takes none now or ever. */
    public int drain(int socket, int count, boolean waits) {
        return Math.max(0, move(out, socket, count, waits ? socket : -1));
    }

    private int move(int from, int to, int count, int waiting) {
        if (waiting >= 0) {
            Sys.call(state, Sys.Call.FCNTL, waiting, F_SETFL, O_NONBLOCK, 0, 0, 0);
        }
        int moved = (int) Sys.call(state, Sys.Call.SPLICE, from, 0, to, 0, count, MOVE_NONBLOCK);
        if (waiting >= 0) {
            Sys.call(state, Sys.Call.FCNTL, waiting, F_SETFL, 0, 0, 0, 0);
        }
        return moved;
    }

    /** Takes back what no socket took: all of it, since it is there. */
    public void read(ByteBuffer into) {
        long at = MessageBatch.addressOf(into);
        int count = into.capacity();
        for (int done = 0; done < count;) {
            long got = Sys.call(state, Sys.Call.READ, out, at + done, count - done, 0, 0, 0);
            if (got <= 0) {
                throw new IllegalStateException("a pipe holds less than was put into it");
            }
            done += (int) got;
        }
    }
}
