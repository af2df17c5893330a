package dev.weir.net.mux;

/** The way up: how the receiver of a message steers its sender. Calls come on the worker that owns the sender. */
public interface Source {

    /** That many bytes of what was given have gone on: as many more may come. */
    void credit(int bytes);

    /** Everything has gone on, and the end behind it. */
    void delivered();

    /** No more of this body is wanted; what still comes is thrown away. */
    void stop(Reason reason);

    /** The whole exchange is off. */
    void abort(Reason reason);
}
