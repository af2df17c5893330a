package dev.weir.upkeep.resolve;

import dev.weir.base.address.Address;
import dev.weir.net.loop.Worker;
import dev.weir.net.mux.Connection;
import dev.weir.net.mux.Mux;
import dev.weir.net.mux.Reason;
import dev.weir.net.sock.DatagramPort;
import dev.weir.net.sock.Dialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;

/**
 * A name server that is asked over TCP: messages with their length before them on one connection, which is made when it
 * is needed and again when it is gone. Owned by the Conductor.
 */
final class StreamRoute implements Mux, Dialer.DialOutcome {

    private static final int MOST_WAITING = 64;

    private final Worker conductor;
    private final Address address;
    private final DatagramPort.Receiver receiver;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private Connection connection;
    private boolean dialling;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;

    StreamRoute(Worker conductor, Address address, DatagramPort.Receiver receiver) {
        this.conductor = conductor;
        this.address = address;
        this.receiver = receiver;
    }

    boolean send(ByteBuf message) {
        if (waiting.size() >= MOST_WAITING) {
            message.release();
            return false;
        }
        waiting.add(message);
        if (connection != null) {
            flush();
        } else if (!dialling) {
            dialling = true;
            Connection.dial(conductor, Dialer.PLAIN, address, null, this, this);
        }
        return true;
    }

    void close() {
        waiting.forEach(message -> message.release());
        waiting.clear();
        if (connection != null) {
            connection.close();
        }
    }

    private void flush() {
        for (ByteBuf message = waiting.poll(); message != null; message = waiting.poll()) {
            connection.write(Unpooled.buffer(2).writeShort(message.readableBytes()));
            connection.write(message);
        }
        connection.flush();
    }

    @Override
    public void opened(Connection established) {
        dialling = false;
        connection = established;
        flush();
    }

    @Override
    public void received(ByteBuf bytes) {
        input = input.isReadable() ? Unpooled.wrappedBuffer(input, bytes) : bytes;
        while (input.readableBytes() >= 2) {
            int length = input.getUnsignedShort(input.readerIndex());
            if (input.readableBytes() < 2 + length) {
                return;
            }
            input.skipBytes(2);
            receiver.received(input.readSlice(length));
        }
        if (!input.isReadable()) {
            input.release();
            input = Unpooled.EMPTY_BUFFER;
        }
    }

    @Override
    public void inputEnded() {
        connection.become(Mux.NOBODY);
        connection.close();
        forget();
    }

    @Override
    public void broken(Reason reason) {
        forget();
    }

    @Override
    public void failed(Throwable cause) {
        forget();
    }

    private void forget() {
        dialling = false;
        connection = null;
        if (input.isReadable()) {
            input.release();
        }
        input = Unpooled.EMPTY_BUFFER;
        for (ByteBuf message = waiting.poll(); message != null; message = waiting.poll()) {
            message.release();
        }
    }
}
