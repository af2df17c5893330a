package dev.weir.boot;

import dev.weir.net.sys.SignalDefaults;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The start of the process: signals, then the command line, then either an answer or {@link Start}. */
public final class Main {

    /** What a master ends with when a signal ends it, as its supervisors expect. */
    private static final int INTERRUPTED_MASTER = 130;

    private static final int INT = 2;
    private static final int TERM = 15;

    private Main() {}

    public static void main(String[] words) {
        // first of all, so that a signal during the start is no crash to a supervisor
        SignalHandler leave = new Leave(words);
        handle(leave);
        Arguments arguments = Arguments.parse(words);
        int code = First.answer(arguments);
        if (code >= 0) {
            Runtime.getRuntime().halt(code);
        }
        // what the starter had ignored is ours from here on: nothing that only answers waits for that
        SignalDefaults.restore(INT, TERM);
        handle(leave);
        Start.run(arguments);
    }

    private static void handle(SignalHandler handler) {
        Signal.handle(new Signal("INT"), handler);
        Signal.handle(new Signal("TERM"), handler);
    }

    /** Ends the process at once. */
    private record Leave(String[] words) implements SignalHandler {

        @Override
        public void handle(Signal signal) {
            Runtime.getRuntime().halt(Arguments.parse(words).switches().isMasterWorker() ? INTERRUPTED_MASTER : 0);
        }
    }
}
