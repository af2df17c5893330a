package dev.weir.net.mux;

import dev.weir.net.loop.Worker;

/**
 * What becomes of accepted connections: the frontend's program, as the listener sees it. Called on the listener's home
 * worker.
 */
public interface Acceptor {

    /** The worker that shall own the connection that has just been admitted. */
    Worker workerFor(Listener listener);

    /** The engine that begins with it there. */
    Mux engineFor(Worker worker);
}
