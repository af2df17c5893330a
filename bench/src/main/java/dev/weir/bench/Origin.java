package dev.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers requests of {@link #REQUEST} bytes with as many bytes as each asks for in its first eight. One thread, one
 * selector; runs in its own thread until the program ends.
 */
final class Origin implements Runnable {

    static final int REQUEST = 64;
    private static final int CHUNK = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ByteBuffer body = ByteBuffer.allocateDirect(CHUNK);

    Origin() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private static final class Connection {
        final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST);
        long owed;
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select(this::serve);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
                return;
            }
            Connection connection = (Connection) key.attachment();
            SocketChannel channel = (SocketChannel) key.channel();
            if (key.isWritable() && connection.owed > 0) {
                write(key, channel, connection);
            } else if (key.isReadable()) {
                read(key, channel, connection);
            }
        } catch (IOException gone) {
            close(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection());
        }
    }

    private void read(SelectionKey key, SocketChannel channel, Connection connection) throws IOException {
        if (channel.read(connection.request) < 0) {
            close(key);
        } else if (!connection.request.hasRemaining()) {
            connection.owed = connection.request.getLong(0);
            connection.request.clear();
            write(key, channel, connection);
        }
    }

    private void write(SelectionKey key, SocketChannel channel, Connection connection) throws IOException {
        while (connection.owed > 0) {
            body.clear().limit((int) Math.min(CHUNK, connection.owed));
            int written = channel.write(body);
            connection.owed -= written;
            if (written == 0) {
                key.interestOps(SelectionKey.OP_WRITE);
                return;
            }
        }
        if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
