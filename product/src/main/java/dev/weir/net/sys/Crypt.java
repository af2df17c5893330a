package dev.weir.net.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** {@code crypt(3)}: the system's library of password hashes, asked with scratch memory of each call. Stateless. */
public final class Crypt {

    /** The size of {@code struct crypt_data}, which the library never changes. */
    private static final long SCRATCH = 32768;
    private static final String LIBRARY = "libcrypt.so.1";
    private static final MethodHandle CRYPT = find();

    private Crypt() {}

    private static MethodHandle find() {
        try {
            SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
            return Linker.nativeLinker().downcallHandle(library.find("crypt_r").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return null;
        }
    }

    public static boolean isAvailable() {
        return CRYPT != null;
    }

    /** The hash of the password under the setting, which is a hash itself; null where the library knows no such method. */
    public static String hash(byte[] password, String setting) {
        for (byte each : password) {
            if (each == 0) {
                return null;
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(password.length + 1L);
            MemorySegment.copy(password, 0, key, ValueLayout.JAVA_BYTE, 0, password.length);
            MemorySegment salt = arena.allocateFrom(setting, StandardCharsets.ISO_8859_1);
            MemorySegment made = (MemorySegment) CRYPT.invokeExact(key, salt, arena.allocate(SCRATCH));
            return made.address() == 0 ? null
                    : made.reinterpret(512).getString(0, StandardCharsets.ISO_8859_1);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
