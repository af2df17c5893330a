package dev.weir.net.sock;

import io.netty.channel.Channel;

/** What becomes of accepted connections: the frontend's program, as the listener sees it. */
public interface Acceptor {

    /**
     * Takes a connection that has been admitted. The channel is not registered with any loop yet. Called on the
     * listener's home worker.
     */
    void accepted(Listener listener, Channel channel);
}
