package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * Opens sockets towards servers with the options that a server line asks for. One per server and reused for every
 * connection; changes by being replaced. Immutable.
 *
 * @param source the address to come from, or null
 * @param lastSourcePort with a port in {@code source}: the end of the range to draw from, else 0
 * @param transparent whether {@code source} may be an address that is not ours
 * @param device the interface to leave by, or null
 * @param keepAlive TCP keep-alive, with its idle time, interval and count where they are not 0
 */
public record Dialer(Address source, int lastSourcePort, boolean transparent, String device, int userTimeoutMs,
        boolean fastOpen, String md5Password, KeepAlive keepAlive) {

    /** {@code option clitcpka} and its kind: null stands for none. */
    public record KeepAlive(int idleSeconds, int intervalSeconds, int count) {

        public void apply(Socket socket) {
            SockOpt.SO_KEEPALIVE.set(socket, 1);
            setUnlessZero(socket, SockOpt.TCP_KEEPIDLE, idleSeconds);
            setUnlessZero(socket, SockOpt.TCP_KEEPINTVL, intervalSeconds);
            setUnlessZero(socket, SockOpt.TCP_KEEPCNT, count);
        }
    }

    public static final Dialer PLAIN = new Dialer(null, 0, false, null, 0, false, null, null);

    private static void setUnlessZero(Socket socket, SockOpt option, int value) {
        if (value != 0) {
            option.set(socket, value);
        }
    }

    /** A new socket's channel with its options, neither registered nor, as a rule, connected; null if it was refused. */
    public Channel open(Worker worker, Address target) {
        boolean unix = target.family().isUnix();
        if (target.family() == Family.ABNS) {
            return openAbstract(worker, target);
        }
        Channel channel = worker.engine().newStream(unix);
        // our own timers watch over connecting
        channel.config().setConnectTimeoutMillis(0);
        if (!unix && this != PLAIN && channel instanceof UnixChannel withDescriptor) {
            setOptions(StreamSocket.of(withDescriptor.fd().intValue()), target);
        } else if (keepAlive != null && !unix) {
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        return channel;
    }

    /** A name padded with zeros is more than the channels can express; a UNIX socket is connected at once or never. */
    private static Channel openAbstract(Worker worker, Address target) {
        Socket socket = StreamSocket.open(Family.ABNS);
        try {
            AbstractNames.connect(socket.intValue(), target);
            return worker.engine().adoptStream(socket.intValue(), true);
        } catch (IOException e) {
            SockOpt.close(socket);
            return null;
        }
    }

    private void setOptions(Socket socket, Address target) {
        if (device != null) {
            SockOpt.SO_BINDTODEVICE.set(socket, device);
        }
        if (transparent) {
            (target.family() == Family.IPV6 ? SockOpt.IPV6_TRANSPARENT : SockOpt.IP_TRANSPARENT).set(socket, 1);
            SockOpt.IP_FREEBIND.set(socket, 1);
        }
        if (source != null && source.port() == 0) {
            SockOpt.IP_BIND_ADDRESS_NO_PORT.set(socket, 1);
        }
        setUnlessZero(socket, SockOpt.TCP_USER_TIMEOUT, userTimeoutMs);
        if (fastOpen) {
            SockOpt.TCP_FASTOPEN_CONNECT.set(socket, 1);
        }
        if (keepAlive != null) {
            keepAlive.apply(socket);
        }
    }

    /**
     * Begins to connect a channel that is registered with a loop.
     *
     * @param from the address to come from, usually {@link #source}; null for any
     */
    public void connect(Channel channel, Engine engine, Address target, Address from, DialOutcome outcome) {
        if (channel == null) {
            outcome.failed(new IOException("Connection refused"));
            return;
        }
        if (target.family() == Family.ABNS) {
            // it came up connected
            return;
        }
        SocketAddress remote = engine.hasDescriptors() ? StreamSocket.toNetty(target) : StreamSocket.toNio(target);
        SocketAddress local = from == null ? null : StreamSocket.toNetty(from);
        channel.connect(remote, local).addListener(done -> {
            if (!done.isSuccess()) {
                outcome.failed(done.cause());
            }
        });
    }

    /** Told when connecting failed; success is the channel's becoming active. */
    public interface DialOutcome {
        void failed(Throwable cause);
    }
}
