package dev.weir.it.rig;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a case does beside its own line of events, each on a thread of its own. */
public final class Background {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Background() {}

    public static <T> Future<T> run(Callable<T> task) {
        return THREADS.submit(task);
    }
}
