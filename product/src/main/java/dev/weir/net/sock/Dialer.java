package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sys.NetNamespace;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;

/**
 * Opens sockets towards servers with the options that a server line asks for. One per server and reused for every
 * connection; changes by being replaced. Immutable, but for the ports that are lent.
 *
 * @param source where connections come from, never null
 * @param fastOpen whether the first bytes may go with the first packet; only for who has some to send at once
 * @param namespace the network namespace that sockets are made in, or null for the process's own
 * @param keepAlive TCP keep-alive, with its idle time, interval and count where they are not 0
 * @param buffers how much the kernel buffers
 */
public record Dialer(Source source, int userTimeoutMs, boolean fastOpen, String md5Password, NetNamespace namespace,
        KeepAlive keepAlive, Buffers buffers) {

    /** What stands for the source address when {@code usesrc} asks for one that need not be ours. */
    public enum Borrowed { NONE, ADDRESS, CLIENT_IP, CLIENT }

    /**
     * {@code source}.
     *
     * @param address the address to come from, or null
     * @param ports the ports to draw from, or null for any or for the one in the address
     * @param foreign the address that {@code usesrc} names, for {@link Borrowed#ADDRESS}
     * @param device the interface to leave by, or null
     */
    public record Source(Address address, PortRange ports, Borrowed borrowed, Address foreign, String device) {

        public static final Source ANY = new Source(null, null, Borrowed.NONE, null, null);

        /** Whether it is the same for every client. */
        public boolean isOurs() {
            return borrowed == Borrowed.NONE || borrowed == Borrowed.ADDRESS;
        }

        /** Where a connection for this client comes from, or null for anywhere. */
        public Address of(Address client) {
            return switch (borrowed) {
                case NONE -> address;
                case ADDRESS -> foreign;
                case CLIENT_IP -> client.family().isIp() ? client.withPort(0) : address;
                case CLIENT -> client.family().isIp() ? client : address;
            };
        }
    }

    /** {@code option clitcpka} and its kind: null stands for none. */
    public record KeepAlive(int idleSeconds, int intervalSeconds, int count) {

        public void apply(Socket socket) {
            SockOpt.SO_KEEPALIVE.set(socket, 1);
            setUnlessZero(socket, SockOpt.TCP_KEEPIDLE, idleSeconds);
            setUnlessZero(socket, SockOpt.TCP_KEEPINTVL, intervalSeconds);
            setUnlessZero(socket, SockOpt.TCP_KEEPCNT, count);
        }
    }

    public static final Dialer PLAIN = new Dialer(Source.ANY, 0, false, null, null, null,
            Buffers.SYSTEM);

    /** Ports of a range that are tried before a connection is given up: others may use them too. */
    private static final int PORT_TRIES = 10;

    private static void setUnlessZero(Socket socket, SockOpt option, int value) {
        if (value != 0) {
            option.set(socket, value);
        }
    }

    /** The same for a connection on which the other side may speak first. */
    public Dialer withoutFastOpen() {
        return fastOpen ? new Dialer(source, userTimeoutMs, false, md5Password, namespace, keepAlive, buffers) : this;
    }

    /** A new socket's channel with its options, neither registered nor, as a rule, connected; null if it was refused. */
    public Channel open(Worker worker, Address target) {
        return namespace == null ? openHere(worker, target) : namespace.within(() -> openHere(worker, target));
    }

    private Channel openHere(Worker worker, Address target) {
        boolean unix = target.family().isUnix();
        if (target.family() == Family.ABNS) {
            return openAbstract(worker, target);
        } else if (target.family() == Family.SOCKPAIR) {
            return PassedConnections.dial(worker.engine(), target);
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
        boolean v6 = target.family() == Family.IPV6;
        if (source.device() != null) {
            SockOpt.SO_BINDTODEVICE.set(socket, source.device());
        }
        if (source.borrowed() != Borrowed.NONE) {
            (v6 ? SockOpt.IPV6_TRANSPARENT : SockOpt.IP_TRANSPARENT).set(socket, 1);
        }
        setUnlessZero(socket, SockOpt.TCP_USER_TIMEOUT, userTimeoutMs);
        buffers.apply(socket);
        if (fastOpen) {
            SockOpt.TCP_FASTOPEN_CONNECT.set(socket, 1);
        }
        if (md5Password != null) {
            Md5Key.sign(socket, target, md5Password);
        }
        if (keepAlive != null) {
            keepAlive.apply(socket);
        }
    }

    /**
     * Begins to connect a channel that is registered with a loop.
     *
     * @param from the address to come from, usually {@link Source#of}; null for any
     */
    public void connect(Channel channel, Engine engine, Address target, Address from, DialOutcome outcome) {
        if (channel == null) {
            outcome.failed(new IOException("Connection refused"));
            return;
        }
        if (target.family() == Family.ABNS || target.family() == Family.SOCKPAIR) {
            // it came up connected
            return;
        }
        SocketAddress remote = engine.hasDescriptors() ? StreamSocket.toNetty(target) : StreamSocket.toNio(target);
        SocketAddress local = null;
        if (from != null && from.family() == target.family()) {
            if (channel instanceof UnixChannel withDescriptor) {
                String refused = bind(channel, StreamSocket.of(withDescriptor.fd().intValue()), from);
                if (refused != null) {
                    channel.close();
                    outcome.failed(new BindException(refused));
                    return;
                }
            } else {
                channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
                local = StreamSocket.toNetty(drawPort(channel, from));
            }
        }
        channel.connect(remote, local).addListener(done -> {
            if (!done.isSuccess()) {
                outcome.failed(done.cause());
            }
        });
    }

    /** Binds here rather than in the channel, where a failure looks like one of connecting. What is wrong, or null. */
    private String bind(Channel channel, Socket socket, Address from) {
        SockOpt.SO_REUSEADDR.set(socket, 1);
        if (source.ports() != null && from == source.address()) {
            return bindInRange(channel, socket, from);
        }
        if (from.port() == 0) {
            // the port is chosen when connecting, so that several connections can share it
            SockOpt.IP_BIND_ADDRESS_NO_PORT.set(socket, 1);
        }
        return tryBind(socket, from);
    }

    /** For a channel that binds by itself: the next port of the range, which it may find in use by others. */
    private Address drawPort(Channel channel, Address from) {
        PortRange ports = source.ports();
        int port = ports == null || from != source.address() ? -1 : ports.take();
        if (port < 0) {
            return from;
        }
        channel.closeFuture().addListener(closed -> ports.giveBack(port));
        return from.withPort(port);
    }

    private String bindInRange(Channel channel, Socket socket, Address from) {
        PortRange ports = source.ports();
        String refused = "no free ports";
        for (int i = 0; i < Math.min(ports.size(), PORT_TRIES); i++) {
            int port = ports.take();
            if (port < 0) {
                return refused;
            }
            refused = tryBind(socket, from.withPort(port));
            if (refused == null) {
                channel.closeFuture().addListener(closed -> ports.giveBack(port));
                return null;
            }
            ports.giveBack(port);
        }
        return refused;
    }

    private static String tryBind(Socket socket, Address from) {
        try {
            socket.bind(StreamSocket.toNetty(from));
            return null;
        } catch (IOException e) {
            return SockOpt.words(e);
        }
    }

    /** Told when connecting failed; success is the channel's becoming active. */
    public interface DialOutcome {
        void failed(Throwable cause);
    }
}
