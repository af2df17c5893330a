package dev.weir.net.sock;

import dev.weir.base.address.Address;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** UDP datagrams over a socket of Java's own, for the NIO engine. Worker-owned. */
final class JavaDatagrams implements DatagramSender {

    private final SocketAddress target;
    private DatagramChannel channel;

    JavaDatagrams(Address address) {
        target = StreamSocket.toNetty(address);
    }

    @Override
    public int send(ByteBuffer bytes, int[] ends, int count) {
        int lost = 0;
        int from = 0;
        for (int i = 0; i < count; i++) {
            lost += sendOne(bytes.slice(from, ends[i] - from)) ? 0 : 1;
            from = ends[i];
        }
        return lost;
    }

    private boolean sendOne(ByteBuffer datagram) {
        try {
            if (channel == null) {
                channel = DatagramChannel.open();
                channel.configureBlocking(false);
            }
            return channel.send(datagram, target) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
