package dev.weir.admin.cli;

/** A session of the runtime socket as commands see it: what its client may do and how it wants to be talked to. */
public interface Terminal {

    /** Whether the session ends with its line, goes on silently, or goes on with a prompt. */
    enum Mode { ONCE, INTERACTIVE, PROMPT }

    Level level();

    /** Never raises it. */
    void lower(Level next);

    Mode mode();

    void mode(Mode next);

    /** Whether prompts show how long the process has run. */
    void timed(boolean shown);

    boolean isTimed();

    void severityOutput(Severity.Output output);

    void timeoutMs(int ms);

    boolean isExpert();

    void expert(boolean on);

    boolean isExperimental();

    void experimental(boolean on);

    /** Whether commands without a prefix go to the worker, on a socket that has a master too. */
    boolean isWithWorker();

    void withWorker(boolean on);

    /** Whether the master, too, takes the commands of a worker ({@code mcli-debug-mode}). */
    default boolean isMasterDebugged() {
        return false;
    }

    default void masterDebugged(boolean on) {
        // only the master's socket has that
    }

    /** What hides names, or null. */
    default Mask mask() {
        return null;
    }

    default void mask(Mask next) {
        // only sessions of sockets can hide
    }

    /** How the client came, as lists of sessions show it; null for one without a connection. */
    default String client() {
        return null;
    }

    /** Ends the session; nothing more is answered. */
    void quit();

    /** An answer that waited can go on. On the Conductor's thread. */
    void resume();
}
