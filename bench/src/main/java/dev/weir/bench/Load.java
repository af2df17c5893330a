package dev.weir.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Keeps a number of connections busy for a time: each sends a request, reads the whole answer, and begins again, on the
 * same connection or on a new one. One thread, one selector.
 */
final class Load implements Drive {

    private static final int CHUNK = 1 << 20;
    private static final String UPGRADE = "GET /echo HTTP/1.1\r\nHost: bench.example.org\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + Origin.KEY + "\r\n\r\n";

    private final Workload workload;
    private final InetSocketAddress address;
    private final Selector selector = Selector.open();
    private final ByteBuffer sink = ByteBuffer.allocateDirect(CHUNK);
    private final ByteBuffer request;
    /** What a connection begins with before it carries requests; null if nothing. */
    private final ByteBuffer opening;
    private Histogram latencies = new Histogram();
    private long failures;
    private long endNs;

    Load(Workload workload, int port) throws IOException {
        this.workload = workload;
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        boolean websocket = workload.kind() == Workload.Kind.WEBSOCKET;
        opening = websocket ? direct(UPGRADE) : null;
        request = websocket ? frame((int) workload.answerBytes())
                : workload.way().isHttp() ? httpRequest(workload)
                : ByteBuffer.allocateDirect(Origin.REQUEST).putLong(0, workload.answerBytes());
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }

    /** A binary frame of that length, head and mask of zeros included, that comes back as it is. */
    private static ByteBuffer frame(int length) {
        return ByteBuffer.allocateDirect(length).put(0, (byte) 0x82).put(1, (byte) (0x80 | length - 8)).putShort(2, (short) 0);
    }

    private static ByteBuffer httpRequest(Workload workload) {
        String text = "GET /static/" + workload.answerBytes() + " HTTP/1.1\r\nHost: bench.example.org\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\nAccept: text/html,application/xhtml+xml\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\nCookie: session=0123456789abcdef\r\n\r\n";
        return direct(text);
    }

    private static final class Client {
        long left;
        boolean withinHead;
        boolean upgraded;
        long startedNs;
    }

    @Override
    public Result run(long nanos) throws IOException {
        latencies = new Histogram();
        failures = 0;
        long startNs = System.nanoTime();
        endNs = startNs + nanos;
        for (int i = 0; i < workload.connections(); i++) {
            connect();
        }
        while (System.nanoTime() < endNs) {
            selector.select(this::step, 100);
        }
        long elapsed = System.nanoTime() - startNs;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.selectNow();
        return new Result(latencies, failures, elapsed);
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Client client = new Client();
        client.startedNs = System.nanoTime();
        boolean done = channel.connect(address);
        SelectionKey key = channel.register(selector, done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, client);
        if (done) {
            send(key, client);
        }
    }

    private void step(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                send(key, client);
            } else if (key.isReadable()) {
                receive(key, client);
            }
        } catch (IOException e) {
            again(key, true);
        }
    }

    private void send(SelectionKey key, Client client) throws IOException {
        boolean opens = opening != null && !client.upgraded;
        client.left = opens ? 0 : workload.answerBytes();
        client.withinHead = opens || workload.way().isHttp() && !client.upgraded;
        ((SocketChannel) key.channel()).write(opens ? opening.clear() : request.clear());
    }

    private void receive(SelectionKey key, Client client) throws IOException {
        sink.clear();
        int count = ((SocketChannel) key.channel()).read(sink);
        if (count < 0) {
            again(key, true);
            return;
        }
        client.left -= count - (client.withinHead ? head(client) : 0);
        if (client.left > 0) {
            return;
        }
        if (opening != null && !client.upgraded) {
            client.upgraded = true;
            client.startedNs = System.nanoTime();
            send(key, client);
            return;
        }
        long now = System.nanoTime();
        latencies.add(now - client.startedNs);
        if (workload.kind() != Workload.Kind.ONCE) {
            client.startedNs = now;
            send(key, client);
        } else {
            again(key, false);
        }
    }

    /** The length of the head in what has just been read, which comes in one piece. */
    private int head(Client client) throws IOException {
        for (int i = 0; i + 4 <= sink.position(); i++) {
            if (sink.getInt(i) == 0x0d0a0d0a) {
                client.withinHead = false;
                if (sink.get(9) != (opening == null ? '2' : '1')) {
                    throw new IOException("an answer with another status than expected");
                }
                return i + 4;
            }
        }
        throw new IOException("a head in pieces");
    }

    /** Replaces a connection that is over. */
    private void again(SelectionKey key, boolean failed) {
        try {
            key.channel().close();
            failures += failed ? 1 : 0;
            if (System.nanoTime() < endNs) {
                connect();
            }
        } catch (IOException e) {
            failures++;
        }
    }
}
