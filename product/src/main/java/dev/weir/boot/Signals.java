package dev.weir.boot;

import java.util.concurrent.LinkedBlockingQueue;
import sun.misc.Signal;

/**
 * What signals do once there is something to serve. Those that end the process do so at once; the others are worked on
 * one after the other by the main thread, which has nothing else to do.
 */
final class Signals {

    private static final int INTERRUPTED_MASTER = 130;

    private final Running running;
    private final int exitCode;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    Signals(Running running, boolean master) {
        this.running = running;
        this.exitCode = master ? INTERRUPTED_MASTER : 0;
    }

    void install() {
        Signal.handle(new Signal("INT"), signal -> leave(exitCode));
        Signal.handle(new Signal("TERM"), signal -> leave(exitCode));
        on("USR1", running::stopSoftly);
        on("TTOU", running::pause);
        on("TTIN", running::resume);
    }

    private void on(String name, Runnable task) {
        Signal.handle(new Signal(name), signal -> tasks.add(task));
    }

    private void leave(int code) {
        running.drainLogs();
        Runtime.getRuntime().halt(code);
    }

    /** The main thread's work for the rest of its life. */
    void work() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
