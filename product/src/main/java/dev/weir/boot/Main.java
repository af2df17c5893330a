package dev.weir.boot;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The start of the process: signals, then the command line, then either an answer or {@link Start}. */
public final class Main {

    /** What a master ends with when a signal ends it, as its supervisors expect. */
    private static final int INTERRUPTED_MASTER = 130;

    private Main() {}

    public static void main(String[] words) {
        // first of all, so that a signal during the start is no crash to a supervisor
        SignalHandler leave = new Leave(words);
        Signal.handle(new Signal("INT"), leave);
        Signal.handle(new Signal("TERM"), leave);
        Arguments arguments = Arguments.parse(words);
        int code = First.answer(arguments);
        if (code >= 0) {
            Runtime.getRuntime().halt(code);
        }
        Start.run(arguments);
    }

    /** Ends the process at once. */
    private record Leave(String[] words) implements SignalHandler {

        @Override
        public void handle(Signal signal) {
            Runtime.getRuntime().halt(Arguments.parse(words).switches().isMasterWorker() ? INTERRUPTED_MASTER : 0);
        }
    }
}
