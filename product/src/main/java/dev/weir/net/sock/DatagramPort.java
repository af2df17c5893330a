package dev.weir.net.sock;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

/**
 * A UDP socket that talks to one peer: questions out, answers in. What cannot be sent is lost, as datagrams may be.
 * Worker-owned.
 */
public final class DatagramPort extends ChannelInboundHandlerAdapter {

    /** Gets the datagrams of the peer. */
    public interface Receiver {

        /** The buffer stays the caller's. */
        void received(ByteBuf datagram);
    }

    private final Receiver receiver;
    private Channel channel;

    private DatagramPort(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Opens a port towards the peer; datagrams given before it is ready wait in the channel. */
    public static DatagramPort open(Worker worker, Address peer, Receiver receiver) {
        DatagramPort port = new DatagramPort(receiver);
        port.channel = worker.engine().newDatagram();
        port.channel.pipeline().addLast(port);
        worker.register(port.channel);
        port.channel.connect(StreamSocket.toNetty(peer));
        return port;
    }

    /** Takes the datagram; whether it is on its way. */
    public boolean send(ByteBuf datagram) {
        if (!channel.isActive()) {
            datagram.release();
            return false;
        }
        channel.writeAndFlush(datagram, channel.voidPromise());
        return true;
    }

    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf datagram = message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
        try {
            receiver.received(datagram);
        } finally {
            datagram.release();
        }
    }

    /** Nobody listens there at the moment: the question times out like a lost one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // the next question may reach somebody
    }
}
