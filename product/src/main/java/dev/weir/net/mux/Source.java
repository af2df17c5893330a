package dev.weir.net.mux;

/** The way up: how the receiver of a message steers its sender. Calls come on the worker that owns the sender. */
public interface Source {

    /** For a sender that nobody has to steer. */
    Source NOBODY = new Source() {
        @Override
        public void credit(int bytes) {
            // it sends what it has
        }

        @Override
        public void delivered() {
            // it has done its part
        }

        @Override
        public void stop(Reason reason) {
            // it has nothing more
        }

        @Override
        public void abort(Reason reason) {
            // it waits for nothing
        }
    };

    /** That many bytes of what was given have gone on: as many more may come. */
    void credit(int bytes);

    /** Everything has gone on, and the end behind it. */
    void delivered();

    /** No more of this body is wanted; what still comes is thrown away. */
    void stop(Reason reason);

    /** The whole exchange is off. */
    void abort(Reason reason);
}
