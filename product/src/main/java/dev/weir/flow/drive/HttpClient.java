package dev.weir.flow.drive;

import dev.weir.net.mux.Connection;
import dev.weir.wire.h1.H1BadHead;

/** Where an exchange comes from: a connection that has one at a time, or one of many streams. Worker-owned. */
interface HttpClient {

    Connection connection();

    ExchangeContext context();

    /** The server connection that this client has for itself. */
    OwnServer own();

    /** The backend that has been chosen for the request that comes, which must choose anew afterwards; or null. */
    BackendProgram chosenBackend();

    /** Whether no request was answered on its connection yet. */
    boolean isFirst();

    /** Ends it now; what was not sent is lost. */
    void cut();

    /** Ends it and its connection: a rule does not want this client. */
    default void refuse() {
        cut();
    }

    /**
     * Ends it once all that was written has left.
     *
     * @param patienceMs how long the peer may take to read it
     */
    void leave(int patienceMs);

    /** What came that is no message of HTTP/1, or null. */
    default H1BadHead badMessage() {
        return null;
    }

    /** Lets the connection disappear. */
    void vanish();
}
