package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Datagrams to the socket of a service manager (sd_notify). Stateless. */
public final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int PATH_SIZE = 108;
    private static final int MSG_NOSIGNAL = 0x4000;

    private NotifySocket() {}

    /**
     * Sends one datagram; whether it has left.
     *
     * @param name a path, or an abstract name behind an at sign
     */
    public static boolean send(String name, String text) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length < 2 || path.length > PATH_SIZE || path[0] != '/' && path[0] != '@') {
            return false;
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            long socket = Sys.call(Sys.Call.SOCKET, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (socket < 0) {
                return false;
            }
            MemorySegment address = arena.allocate(2 + PATH_SIZE);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
            MemorySegment bytes = arena.allocate(message.length);
            MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
            long sent = Sys.call(Sys.Call.SENDTO, socket, bytes.address(), message.length, MSG_NOSIGNAL,
                    address.address(), 2L + path.length);
            Sys.call(Sys.Call.CLOSE, socket, 0, 0);
            return sent == message.length;
        }
    }
}
