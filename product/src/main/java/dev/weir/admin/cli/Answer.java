package dev.weir.admin.cli;

/**
 * What a command says. It is written piece by piece as the client takes it, so that long dumps need no buffer of their
 * size and a slow reader holds up nobody. On the Conductor's thread.
 */
public interface Answer {

    /** What a piece leaves behind: more to write, nothing yet until the session is resumed, or the end. */
    enum Progress { MORE, WAITING, DONE }

    /** Appends until about so many characters are there. */
    Progress write(StringBuilder out, int atLeast);

    /** The severity of a message, null for a dump. */
    default Severity severity() {
        return null;
    }

    /** The client typed something while this waits: an answer that ends then says so by its next piece. */
    default void interrupted() {
        // most answers end by themselves
    }

    /** Nobody reads it any more. */
    default void abandoned() {
        // most answers hold nothing
    }
}
