package dev.weir.it.rig;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what another process does, looking often. */
public final class Wait {

    private static final long EVERY_MS = 10;

    private Wait() {}

    /** Returns once the condition holds; fails with the message when it does not within the time. */
    public static void until(long seconds, Supplier<String> message, Callable<Boolean> condition) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(message.get());
                }
                Thread.sleep(EVERY_MS);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(message.get(), e);
        }
    }
}
