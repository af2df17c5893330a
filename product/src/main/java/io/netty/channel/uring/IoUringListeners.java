package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Channels of the io_uring transport over sockets that exist already. The transport offers no public way to do that,
 * so this one class stands in its package (docs/DECISIONS.md); it adds no behaviour.
 */
public final class IoUringListeners {

    private IoUringListeners() {}

    /** A channel over a socket that is bound and listening. */
    public static ServerChannel adopt(int descriptor, boolean unix) {
        return new Adopted(descriptor, unix);
    }

    /** A channel over a connected socket. */
    public static Channel adoptStream(int descriptor, boolean unix) {
        LinuxSocket socket = new LinuxSocket(descriptor);
        return unix ? new IoUringUnixStream(null, socket, true) : new IoUringSocketChannel(null, socket);
    }

    /** A channel over a new UNIX socket, to be connected. */
    public static Channel newUnixStream() {
        return new IoUringUnixStream(null, LinuxSocket.newSocketDomain(), false);
    }

    private static final class Adopted extends AbstractIoUringServerChannel {

        private final boolean unix;
        private final ChannelConfig config;
        private final byte[] v4 = new byte[SockaddrIn.IPV4_ADDRESS_LENGTH];
        private final byte[] v6 = new byte[SockaddrIn.IPV6_ADDRESS_LENGTH];

        Adopted(int descriptor, boolean unix) {
            super(new LinuxSocket(descriptor), true);
            this.unix = unix;
            config = new IoUringServerSocketChannelConfig(this);
        }

        @Override
        Channel newChildChannel(int fd, ByteBuffer acceptedAddress) {
            LinuxSocket socket = new LinuxSocket(fd);
            if (unix) {
                return new IoUringUnixStream(this, socket, true);
            }
            // the kernel has said who it is: not to be asked again
            return acceptedAddress == null ? new IoUringSocketChannel(this, socket)
                    : new IoUringSocketChannel(this, socket, socket.isIpv6()
                            ? SockaddrIn.getIPv6(acceptedAddress, v6, v4) : SockaddrIn.getIPv4(acceptedAddress, v4));
        }

        @Override
        public ChannelConfig config() {
            return config;
        }

        @Override
        protected void doBind(SocketAddress localAddress) {
            throw new UnsupportedOperationException("the socket is bound already");
        }
    }
}
