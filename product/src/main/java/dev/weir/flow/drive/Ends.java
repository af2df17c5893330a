package dev.weir.flow.drive;

import dev.weir.net.mux.Kind;
import dev.weir.net.mux.Reason;
import dev.weir.wire.http.Head;

/** Whoever owns the two directions between a client and a server, and hears what happens on them. */
interface Ends {

    /** A message has begun on that side. */
    default void head(Side from, Kind kind, Head head) {
        throw new IllegalStateException("raw bytes have no head");
    }

    void passed(Side from, int count);

    /** The kernel has moved bytes past us: what it took from that side, and what it gave to the other. */
    void spliced(Side from, int received, int sent);

    /** More was held back of what comes from that side, or its end was. */
    default void held(Side from) {
        // what is held waits for the other side only
    }

    /** That side has taken bytes. */
    void wrote(Side to);

    /** The message from that side is complete. */
    void inputEnded(Side from);

    /** The message to that side is complete and with the kernel. */
    void outputEnded(Side to);

    /** That side is gone, or its message will never be complete. */
    void broken(Side side, Reason reason);
}
