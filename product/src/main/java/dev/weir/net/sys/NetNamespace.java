package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.util.function.Supplier;

/**
 * A network namespace by its name below {@code /run/netns}, as {@code ip netns} makes them. A thread enters it for as
 * long as it takes to make a socket, which belongs to that namespace for good. Needs the privilege to do so.
 * Immutable; its descriptor stays open as long as the process lives.
 */
public final class NetNamespace {

    private static final String DIRECTORY = "/run/netns/";
    private static final int CLONE_NEWNET = 0x40000000;
    /** O_RDONLY | O_CLOEXEC, the same on all architectures that we know. */
    private static final int READ_ONLY = 0x80000;

    private final int descriptor;

    private NetNamespace(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The namespace, or null when there is none of that name or it may not be opened. */
    public static NetNamespace open(String name) {
        int descriptor = name.isEmpty() || name.indexOf('/') >= 0 ? -1 : openFile(DIRECTORY + name);
        return descriptor < 0 ? null : new NetNamespace(descriptor);
    }

    private static int openFile(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) Sys.call(Sys.Call.OPENAT, -100, arena.allocateFrom(path).address(), READ_ONLY);
        }
    }

    /** What the action gives when it runs inside, or null when the thread may not enter. */
    public <T> T within(Supplier<T> action) {
        int own = openFile("/proc/thread-self/ns/net");
        if (own < 0 || Sys.call(Sys.Call.SETNS, descriptor, CLONE_NEWNET, 0) < 0) {
            close(own);
            return null;
        }
        try {
            return action.get();
        } finally {
            Sys.call(Sys.Call.SETNS, own, CLONE_NEWNET, 0);
            close(own);
        }
    }

    private static void close(int file) {
        if (file >= 0) {
            Sys.call(Sys.Call.CLOSE, file, 0, 0);
        }
    }
}
