package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Starts a process in a session of its own that keeps our descriptors, which Java's own way closes, and hears from it by
 * a pipe. Stateless.
 */
public final class Detached {

    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final int POSIX_SPAWN_SETSID = 0x80;
    /** More than posix_spawnattr_t and sigset_t have on any Linux. */
    private static final int ATTRIBUTES_SIZE = 512;

    private Detached() {}

    /** The reading and the writing end of a pipe that a started process inherits; null when there is none to be had. */
    public static int[] pipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(8);
            long result = Sys.call(Sys.Call.PIPE2, ends.address(), 0, 0);
            return result < 0 ? null : new int[] {ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4)};
        }
    }

    /** Starts the program; the process number, or minus the error. */
    public static long start(String path, List<byte[]> arguments, List<byte[]> environment) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_SIZE);
            MemorySegment noSignals = arena.allocate(ATTRIBUTES_SIZE);
            Sys.library("posix_spawnattr_init", attributes.address(), 0, 0);
            Sys.library("posix_spawnattr_setflags", attributes.address(),
                    POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK, 0);
            Sys.library("posix_spawnattr_setsigmask", attributes.address(), noSignals.address(), 0);
            MemorySegment pid = arena.allocate(8);
            MemorySegment argv = pointers(arena, arguments);
            MemorySegment envp = pointers(arena, environment);
            long error = Sys.library6("posix_spawn", pid.address(), arena.allocateFrom(path).address(), 0,
                    attributes.address(), argv.address(), envp.address());
            return error == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -error;
        }
    }

    private static MemorySegment pointers(Arena arena, List<byte[]> texts) {
        MemorySegment list = arena.allocate(8L * (texts.size() + 1), 8);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            MemorySegment copy = arena.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
            list.setAtIndex(ValueLayout.JAVA_LONG, i, copy.address());
        }
        return list;
    }

    /** Makes a descriptor a copy of another. */
    public static void duplicate(int from, int onto) {
        Sys.call(Sys.Call.DUP3, from, onto, 0);
    }

    public static void close(int descriptor) {
        Sys.call(Sys.Call.CLOSE, descriptor, 0, 0);
    }

    /** Waits for one byte from a pipe: it, or -1 when the other end was closed without one. */
    public static int readByte(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            long got = Sys.call(Sys.Call.READ, descriptor, one.address(), 1);
            return got == 1 ? one.get(ValueLayout.JAVA_BYTE, 0) : -1;
        }
    }

    public static void writeByte(int descriptor, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            one.set(ValueLayout.JAVA_BYTE, 0, (byte) value);
            Sys.call(Sys.Call.WRITE, descriptor, one.address(), 1);
        }
    }
}
