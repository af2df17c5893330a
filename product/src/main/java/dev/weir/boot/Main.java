package dev.weir.boot;

import dev.weir.net.sys.SignalDefaults;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The start of the process: signals, then the command line, then either an answer or {@link Start}. */
public final class Main {

    /** What a master ends with when a signal ends it, as its supervisors expect. */
    private static final int INTERRUPTED_MASTER = 130;

    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int USR1 = 10;
    private static final int TERM = 15;

    private Main() {}

    public static void main(String[] words) {
        // first of all, so that a signal during the start is no crash to a supervisor
        SignalHandler leave = new Leave(words);
        EarlyReload reload = new EarlyReload();
        handle(leave, reload);
        Arguments arguments = Arguments.parse(words);
        int code = First.answer(arguments);
        if (code >= 0) {
            Runtime.getRuntime().halt(code);
        }
        // what the starter had ignored is ours from here on: nothing that only answers waits for that
        SignalDefaults.restore(HUP, INT, USR1, TERM);
        handle(leave, reload);
        Start.run(arguments, reload::isAsked);
    }

    private static void handle(SignalHandler leave, SignalHandler reload) {
        Signal.handle(new Signal("INT"), leave);
        Signal.handle(new Signal("TERM"), leave);
        Signal.handle(new Signal("USR1"), leave);
        Signal.handle(new Signal("HUP"), reload);
        Signal.handle(new Signal("USR2"), reload);
    }

    /** What was asked for before there was anything to reload. */
    private static final class EarlyReload implements SignalHandler {

        private volatile boolean asked;

        @Override
        public void handle(Signal signal) {
            asked = true;
        }

        boolean isAsked() {
            return asked;
        }
    }

    /** Ends the process at once. */
    private record Leave(String[] words) implements SignalHandler {

        @Override
        public void handle(Signal signal) {
            Runtime.getRuntime().halt(Arguments.parse(words).switches().isMasterWorker() ? INTERRUPTED_MASTER : 0);
        }
    }
}
