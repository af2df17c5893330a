package dev.weir.flow.drive;

/**
 * Which program serves what a frontend's connections ask next. One for the frontend's whole life, so that a connection
 * finds the newest program without knowing of reloads. Shared: one volatile.
 */
public final class Serving {

    private volatile FrontendProgram now;

    /** From now on new connections, and the next request of those that there are, belong to this program. */
    public void becomes(FrontendProgram next) {
        now = next;
    }

    /** The frontend is gone, or the process leaves: connections end with the request that they have. */
    public void ends() {
        now = null;
    }

    /** The newest program, or null when there is none any more. */
    public FrontendProgram now() {
        return now;
    }
}
