package dev.weir.net.zip;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Brotli (RFC 7932) by libbrotlienc. */
public final class Brotli extends Coder {

    public static final String LIBRARY = "libbrotlienc.so.1";

    private static final int QUALITY = 1;
    private static final int WINDOW_LOG = 2;
    private static final int WINDOW = 17;
    // two pairs of count and address, as BrotliEncoderCompressStream wants pointers to them
    private static final int LEFT_IN = 0;
    private static final int NEXT_IN = 8;
    private static final int LEFT_OUT = 16;
    private static final int NEXT_OUT = 24;

    private static final SymbolLookup LOOKUP = library(LIBRARY);

    /** Linked when the first body comes. */
    private static final class Calls {
        static final MethodHandle CREATE = function(LOOKUP, "BrotliEncoderCreateInstance", 3);
        static final MethodHandle SET = function(LOOKUP, "BrotliEncoderSetParameter", 3);
        static final MethodHandle STEP = function(LOOKUP, "BrotliEncoderCompressStream", 7);
        static final MethodHandle HAS_MORE = function(LOOKUP, "BrotliEncoderHasMoreOutput", 1);
        static final MethodHandle FREE = function(LOOKUP, "BrotliEncoderDestroyInstance", 1);
    }

    private final long state;
    private boolean broken;

    public static boolean isAvailable() {
        return LOOKUP != null;
    }

    public Brotli(int quality) {
        try {
            state = (long) Calls.CREATE.invokeExact(0L, 0L, 0L);
            long ignored = (long) Calls.SET.invokeExact(state, (long) QUALITY, (long) quality);
            ignored = (long) Calls.SET.invokeExact(state, (long) WINDOW_LOG, (long) WINDOW);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    boolean step(Wish wish, long from, long length, long to, long room) {
        words.set(LONG, LEFT_IN, length);
        words.set(LONG, NEXT_IN, from);
        words.set(LONG, LEFT_OUT, room);
        words.set(LONG, NEXT_OUT, to);
        long at = words.address();
        try {
            long done = (long) Calls.STEP.invokeExact(state, (long) wish.ordinal(), at + LEFT_IN, at + NEXT_IN, at + LEFT_OUT,
                    at + NEXT_OUT, 0L);
            broken |= (done & 0xffffffffL) == 0;
            return !broken && (words.get(LONG, LEFT_IN) > 0
                    || ((long) Calls.HAS_MORE.invokeExact(state) & 0xffffffffL) != 0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int unread(int length) {
        return broken ? 0 : (int) words.get(LONG, LEFT_IN);
    }

    @Override
    int written(int room) {
        return room - (int) words.get(LONG, LEFT_OUT);
    }

    /** The library has no way to begin anew with what there is. */
    @Override
    public boolean reset() {
        return false;
    }

    @Override
    public void free() {
        try {
            long ignored = (long) Calls.FREE.invokeExact(state);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        super.free();
    }
}
