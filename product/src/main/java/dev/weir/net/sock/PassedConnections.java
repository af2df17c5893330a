package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Engine;
import dev.weir.net.sys.SocketPair;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * {@code sockpair@n}: one end of a connected pair of UNIX sockets, over which whoever has the other end sends
 * descriptors of connections. Stands for a listener here, for a server in {@link #dial}. Used by one thread at a time.
 */
public final class PassedConnections extends ListeningSocket {

    private static final int UNIX_DOMAIN = 1;

    private final Socket socket;

    private PassedConnections(Socket socket, Address address) {
        super(address, true);
        this.socket = socket;
    }

    static Object open(Engine engine, Address address) {
        if (engine != Engine.EPOLL) {
            return new Failure("cannot use file descriptor '" + address.port()
                    + "' : descriptors can be received by the epoll engine only");
        }
        Socket socket = StreamSocket.ofInherited(address.port());
        return socket != null && SockOpt.SO_DOMAIN.get(socket) == UNIX_DOMAIN ? new PassedConnections(socket, address)
                : new Failure("cannot use file descriptor '" + address.port() + "' : Bad file descriptor");
    }

    /** Makes a pair, sends one end to who listens there and gives a channel over the other; null if that failed. */
    static Channel dial(Engine engine, Address listener) {
        Socket way = StreamSocket.ofInherited(listener.port());
        int[] ends = way == null ? null : SocketPair.open();
        if (ends == null) {
            return null;
        }
        Socket own = StreamSocket.of(ends[0]);
        Socket passed = StreamSocket.of(ends[1]);
        try {
            int sent = way.sendFd(passed.intValue());
            if (sent > 0) {
                return engine.adoptStream(own.intValue(), true);
            }
        } catch (IOException e) {
            // nobody listens there any more
        } finally {
            SockOpt.close(passed);
        }
        SockOpt.close(own);
        return null;
    }

    /** The connection that came as a descriptor. */
    public static Channel connection(Engine engine, FileDescriptor passed) {
        boolean unix = SockOpt.SO_DOMAIN.get(StreamSocket.of(passed.intValue())) == UNIX_DOMAIN;
        return engine.adoptStream(passed.intValue(), unix);
    }

    @Override
    public Failure listen(int backlog) {
        return null;
    }

    @Override
    public Channel channel(Engine engine) {
        EpollDomainSocketChannel channel = new EpollDomainSocketChannel(socket.intValue());
        channel.config().setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
        return channel;
    }

    @Override
    public Address localAddress() {
        return address();
    }

    @Override
    void closeSocket() throws IOException {
        socket.close();
    }
}
