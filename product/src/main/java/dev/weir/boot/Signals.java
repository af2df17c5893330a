package dev.weir.boot;

import dev.weir.keyword.command.Site;
import dev.weir.net.sys.SignalDefaults;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * What signals do once there is something to serve. Those that end the process do so at once; the others are worked on
 * one after the other by the main thread, which has nothing else to do.
 */
final class Signals {

    private static final int INTERRUPTED = 130;
    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int USR1 = 10;
    private static final int USR2 = 12;
    private static final int TERM = 15;
    private static final int TTIN = 21;
    private static final int TTOU = 22;
    private static final int URG = 23;

    private final Stopping stopping;
    private final Reloader reloader;
    private final Notify notify;
    private final boolean master;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    Signals(Stopping stopping, Reloader reloader, Notify notify, boolean master) {
        this.stopping = stopping;
        this.reloader = reloader;
        this.notify = notify;
        this.master = master;
    }

    void install() {
        SignalDefaults.restore(HUP, INT, USR1, USR2, TERM, TTIN, TTOU, URG);
        Signal.handle(new Signal("INT"), signal -> leave(master ? INTERRUPTED : 0));
        // HAProxy's master does not take it as a failure
        Signal.handle(new Signal("TERM"), signal -> leave(0));
        on("USR1", () -> {
            notify.stopping();
            stopping.softly();
        });
        on("TTOU", stopping::pause);
        on("TTIN", stopping::resume);
        // from the process that takes our place, before it asks us to stop; others ignore it unless they ask for it
        on("URG", stopping::followed);
        on("HUP", () -> reloader.reload(told -> { }));
        on("USR2", () -> reloader.reload(told -> { }));
    }

    private void on(String name, Runnable task) {
        Signal.handle(new Signal(name), signal -> tasks.add(task));
    }

    /** Reads the files again when what was asked for before is done. From any thread. */
    void reload(Consumer<Site.Reloads.Outcome> told) {
        tasks.add(() -> reloader.reload(told));
    }

    private void leave(int code) {
        if (master) {
            stopping.announceMaster(code);
        }
        notify.stopping();
        stopping.leave(code);
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
