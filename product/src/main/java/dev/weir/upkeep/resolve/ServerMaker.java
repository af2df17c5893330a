package dev.weir.upkeep.resolve;

import dev.weir.model.proxy.Backend;
import dev.weir.model.server.Server;

/** Makes one more server of a template that has no fixed number of them. On the Conductor's thread. */
@FunctionalInterface
public interface ServerMaker {

    /** A server of the backend that is like that one, without an address; its checks are started. Null for no more. */
    Server another(Backend backend, Server like);
}
