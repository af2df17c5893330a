package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** A socket of exactly the family that its address asks for, and addresses in the forms that Netty wants. */
public final class StreamSocket extends Socket {

    private StreamSocket(int descriptor) {
        super(descriptor);
    }

    /** Loads the native library when the first class of it is touched; costs nothing afterwards. */
    public static StreamSocket open(Family family) {
        return new StreamSocket(switch (family) {
            case IPV4 -> newSocketStream0(SocketProtocolFamily.INET);
            case IPV6 -> newSocketStream0(SocketProtocolFamily.INET6);
            default -> newSocketDomain0();
        });
    }

    /** A UDP socket. */
    static Socket openDatagram(Family family) {
        return new StreamSocket(newSocketDgram0(family == Family.IPV6 ? SocketProtocolFamily.INET6
                : SocketProtocolFamily.INET));
    }

    /** A view of a descriptor that someone else owns. */
    public static StreamSocket of(int descriptor) {
        return new StreamSocket(descriptor);
    }

    /** The same for a descriptor that may be anything; null when it is no socket. */
    public static StreamSocket ofInherited(int descriptor) {
        try {
            return new StreamSocket(descriptor);
        } catch (ChannelException e) {
            return null;
        }
    }

    /** The places of what {@link #tcpInfo} tells in the kernel's structure. */
    private static final int[] TCP_INFO_AT = {68, 72, 24, 28, 32, 36, 40, 88};
    private static final int TCP_INFO_SIZE = 104;

    /**
     * What the kernel knows of a TCP connection: round-trip time and its variance in microseconds, segments
     * unacknowledged, selectively acknowledged, lost, retransmitted, forward acknowledged, and the reordering. Null for
     * other sockets.
     */
    public static long[] tcpInfo(StreamSocket socket) {
        java.nio.ByteBuffer raw = java.nio.ByteBuffer.allocateDirect(TCP_INFO_SIZE)
                .order(java.nio.ByteOrder.nativeOrder());
        if (!SockOpt.TCP_INFO.get(socket, raw)) {
            return null;
        }
        long[] numbers = new long[TCP_INFO_AT.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = raw.getInt(TCP_INFO_AT[i]) & 0xffff_ffffL;
        }
        return numbers;
    }

    private static final int MOST_SYN = 256;
    private static final int ETHERNET_HEAD = 14;
    private static final int IPV6_HEAD = 40;

    /** The first packet of the client, where the listener keeps those and it has not been read before; else null. */
    public static byte[] savedSyn(StreamSocket socket) {
        java.nio.ByteBuffer raw = java.nio.ByteBuffer.allocateDirect(MOST_SYN);
        int mode = SockOpt.TCP_SAVE_SYN.get(socket);
        if (mode < 1 || !SockOpt.TCP_SAVED_SYN.get(socket, raw)) {
            return null;
        }
        // the kernel's length is not told, that of the packet stands in it
        int at = mode == 2 ? ETHERNET_HEAD : 0;
        int version = raw.get(at) >> 4;
        int length = version == 4 ? at + raw.getShort(at + 2) : version == 6 ? at + raw.getShort(at + 4) + IPV6_HEAD : 0;
        if (length <= at || length > MOST_SYN) {
            return null;
        }
        byte[] packet = new byte[length];
        raw.get(0, packet);
        return packet;
    }

    /** The address as Netty and the JDK want it. */
    public static SocketAddress toNetty(Address address) {
        return switch (address.family()) {
            case IPV4, IPV6 -> new InetSocketAddress(toInet(address), address.port());
            case ABNS, ABNSZ -> new DomainSocketAddress("\0" + address.path());
            default -> new DomainSocketAddress(address.path());
        };
    }

    /** The same for the NIO engine, which has its own UNIX addresses. */
    public static SocketAddress toNio(Address address) {
        return address.family() == Family.UNIX
                ? java.net.UnixDomainSocketAddress.of(Path.of(address.path())) : toNetty(address);
    }

    private static InetAddress toInet(Address address) {
        try {
            return address.family() == Family.IPV6
                    ? Inet6Address.getByAddress(null, address.ipBytes(), -1)
                    : InetAddress.getByAddress(address.ipBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From a channel's address; what is no IP address becomes a UNIX one. */
    public static Address fromNetty(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.getAddress() != null ->
                Address.ip(inet.getAddress().getAddress(), inet.getPort());
            case DomainSocketAddress domain -> fromPath(domain.path());
            case java.net.UnixDomainSocketAddress domain -> fromPath(domain.getPath().toString());
            case null, default -> Address.NONE;
        };
    }

    private static Address fromPath(String path) {
        return path.startsWith("\0") ? Address.abstractName(Family.ABNSZ, path.substring(1)) : Address.unix(path);
    }

    /** The bytes of a UNIX path as the kernel takes them. */
    static byte[] pathBytes(String path) {
        return Objects.requireNonNull(path).getBytes(StandardCharsets.UTF_8);
    }
}
