package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Two UNIX stream sockets that are connected to each other. Stateless. */
public final class SocketPair {

    private static final int UNIX = 1;
    /** SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC. */
    private static final int STREAM = 1 | 0x800 | 0x80000;

    private SocketPair() {}

    /** The descriptors of both, or null when there are none to be had. */
    public static int[] open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(8);
            long result = Sys.call(Sys.Call.SOCKETPAIR, UNIX, STREAM, 0, ends.address(), 0, 0);
            return result < 0 ? null : new int[] {ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4)};
        }
    }
}
