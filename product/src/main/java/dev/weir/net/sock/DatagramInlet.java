package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.base.collect.Settings;
import dev.weir.net.loop.Engine;
import dev.weir.net.loop.Worker;
import dev.weir.net.sys.NetNamespace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bound datagram socket, UDP or UNIX, that gives what it receives to one receiver. Bound by the main thread before any
 * thread runs; from {@link #start} on it is its worker's.
 */
public final class DatagramInlet extends ChannelInboundHandlerAdapter {

    /** Gets the datagrams. */
    public interface Receiver {

        /** The bytes stay the caller's; who sent them is {@link Address#NONE} where that is not known. */
        void received(Worker worker, byte[] bytes, int from, int to, Address sender);
    }

    private static final int LARGEST = 65536;

    private final Channel channel;
    private final byte[] bytes = new byte[LARGEST];
    private Worker worker;
    private volatile Receiver receiver;

    private DatagramInlet(Channel channel) {
        this.channel = channel;
    }

    /** Gives a DatagramInlet or a Failure. */
    public static Object open(Engine engine, Address address, Settings settings, boolean reusePort) {
        String name = settings.get(BindSpec.NAMESPACE);
        if (name == null || name.equals("*") || !address.family().isIp()) {
            return openHere(engine, address, settings, reusePort);
        }
        NetNamespace namespace = NetNamespace.open(name);
        Object opened = namespace == null ? null
                : namespace.within(() -> openHere(engine, address, settings, reusePort));
        return opened != null ? opened : failure("enter namespace '" + name + "'", null, address);
    }

    private static Object openHere(Engine engine, Address address, Settings settings, boolean reusePort) {
        if (engine.hasDescriptors()) {
            return openNative(engine, address, settings, reusePort);
        } else if (!address.family().isIp()) {
            return failure("create receiving socket", "the NIO engine has no UNIX datagrams", address);
        }
        try {
            DatagramChannel socket = DatagramChannel.open(address.family() == Family.IPV4 ? StandardProtocolFamily.INET
                    : StandardProtocolFamily.INET6);
            socket.bind(StreamSocket.toNetty(address));
            return new DatagramInlet(new NioDatagramChannel(socket));
        } catch (IOException e) {
            return failure("bind receiver", SockOpt.words(e), address);
        }
    }

    private static Object openNative(Engine engine, Address address, Settings settings, boolean reusePort) {
        boolean unix = !address.family().isIp();
        Socket socket;
        try {
            socket = unix ? Socket.newSocketDomainDgram() : StreamSocket.openDatagram(address.family());
        } catch (ChannelException e) {
            return failure("create receiving socket", SockOpt.words(e.getCause() == null ? e : e.getCause()), address);
        }
        String wrong = unix ? bindUnix(socket, address) : bindInternet(socket, address, settings, reusePort);
        Channel channel = wrong == null ? engine.adoptDatagram(socket.intValue(), unix) : null;
        if (channel == null) {
            SockOpt.close(socket);
            return failure("bind receiver", wrong == null ? "this engine has no UNIX datagrams" : wrong, address);
        }
        return new DatagramInlet(channel);
    }

    private static ListeningSocket.Failure failure(String what, String words, Address address) {
        return new ListeningSocket.Failure("cannot " + what + (words == null ? "" : " (" + words + ")") + " for ["
                + address + "]");
    }

    private static String bindInternet(Socket socket, Address address, Settings settings, boolean reusePort) {
        SockOpt.SO_REUSEADDR.set(socket, 1);
        if (reusePort) {
            SockOpt.SO_REUSEPORT.set(socket, 1);
        }
        boolean inet6 = address.family() == Family.IPV6;
        if (settings.get(BindSpec.TRANSPARENT)) {
            (inet6 ? SockOpt.IPV6_TRANSPARENT : SockOpt.IP_TRANSPARENT).set(socket, 1);
        }
        String device = settings.get(BindSpec.INTERFACE);
        String refused = device == null ? null : SockOpt.SO_BINDTODEVICE.set(socket, device);
        if (inet6 && settings.get(BindSpec.V6ONLY)) {
            SockOpt.IPV6_V6ONLY.set(socket, 1);
        }
        return refused != null ? refused : bind(socket, StreamSocket.toNetty(address));
    }

    private static String bindUnix(Socket socket, Address address) {
        try {
            if (address.family() == Family.UNIX) {
                Files.deleteIfExists(Path.of(address.path()));
                return bind(socket, new DomainSocketAddress(address.path()));
            }
            AbstractNames.bind(socket.intValue(), address);
            return null;
        } catch (IOException e) {
            return SockOpt.words(e);
        }
    }

    private static String bind(Socket socket, SocketAddress address) {
        try {
            socket.bind(address);
            return null;
        } catch (IOException e) {
            return SockOpt.words(e);
        }
    }

    /** Begins to receive, on that worker. From the main thread. */
    public void start(Worker home, Receiver to) {
        worker = home;
        receiver = to;
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST));
        channel.pipeline().addLast(this);
        worker.register(channel);
    }

    /** From now on this one gets them. From any thread. */
    public void handTo(Receiver next) {
        receiver = next;
    }

    /** From any thread. */
    public void close() {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        AddressedEnvelope<?, ?> packet = (AddressedEnvelope<?, ?>) message;
        try {
            SocketAddress sender = (SocketAddress) packet.sender();
            boolean unix = sender instanceof DomainSocketAddress;
            ByteBuf datagram = (ByteBuf) packet.content();
            int length = Math.min(datagram.readableBytes(), bytes.length);
            datagram.readBytes(bytes, 0, length);
            receiver.received(worker, bytes, 0, length, unix ? Address.NONE : StreamSocket.fromNetty(sender));
        } finally {
            packet.release();
        }
    }

    /** A datagram that could not be read is lost, as datagrams may be. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // the next one may be readable
    }
}
