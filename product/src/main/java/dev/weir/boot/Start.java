package dev.weir.boot;

/** The start of traffic. */
final class Start {

    private Start() {}

    static void run(Arguments arguments) {
        System.err.println("[ALERT]    (" + ProcessHandle.current().pid() + ") : start is not built: "
                + arguments.files());
        Runtime.getRuntime().halt(1);
    }
}
