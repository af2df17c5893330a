package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.sys.Sys;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Abstract UNIX names in both of HAProxy's forms: {@code abns@} fills the whole path with zeros behind the name,
 * {@code abnsz@} ends with the name. Netty knows the second only, so the address is built by hand. Stateless.
 */
final class AbstractNames {

    private static final int PATH_SIZE = 108;

    private AbstractNames() {}

    static void bind(int descriptor, Address address) throws IOException {
        check(call(Sys.Call.BIND, descriptor, address));
    }

    /** Starts to connect: a UNIX socket is connected at once or not at all. */
    static void connect(int descriptor, Address address) throws IOException {
        check(call(Sys.Call.CONNECT, descriptor, address));
    }

    private static long call(Sys.Call call, int descriptor, Address address) {
        byte[] name = StreamSocket.pathBytes(address.path());
        int length = Math.min(name.length, PATH_SIZE - 1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(2 + PATH_SIZE);
            sockaddr.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(name, 0, sockaddr, ValueLayout.JAVA_BYTE, 3, length);
            int size = address.family() == Family.ABNS ? 2 + PATH_SIZE : 3 + length;
            return Sys.call(call, descriptor, sockaddr.address(), size);
        }
    }

    private static void check(long result) throws IOException {
        if (result < 0) {
            throw new IOException(Sys.words(-result));
        }
    }
}
