package dev.weir.net.zip;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** Zstandard (RFC 8878) by libzstd. */
public final class Zstd extends Coder {

    public static final String LIBRARY = "libzstd.so.1";

    private static final int LEVEL = 100;
    private static final int WINDOW_LOG = 101;
    /** 128 kB: what a browser must be able to hold anyhow, and little for each body here. */
    private static final int WINDOW = 17;
    private static final int SESSION_ONLY = 1;
    // struct ZSTD_inBuffer and, behind it, ZSTD_outBuffer: address, size, position
    private static final int IN = 0;
    private static final int OUT = 24;
    private static final int POSITION = 16;

    private static final SymbolLookup LOOKUP = library(LIBRARY);

    /** Linked when the first body comes. */
    private static final class Calls {
        static final MethodHandle CREATE = function(LOOKUP, "ZSTD_createCCtx", 0);
        static final MethodHandle SET = function(LOOKUP, "ZSTD_CCtx_setParameter", 3);
        static final MethodHandle STEP = function(LOOKUP, "ZSTD_compressStream2", 4);
        static final MethodHandle IS_ERROR = function(LOOKUP, "ZSTD_isError", 1);
        static final MethodHandle RESET = function(LOOKUP, "ZSTD_CCtx_reset", 2);
        static final MethodHandle FREE = function(LOOKUP, "ZSTD_freeCCtx", 1);
    }

    private final long context;
    private boolean broken;

    public static boolean isAvailable() {
        return LOOKUP != null;
    }

    public Zstd(int level) {
        try {
            context = (long) Calls.CREATE.invokeExact();
            long ignored = (long) Calls.SET.invokeExact(context, (long) LEVEL, (long) Math.max(1, level));
            ignored = (long) Calls.SET.invokeExact(context, (long) WINDOW_LOG, (long) WINDOW);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    boolean step(Wish wish, long from, long length, long to, long room) {
        buffer(IN, from, length);
        buffer(OUT, to, room);
        try {
            long left = (long) Calls.STEP.invokeExact(context, words.address() + OUT, words.address() + IN,
                    (long) wish.ordinal());
            broken |= ((long) Calls.IS_ERROR.invokeExact(left) & 0xffffffffL) != 0;
            // while it goes on, what is left inside is no reason to call again
            return !broken && (wish == Wish.GO_ON ? position(IN) < length : left != 0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void buffer(int at, long address, long size) {
        words.set(LONG, at, address);
        words.set(LONG, at + 8, size);
        words.set(LONG, at + POSITION, 0);
    }

    private long position(int at) {
        return words.get(LONG, at + POSITION);
    }

    @Override
    int unread(int length) {
        return broken ? 0 : length - (int) position(IN);
    }

    @Override
    int written(int room) {
        return (int) position(OUT);
    }

    @Override
    public boolean reset() {
        try {
            long ignored = (long) Calls.RESET.invokeExact(context, (long) SESSION_ONLY);
            return !broken;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void free() {
        try {
            long ignored = (long) Calls.FREE.invokeExact(context);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        super.free();
    }
}
