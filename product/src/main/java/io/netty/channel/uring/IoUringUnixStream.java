package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.SocketAddress;

/**
 * A UNIX stream under io_uring that can end one direction alone; the transport's own closes both when the peer ends
 * its. Only bytes go through it, no descriptors. Worker-owned.
 */
final class IoUringUnixStream extends AbstractIoUringStreamChannel {

    private final IoUringUnixConfig config = new IoUringUnixConfig(this);

    /** @param connected whether there is a peer already */
    IoUringUnixStream(Channel parent, LinuxSocket socket, boolean connected) {
        super(parent, socket, connected);
    }

    @Override
    public SocketChannelConfig config() {
        return config;
    }

    @Override
    public SocketAddress localAddress() {
        return socket.isOpen() ? socket.localDomainSocketAddress() : null;
    }

    @Override
    public SocketAddress remoteAddress() {
        return socket.isOpen() ? socket.remoteDomainSocketAddress() : null;
    }

    @Override
    protected boolean allowMultiShotPollIn() {
        return false;
    }

    @Override
    protected boolean socketIsEmpty(int flags) {
        // older kernels do not say it of UNIX sockets
        return IoUring.isUnixDomainSocketInqSupported() && super.socketIsEmpty(flags);
    }

    @Override
    protected boolean shouldCompleteReadLoop(int flags, boolean filled) {
        return IoUring.isUnixDomainSocketInqSupported() ? socketIsEmpty(flags) : filled;
    }

    @Override
    boolean isPollInFirst() {
        return false;
    }
}
