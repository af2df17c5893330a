package dev.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers requests of {@link #REQUEST} bytes with as many bytes as each asks for in its first eight; as an origin of HTTP,
 * with as many as the last part of the path says. One thread, one selector; runs in its own thread until the program ends.
 */
final class Origin implements Runnable {

    static final int REQUEST = 64;
    /** The key of every websocket of the load, which is RFC 6455's example. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private static final int HEAD = 4096;
    private static final int CHUNK = 256 * 1024;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ByteBuffer body = text();
    private final boolean http;

    Origin(boolean http) throws IOException {
        this.http = http;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Words in an order that comes from a fixed seed: what compresses as pages do. */
    private static ByteBuffer text() {
        String[] words = ("<p> </p> the load balancer of requests to servers which answer them with pages, and <b>nothing</b>"
                + " is lost when configuration changes 1234 href=\"/static/page.html\" class=\"row\" \n").split(" ");
        java.util.Random random = new java.util.Random(7);
        ByteBuffer body = ByteBuffer.allocateDirect(CHUNK);
        while (body.hasRemaining()) {
            byte[] word = (words[random.nextInt(words.length)] + " ").getBytes(StandardCharsets.US_ASCII);
            body.put(word, 0, Math.min(word.length, body.remaining()));
        }
        return body;
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private static final class Connection {
        final ByteBuffer request = ByteBuffer.allocateDirect(HEAD);
        boolean echoes;
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
        } else if (connection.echoes) {
            channel.write(connection.request.flip());
            connection.request.clear();
        } else if (http ? asks(connection) : connection.request.position() >= REQUEST) {
            if (!http) {
                connection.owed = connection.request.getLong(0);
            } else {
                answer(channel, connection);
            }
            connection.request.clear();
            write(key, channel, connection);
        }
    }

    /** Whether a head is whole; there is no body behind it. */
    private static boolean asks(Connection connection) {
        ByteBuffer request = connection.request;
        int end = request.position();
        return end > 4 && request.getInt(end - 4) == 0x0d0a0d0a;
    }

    private static void answer(SocketChannel channel, Connection connection) throws IOException {
        long length = 0;
        ByteBuffer request = connection.request;
        if (request.get(5) == 'e') {
            connection.echoes = true;
            channel.write(ByteBuffer.wrap(UPGRADED.getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        for (int i = 4; request.get(i) != ' '; i++) {
            int digit = request.get(i) - '0';
            length = digit >= 0 && digit <= 9 ? length * 10 + digit : 0;
        }
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\nContent-Type: text/html\r\nServer: bench\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        if (length < 1024) {
            // small answers leave in one piece
            channel.write(ByteBuffer.wrap(java.util.Arrays.copyOf(head, head.length + (int) length)));
        } else {
            channel.write(ByteBuffer.wrap(head));
            connection.owed = length;
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
