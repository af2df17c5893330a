package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.net.loop.Engine;
import io.netty.channel.Channel;
import dev.weir.net.loop.JavaUnixListener;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * A listening socket of Java's own, for machines on which no native engine runs. It knows IP addresses and UNIX paths
 * and none of the options that only the system has; those are warned about. Used by one thread at a time.
 */
final class JavaListeningSocket extends ListeningSocket {

    private static final List<Setting<?>> SYSTEM_ONLY = List.of(BindSpec.INTERFACE, BindSpec.MSS, BindSpec.TFO,
            BindSpec.DEFER_ACCEPT, BindSpec.V6ONLY, BindSpec.TRANSPARENT, BindSpec.TCP_MD5SIG, BindSpec.TCP_UT_MS);

    private final ServerSocketChannel socket;

    private JavaListeningSocket(ServerSocketChannel socket, Address address, boolean unix) {
        super(address, unix);
        this.socket = socket;
    }

    static Object open(Address address, Settings settings, Terms terms) {
        boolean path = address.family() == Family.UNIX;
        if (!path && !address.family().isIp()) {
            return new Failure("cannot create listening socket (the NIO engine knows IP addresses and paths only) for ["
                    + address + "]");
        }
        JavaListeningSocket listening;
        try {
            ServerSocketChannel socket = path ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    : ServerSocketChannel.open(address.family() == Family.IPV4 ? StandardProtocolFamily.INET
                            : StandardProtocolFamily.INET6);
            socket.configureBlocking(false);
            listening = new JavaListeningSocket(socket, address, path);
        } catch (IOException | UnsupportedOperationException e) {
            return new Failure("cannot create listening socket (" + SockOpt.words(e) + ") for [" + address + "]");
        }
        Failure failure = path ? listening.bindPath(settings, terms, file -> listening.socket.bind(
                UnixDomainSocketAddress.of(file), terms.backlog())) : listening.bindInternet(settings, terms);
        if (failure != null) {
            listening.close();
            return failure;
        }
        return listening;
    }

    private Failure bindInternet(Settings settings, Terms terms) {
        for (Setting<?> option : SYSTEM_ONLY) {
            warnIf("set '" + option.name() + "'",
                    settings.has(option) ? "the NIO engine does not know it" : null);
        }
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (terms.reusePort()) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            socket.bind(StreamSocket.toNetty(address()), terms.backlog());
            return null;
        } catch (IOException | UnsupportedOperationException e) {
            return cannot("bind socket", e);
        }
    }

    /** It listens since it was bound: Java knows no two steps. */
    @Override
    public Failure listen(int backlog) {
        return null;
    }

    @Override
    public Channel channel(Engine engine) {
        return isUnix() ? new JavaUnixListener(socket) : new NioServerSocketChannel(socket);
    }

    @Override
    public Address localAddress() {
        try {
            return StreamSocket.fromNetty(socket.getLocalAddress());
        } catch (IOException e) {
            return address();
        }
    }

    @Override
    void closeSocket() throws IOException {
        socket.close();
    }
}
