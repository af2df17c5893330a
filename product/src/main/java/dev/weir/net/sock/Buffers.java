package dev.weir.net.sock;

import io.netty.channel.unix.Socket;

/**
 * How much the kernel buffers for a socket, {@code tune.rcvbuf.*} and {@code tune.sndbuf.*}: 0 leaves it to the system.
 * Immutable.
 */
public record Buffers(int receive, int send) {

    public static final Buffers SYSTEM = new Buffers(0, 0);

    /** Before the socket listens or connects, so that its window fits. */
    void apply(Socket socket) {
        if (receive > 0) {
            SockOpt.SO_RCVBUF.set(socket, receive);
        }
        if (send > 0) {
            SockOpt.SO_SNDBUF.set(socket, send);
        }
    }
}
