package dev.weir.flow.drive;

/**
 * Which program serves what a frontend's connections ask next. One for the frontend's whole life, so that a connection
 * finds the newest program without knowing of reloads. Shared: two volatiles.
 */
public final class Serving {

    private volatile FrontendProgram now;
    private volatile Parting parting = Parting.AT_ONCE;

    /** From now on new connections, and the next request of those that there are, belong to this program. */
    public void becomes(FrontendProgram next) {
        now = next;
    }

    /** The frontend is gone, or the process leaves: connections end with a request of theirs. */
    public void ends(Parting how) {
        parting = how;
        now = null;
    }

    /** The newest program, or null when there is none any more. */
    public FrontendProgram now() {
        return now;
    }

    /** How connections end once there is no program any more. */
    Parting parting() {
        return parting;
    }
}
