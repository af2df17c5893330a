package dev.weir.boot;

import sun.misc.Signal;

/** What signals do once there is something to serve. */
final class Signals {

    private static final int INTERRUPTED_MASTER = 130;

    private Signals() {}

    static void install(Running running, boolean master) {
        int code = master ? INTERRUPTED_MASTER : 0;
        Signal.handle(new Signal("INT"), signal -> leave(running, code));
        Signal.handle(new Signal("TERM"), signal -> leave(running, code));
    }

    private static void leave(Running running, int code) {
        running.drainLogs();
        Runtime.getRuntime().halt(code);
    }
}
