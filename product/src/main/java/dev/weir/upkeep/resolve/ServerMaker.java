package dev.weir.upkeep.resolve;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;

/** Makes more servers of a template that has no fixed number of them, and takes them away. On the Conductor's thread. */
public interface ServerMaker {

    /** A server of the backend that is like that one, without an address; its checks are started. Null for no more. */
    Server another(Backend backend, Server like);

    /** It has lost its address: unless it finds another in time, it is not needed any more. */
    void spare(Backend backend, Server server);
}
