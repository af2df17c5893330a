package dev.weir.net.tls;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of libssl and libcrypto. Every one is called with the same shape of six integers, of which it takes what it
 * needs: each further shape would cost milliseconds at start. Functions that may call back are never linked as critical.
 *
 * <p>Pointers are plain numbers; who holds one says in its own Javadoc who frees it. Stateless.
 */
final class OpenSsl {

    /** Results of SSL_get_error. */
    static final int WANT_READ = 2;
    static final int ZERO_RETURN = 6;

    private static final long OLDEST = 0x30000000L;
    private static final int SHAPE = 6;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final FunctionDescriptor FUNCTION = FunctionDescriptor.of(LONG, shape());
    private static final MethodType UPCALL = FUNCTION.toMethodType();

    private static final SymbolLookup SSL = library("libssl.so.3");
    private static final SymbolLookup CRYPTO = library("libcrypto.so.3");
    private static final ConcurrentHashMap<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();
    private static final String MISSING = missingLibrary();

    private static final MethodHandle READ = hot("SSL_read", false);
    private static final MethodHandle WRITE = hot("SSL_write", false);
    private static final MethodHandle HANDSHAKE = hot("SSL_do_handshake", false);
    private static final MethodHandle GET_ERROR = hot("SSL_get_error", true);
    private static final MethodHandle BIO_WRITE = hot("BIO_write", true);
    private static final MethodHandle BIO_READ = hot("BIO_read", true);
    private static final MethodHandle BIO_PENDING = hot("BIO_ctrl_pending", true);
    private static final MethodHandle CLEAR = hot("ERR_clear_error", true);

    private OpenSsl() {}

    private static MemoryLayout[] shape() {
        MemoryLayout[] layout = new MemoryLayout[SHAPE];
        java.util.Arrays.fill(layout, LONG);
        return layout;
    }

    private static SymbolLookup library(String name) {
        try {
            return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String missingLibrary() {
        if (SSL == null || CRYPTO == null) {
            return "TLS needs OpenSSL 3 (libssl.so.3 and libcrypto.so.3), which cannot be loaded";
        }
        long version = call("OpenSSL_version_num");
        return version >= OLDEST ? null : "TLS needs OpenSSL 3, found " + text(call("OpenSSL_version", 0));
    }

    /** Why there is no TLS, or null. */
    static String missing() {
        return MISSING;
    }

    private static MethodHandle link(String name, boolean critical) {
        MemorySegment symbol = SSL.find(name).or(() -> CRYPTO.find(name)).orElseThrow(
                () -> new IllegalStateException("OpenSSL has no " + name));
        Linker linker = Linker.nativeLinker();
        return critical ? linker.downcallHandle(symbol, FUNCTION, Linker.Option.critical(false))
                : linker.downcallHandle(symbol, FUNCTION);
    }

    private static MethodHandle hot(String name, boolean critical) {
        return MISSING == null ? link(name, critical) : null;
    }

    /** Calls a function by its name: for what is done once per connection or less. */
    static long call(String name, long a, long b, long c, long d, long e, long f) {
        MethodHandle function = FUNCTIONS.get(name);
        if (function == null) {
            function = link(name, false);
            FUNCTIONS.put(name, function);
        }
        try {
            return (long) function.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new IllegalStateException(name, t);
        }
    }

    static long call(String name) {
        return call(name, 0, 0, 0, 0, 0, 0);
    }

    static long call(String name, long a) {
        return call(name, a, 0, 0, 0, 0, 0);
    }

    static long call(String name, long a, long b) {
        return call(name, a, b, 0, 0, 0, 0);
    }

    static long call(String name, long a, long b, long c) {
        return call(name, a, b, c, 0, 0, 0);
    }

    static long call(String name, long a, long b, long c, long d) {
        return call(name, a, b, c, d, 0, 0);
    }

    /** One whose result is an int. */
    static int number(String name, long a) {
        return (int) call(name, a);
    }

    private static long hot(MethodHandle function, long a, long b, long c) {
        try {
            return (long) function.invokeExact(a, b, c, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("OpenSSL", t);
        }
    }

    static int read(long ssl, long at, int length) {
        try {
            return (int) (long) READ.invokeExact(ssl, at, (long) length, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("SSL_read", t);
        }
    }

    static int write(long ssl, long at, int length) {
        try {
            return (int) (long) WRITE.invokeExact(ssl, at, (long) length, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("SSL_write", t);
        }
    }

    static int handshake(long ssl) {
        return (int) hot(HANDSHAKE, ssl, 0, 0);
    }

    static int error(long ssl, int result) {
        return (int) hot(GET_ERROR, ssl, result, 0);
    }

    static int bioWrite(long bio, long at, int length) {
        try {
            return (int) (long) BIO_WRITE.invokeExact(bio, at, (long) length, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("BIO_write", t);
        }
    }

    static int bioRead(long bio, long at, int length) {
        try {
            return (int) (long) BIO_READ.invokeExact(bio, at, (long) length, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("BIO_read", t);
        }
    }

    static int bioPending(long bio) {
        try {
            return (int) (long) BIO_PENDING.invokeExact(bio, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("BIO_ctrl_pending", t);
        }
    }

    /** The queue of errors belongs to the thread: it is emptied before each call that is asked for its error. */
    static void clearErrors() {
        try {
            long ignored = (long) CLEAR.invokeExact(0L, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw new IllegalStateException("ERR_clear_error", t);
        }
    }

    /** The address of a static method of six longs, for the library to call. It stays for ever. */
    static long callback(MethodHandles.Lookup lookup, String method) {
        try {
            MethodHandle target = lookup.findStatic(lookup.lookupClass(), method, UPCALL);
            return Linker.nativeLinker().upcallStub(target, FUNCTION, Arena.global()).address();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method, e);
        }
    }

    /** Text of the library, which stays its own; null for none. */
    static String text(long address) {
        return address == 0 ? null : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE)
                .getString(0, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(long address, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(MemorySegment.ofAddress(address).reinterpret(length), ValueLayout.JAVA_BYTE, 0, copy, 0, length);
        return copy;
    }

    /** Memory for a call that begins and ends here. */
    static MemorySegment zeroEnded(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
    }

    /** The address of the same bytes, for calls that copy them. */
    static long copy(Arena arena, byte[] bytes) {
        MemorySegment memory = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory.address();
    }
}
