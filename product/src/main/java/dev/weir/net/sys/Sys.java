package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The C library's {@code syscall} and the few calls that must go through the library itself. Results are the call's
 * own, or minus the error number. Stateless.
 */
public final class Sys {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle SYSCALL = handle("syscall", 7,
            Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));

    private static final AtomicBoolean LINKING = new AtomicBoolean();
    private static volatile boolean linked;

    private Sys() {}

    /**
     * Whether calls are linked already. If not, a thread of its own sees to it, since that takes longer than a worker
     * may stand still.
     */
    public static boolean isLinked() {
        if (!linked && LINKING.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("weir-link").start(() -> {
                call(Call.GETEUID, 0, 0, 0);
                linked = true;
            });
        }
        return linked;
    }

    private static MethodHandle handle(String symbol, int arguments, Linker.Option... options) {
        MemoryLayout[] layout = new MemoryLayout[arguments];
        java.util.Arrays.fill(layout, LONG);
        SymbolLookup lookup = LINKER.defaultLookup();
        return LINKER.downcallHandle(lookup.find(symbol).orElseThrow(), FunctionDescriptor.of(LONG, layout), options);
    }

    /** A function of the C library with up to three integers, for what must go through it; -1 is a failure. */
    static long library(String symbol, long a, long b, long c) {
        try {
            return (int) (long) handle(symbol, 3).invokeExact(a, b, c);
        } catch (Throwable t) {
            throw new IllegalStateException(symbol, t);
        }
    }

    /** The same with six. */
    static long library6(String symbol, long a, long b, long c, long d, long e, long f) {
        try {
            return (int) (long) handle(symbol, 6).invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new IllegalStateException(symbol, t);
        }
    }

    /** One system call by its number. */
    public static long call(Call number, long a, long b, long c, long d, long e, long f) {
        try (Arena arena = Arena.ofConfined()) {
            return call(arena.allocate(STATE), number, a, b, c, d, e, f);
        }
    }

    /** Where an error number is put, for {@link #call(MemorySegment, Call, long, long, long, long, long, long)}: never freed. */
    static MemorySegment state() {
        return Arena.global().allocate(STATE);
    }

    /** The same for who calls often: with memory of its own, which one thread at a time may use. */
    static long call(MemorySegment state, Call number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) SYSCALL.invokeExact(state, number.value(), a, b, c, d, e, f);
            return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (Throwable t) {
            throw new IllegalStateException(number.name(), t);
        }
    }

    public static long call(Call number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    /** The system calls in use, by architecture. */
    public enum Call {
        BIND(49, 200), CONNECT(42, 203), SETSOCKOPT(54, 208), PRLIMIT64(302, 261), UMASK(95, 166), SETSID(112, 157),
        SETNS(308, 268), PRCTL(157, 167), CAPSET(126, 91), FCNTL(72, 25), KILL(62, 129), GETEUID(107, 175), PIPE2(293, 59),
        DUP3(292, 24), CLOSE(3, 57), READ(0, 63), WRITE(1, 64), CHDIR(80, 49),
        OPENAT(257, 56), SOCKETPAIR(53, 199), SENDMMSG(307, 269), SOCKET(41, 198), SHUTDOWN(48, 210), SENDTO(44, 206), SENDMSG(46, 211),
        RECVMSG(47, 212), GETSOCKNAME(51, 204), ACCEPT4(288, 242), SPLICE(275, 76);

        private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
        private final int x86;
        private final int arm;

        Call(int x86, int arm) {
            this.x86 = x86;
            this.arm = arm;
        }

        long value() {
            return ARM ? arm : x86;
        }
    }

    /** The system's words for an error number that {@link #call} gave, without its sign. */
    public static String words(long errno) {
        return switch ((int) errno) {
            case 1 -> "Operation not permitted";
            case 2 -> "No such file or directory";
            case 3 -> "No such process";
            case 9 -> "Bad file descriptor";
            case 13 -> "Permission denied";
            case 22 -> "Invalid argument";
            case 98 -> "Address already in use";
            case 99 -> "Cannot assign requested address";
            case 111 -> "Connection refused";
            default -> "error " + errno;
        };
    }
}
