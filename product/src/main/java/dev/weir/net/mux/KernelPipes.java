package dev.weir.net.mux;

import dev.weir.net.sys.KernelPipe;
import dev.weir.net.sys.Sys;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pipes of the process, {@code maxpipes} of them at most: borrowed for one visit of the kernel, and opened when all are in
 * use. Shared: atomic.
 */
public final class KernelPipes {

    /** A pipe is borrowed within one call of one worker: more than there are workers are never of use. */
    private static final int MOST = 256;

    private static final AtomicReferenceArray<KernelPipe> FREE = new AtomicReferenceArray<>(MOST);
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final AtomicInteger USED = new AtomicInteger();
    private static final LongAdder BYTES = new LongAdder();

    private static volatile int limit;
    private static volatile int size;

    private KernelPipes() {}

    /** @param most how many there may be, 0 for none; @param bytes how much each should hold, 0 for what is usual */
    public static void limit(int most, int bytes) {
        limit = most;
        size = bytes;
        if (most > 0) {
            // so that it is ready when the first bytes are to be moved
            Sys.isLinked();
        }
    }

    public static int limit() {
        return limit;
    }

    public static int used() {
        return USED.get();
    }

    public static int free() {
        return Math.max(0, OPEN.get() - USED.get());
    }

    /** Bytes that the kernel has moved to sockets so far. */
    public static long bytes() {
        return BYTES.sum();
    }

    static void moved(int bytes) {
        BYTES.add(bytes);
    }

    /** One to work with, or null. */
    static KernelPipe borrow(int worker) {
        if (limit == 0 || !Sys.isLinked()) {
            return null;
        }
        for (int i = 0; i < MOST; i++) {
            int slot = (worker + i) % MOST;
            KernelPipe pipe = FREE.get(slot) == null ? null : FREE.getAndSet(slot, null);
            if (pipe != null) {
                USED.incrementAndGet();
                return pipe;
            }
        }
        return another();
    }

    private static KernelPipe another() {
        if (OPEN.incrementAndGet() <= Math.min(limit, MOST)) {
            KernelPipe pipe = KernelPipe.open(size);
            if (pipe != null) {
                USED.incrementAndGet();
                return pipe;
            }
        }
        OPEN.decrementAndGet();
        return null;
    }

    static void giveBack(KernelPipe pipe, int worker) {
        USED.decrementAndGet();
        for (int i = 0; !FREE.compareAndSet((worker + i) % MOST, null, pipe); i++) {
            // there are as many places as pipes
        }
    }
}
