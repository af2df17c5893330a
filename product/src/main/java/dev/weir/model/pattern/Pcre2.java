package dev.weir.model.pattern;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;

/**
 * Regular expressions by the system's libpcre2-8, compiled to machine code where it can. All functions are called with
 * the same shape of seven longs, of which a function takes what it needs: every further shape would cost milliseconds at
 * start. The library's own limits of steps and depth bound what a hostile text can cost; what exceeds them does not match.
 *
 * <p>Memory: a compiled expression belongs to its {@link Regex} and is freed after it; subjects and match data belong to
 * their thread and stay. The calls take no pointer into Java's heap and make no calls back.
 */
public final class Pcre2 implements RegexCompiler {

    private static final int CASELESS = 0x8;
    private static final int NOT_BEGINNING = 0x1;
    private static final int JIT_COMPLETE = 1;
    private static final int GROUPS = 10;
    private static final long UNSET = -1;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final Cleaner CLEANER = Cleaner.create();

    private static final Pcre2 SYSTEM = load();
    private static final MethodHandle MATCH = SYSTEM == null ? null : SYSTEM.handle("pcre2_match_8");

    private final SymbolLookup symbols;
    private final MethodHandle compile;
    private final MethodHandle codeFree;
    private final MethodHandle matchDataCreate;
    private final MethodHandle ovectorPointer;

    private Pcre2(SymbolLookup symbols) {
        this.symbols = symbols;
        compile = handle("pcre2_compile_8");
        codeFree = handle("pcre2_code_free_8");
        matchDataCreate = handle("pcre2_match_data_create_8");
        ovectorPointer = handle("pcre2_get_ovector_pointer_8");
    }

    private static Pcre2 load() {
        try {
            return new Pcre2(SymbolLookup.libraryLookup("libpcre2-8.so.0", Arena.global()));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return null;
        }
    }

    /** The system's library, or a compiler that refuses everything with the reason when there is none. */
    public static RegexCompiler system() {
        if (SYSTEM != null) {
            return SYSTEM;
        }
        return (pattern, ignoreCase) -> {
            throw new PatternError("regular expressions need the library libpcre2-8.so.0, which cannot be loaded");
        };
    }

    private MethodHandle handle(String name) {
        return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(),
                FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG));
    }

    private static long call(MethodHandle function, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, f, g);
        } catch (Throwable t) {
            throw new IllegalStateException("libpcre2", t);
        }
    }

    @Override
    public Regex compile(byte[] pattern, boolean ignoreCase) throws PatternError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(pattern.length + 1L);
            MemorySegment.copy(pattern, 0, text, ValueLayout.JAVA_BYTE, 0, pattern.length);
            MemorySegment error = arena.allocate(16, 8);
            long code = call(compile, text.address(), pattern.length, ignoreCase ? CASELESS : 0,
                    error.address(), error.address() + 8, 0, 0);
            if (code == 0) {
                throw new PatternError("regex '" + new String(pattern, StandardCharsets.ISO_8859_1)
                        + "' is invalid (error=" + message(arena, error.get(ValueLayout.JAVA_INT, 0)) + ", erroffset="
                        + error.get(LONG, 8) + ")");
            }
            call(handle("pcre2_jit_compile_8"), code, JIT_COMPLETE, 0, 0, 0, 0, 0);
            Expression expression = new Expression(code);
            MethodHandle free = codeFree;
            CLEANER.register(expression, () -> call(free, code, 0, 0, 0, 0, 0, 0));
            return expression;
        }
    }

    private String message(Arena arena, int number) {
        MemorySegment text = arena.allocate(256);
        call(handle("pcre2_get_error_message_8"), number, text.address(), 256, 0, 0, 0, 0);
        return text.getString(0, StandardCharsets.US_ASCII);
    }

    /** What one thread needs to match: a place for subjects, and the library's block of results. */
    private static final class Scratch {
        MemorySegment subject = Arena.global().allocate(1 << 15);
        final long matchData;
        final MemorySegment offsets;

        Scratch() {
            matchData = call(SYSTEM.matchDataCreate, GROUPS, 0, 0, 0, 0, 0, 0);
            long at = call(SYSTEM.ovectorPointer, matchData, 0, 0, 0, 0, 0, 0);
            offsets = MemorySegment.ofAddress(at).reinterpret(16L * GROUPS);
        }
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** A compiled expression. */
    private static final class Expression implements Regex {

        private final long code;

        Expression(long code) {
            this.code = code;
        }

        @Override
        public boolean find(byte[] text, int at, int length) {
            return run(SCRATCH.get(), text, at, length, 0) > 0;
        }

        @Override
        public int match(byte[] text, int at, int length, boolean continued, int[] groups) {
            Scratch scratch = SCRATCH.get();
            int count = Math.min(run(scratch, text, at, length, continued ? NOT_BEGINNING : 0), groups.length / 2);
            for (int i = 0; i < 2 * count; i++) {
                long offset = scratch.offsets.getAtIndex(LONG, i);
                groups[i] = offset == UNSET ? -1 : (int) offset;
            }
            return count;
        }

        private int run(Scratch scratch, byte[] text, int at, int length, int options) {
            if (scratch.subject.byteSize() < length) {
                scratch.subject = Arena.global().allocate(Math.max(length, 2 * scratch.subject.byteSize()));
            }
            MemorySegment.copy(text, at, scratch.subject, ValueLayout.JAVA_BYTE, 0, length);
            int result = (int) call(MATCH, code, scratch.subject.address(), length, 0, options, scratch.matchData, 0);
            java.lang.ref.Reference.reachabilityFence(this);
            // zero: more groups than there is room for
            return result == 0 ? GROUPS : Math.max(result, 0);
        }
    }
}
