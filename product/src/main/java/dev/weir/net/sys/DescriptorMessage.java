package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes and descriptors over a UNIX stream socket (SCM_RIGHTS), and what a descriptor is bound to. Stateless. */
public final class DescriptorMessage {

    /** As many as one message takes. */
    public static final int MOST = 252;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSGHDR = 56;
    private static final int CMSGHDR = 16;
    private static final int SOCKADDR = 128;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** @param bytes what came, empty at the end, null after an error or a timeout */
    public record Received(byte[] bytes, int[] descriptors) {}

    private DescriptorMessage() {}

    /** Sends all the bytes with the descriptors beside them; whether they have left. */
    public static boolean send(int socket, byte[] bytes, int[] descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(bytes.length);
            MemorySegment.copy(bytes, 0, data, ValueLayout.JAVA_BYTE, 0, bytes.length);
            int control = descriptors.length == 0 ? 0 : CMSGHDR + 4 * descriptors.length;
            MemorySegment message = message(arena, data, bytes.length, control);
            if (control > 0) {
                MemorySegment rights = MemorySegment.ofAddress(message.get(LONG, 32)).reinterpret(control);
                rights.set(LONG, 0, control);
                rights.set(INT, 8, SOL_SOCKET);
                rights.set(INT, 12, SCM_RIGHTS);
                for (int i = 0; i < descriptors.length; i++) {
                    rights.set(INT, CMSGHDR + 4L * i, descriptors[i]);
                }
            }
            return Sys.call(Sys.Call.SENDMSG, socket, message.address(), MSG_NOSIGNAL) == bytes.length;
        }
    }

    private static MemorySegment message(Arena arena, MemorySegment data, int length, int control) {
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(LONG, 0, data.address());
        vector.set(LONG, 8, length);
        MemorySegment message = arena.allocate(MSGHDR, 8);
        message.set(LONG, 16, vector.address());
        message.set(LONG, 24, 1);
        message.set(LONG, 32, control == 0 ? 0 : arena.allocate(control + 8L, 8).address());
        message.set(LONG, 40, control == 0 ? 0 : (control + 7) / 8 * 8);
        return message;
    }

    /** Waits for what comes next, at most so long as {@link #patience} says. */
    public static Received receive(int socket, int mostBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(mostBytes);
            int control = CMSGHDR + 4 * (MOST + 1);
            MemorySegment message = message(arena, data, mostBytes, control);
            long count = Sys.call(Sys.Call.RECVMSG, socket, message.address(), MSG_CMSG_CLOEXEC);
            if (count < 0) {
                return new Received(null, new int[0]);
            }
            long got = message.get(LONG, 40);
            MemorySegment rights = MemorySegment.ofAddress(message.get(LONG, 32)).reinterpret(control);
            boolean has = got >= CMSGHDR && rights.get(INT, 8) == SOL_SOCKET && rights.get(INT, 12) == SCM_RIGHTS;
            int[] descriptors = new int[has ? (int) (rights.get(LONG, 0) - CMSGHDR) / 4 : 0];
            for (int i = 0; i < descriptors.length; i++) {
                descriptors[i] = rights.get(INT, CMSGHDR + 4L * i);
            }
            byte[] bytes = new byte[(int) count];
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
            return new Received(bytes, descriptors);
        }
    }

    /** So many seconds may pass without a byte. */
    public static void patience(int socket, int seconds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            time.set(LONG, 0, seconds);
            Sys.call(Sys.Call.SETSOCKOPT, socket, SOL_SOCKET, SO_RCVTIMEO, time.address(), 16, 0);
        }
    }

    /** A stream connected to that path; minus the error when there is none. */
    public static int connect(String path) {
        byte[] name = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (name.length > 107) {
            return -1;
        }
        try (Arena arena = Arena.ofConfined()) {
            long socket = Sys.call(Sys.Call.SOCKET, 1, 1 | 0x80000, 0);
            MemorySegment address = arena.allocate(SOCKADDR);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
            long error = socket < 0 ? socket
                    : Sys.call(Sys.Call.CONNECT, socket, address.address(), 3L + name.length);
            if (error < 0 && socket >= 0) {
                Detached.close((int) socket);
            }
            return (int) (error < 0 ? error : socket);
        }
    }

    /** The kernel's form of the address that a socket is bound to, null when it is none. */
    public static byte[] boundTo(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR);
            MemorySegment length = arena.allocate(4);
            length.set(INT, 0, SOCKADDR);
            if (Sys.call(Sys.Call.GETSOCKNAME, socket, address.address(), length.address()) < 0) {
                return null;
            }
            byte[] bytes = new byte[Math.min(SOCKADDR, length.get(INT, 0))];
            MemorySegment.copy(address, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
            return bytes;
        }
    }
}
