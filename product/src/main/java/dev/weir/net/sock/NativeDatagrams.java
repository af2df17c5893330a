package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.base.address.Family;
import dev.weir.net.sys.MessageBatch;
import dev.weir.net.sys.Sys;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Datagrams over a socket of the system: several in one call, one in the call that costs least. Worker-owned. */
final class NativeDatagrams implements DatagramSender {

    private static final int INET6 = 10;
    private static final int PATH_SIZE = 108;

    private final Address address;
    private final InetAddress host;
    private final byte[] path;
    private final int most;
    private Socket socket;
    private MessageBatch batch;

    NativeDatagrams(Address address, int most) {
        this.address = address;
        this.most = most;
        this.host = address.family().isIp() ? inet(address) : null;
        this.path = host == null ? path(address) : null;
    }

    private static InetAddress inet(Address address) {
        try {
            return InetAddress.getByAddress(address.ipBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An abstract name fills the whole path where it is HAProxy's kind, else it ends with its last byte. */
    private static byte[] path(Address address) {
        byte[] name = StreamSocket.pathBytes(address.family() == Family.UNIX ? address.path() : "\0" + address.path());
        return address.family() == Family.ABNS ? Arrays.copyOf(name, PATH_SIZE) : name;
    }

    @Override
    public int send(ByteBuffer bytes, int[] ends, int count) {
        try {
            if (socket == null) {
                socket = host == null ? Socket.newSocketDomainDgram() : Socket.newSocketDgram();
            }
            if (count > 1 && Sys.isLinked()) {
                return together(bytes, ends, count);
            }
        } catch (ChannelException e) {
            return count;
        }
        return oneByOne(bytes, ends, count);
    }

    private int together(ByteBuffer bytes, int[] ends, int count) {
        if (batch == null) {
            batch = new MessageBatch(socket.intValue(), sockaddr(), most);
        }
        long at = MessageBatch.addressOf(bytes);
        int from = 0;
        for (int i = 0; i < count; i++) {
            batch.datagram(i, at + from, ends[i] - from);
            from = ends[i];
        }
        return batch.send(count);
    }

    private int oneByOne(ByteBuffer bytes, int[] ends, int count) {
        int lost = 0;
        int from = 0;
        for (int i = 0; i < count; i++) {
            lost += sendOne(bytes, from, ends[i]) ? 0 : 1;
            from = ends[i];
        }
        return lost;
    }

    private boolean sendOne(ByteBuffer bytes, int from, int to) {
        try {
            int sent = host == null ? socket.sendToDomainSocket(bytes, from, to, path)
                    : socket.sendTo(bytes, from, to, host, address.port());
            return sent >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private byte[] sockaddr() {
        ByteBuffer out = ByteBuffer.allocate(2 + PATH_SIZE).order(ByteOrder.nativeOrder());
        if (host == null) {
            return Arrays.copyOf(out.putShort(0, (short) 1).put(2, path).array(), 2 + path.length);
        }
        boolean inet6 = SockOpt.SO_DOMAIN.get(socket) == INET6;
        out.putShort(0, (short) (inet6 ? INET6 : 2));
        out.put(2, (byte) (address.port() >>> 8)).put(3, (byte) address.port());
        byte[] ip = address.ipBytes();
        if (!inet6) {
            return Arrays.copyOf(out.put(4, ip).array(), 16);
        }
        if (ip.length == 4) {
            out.putShort(8 + 10, (short) -1).put(8 + 12, ip);
        } else {
            out.put(8, ip);
        }
        return Arrays.copyOf(out.array(), 28);
    }
}
