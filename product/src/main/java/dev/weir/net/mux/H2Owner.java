package dev.weir.net.mux;

/** Who has an HTTP/2 engine: gets its requests where it answers, and hears of what has ended. */
public interface H2Owner extends MuxOwner {

    /** A head is whole. The stream is to be wired now; its receiver then gets the head. Only where it answers. */
    default void requested(H2Stream stream) {
        throw new IllegalStateException("who asks is not asked");
    }

    /** The peer has said how it speaks, for the first time. */
    default void settled() {
        // most do not wait for it
    }

    /** The peer has been asked whether it is there, and is. */
    default void alive() {
        // most have no patience to renew
    }

    /** The peer has done something odd that did not end the connection by itself. */
    default void glitch() {
        // it is counted anyway
    }

    /** Something that is counted has come or gone. */
    default void counted(H2Event what) {
        // checks count nothing
    }

    /**
     * A stream is over, whether as planned or not; nobody is told anything more of it.
     *
     * @return whether nobody will call it any more, so that it can be used once more
     */
    boolean over(H2Stream stream);
}
