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
final class Load {

    private static final int CHUNK = 1 << 20;

    private final Workload workload;
    private final InetSocketAddress address;
    private final Selector selector = Selector.open();
    private final ByteBuffer sink = ByteBuffer.allocateDirect(CHUNK);
    private final ByteBuffer request;
    private Histogram latencies = new Histogram();
    private long failures;
    private long endNs;

    Load(Workload workload, int port) throws IOException {
        this.workload = workload;
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        request = workload.way().isHttp() ? httpRequest(workload) : ByteBuffer.allocateDirect(Origin.REQUEST)
                .putLong(0, workload.answerBytes());
    }

    private static ByteBuffer httpRequest(Workload workload) {
        String text = "GET /static/" + workload.answerBytes() + " HTTP/1.1\r\nHost: bench.example.org\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\nAccept: text/html,application/xhtml+xml\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\nCookie: session=0123456789abcdef\r\n\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes);
    }

    /** What a time of load gave. Immutable. */
    record Result(Histogram latencies, long failures, long elapsedNs) {}

    private static final class Client {
        long left;
        boolean withinHead;
        long startedNs;
    }

    Result run(long nanos) throws IOException {
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
        request.clear();
        client.left = workload.answerBytes();
        client.withinHead = workload.way().isHttp();
        ((SocketChannel) key.channel()).write(request);
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
        long now = System.nanoTime();
        latencies.add(now - client.startedNs);
        if (workload.keepAlive()) {
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
                if (sink.get(9) != '2') {
                    throw new IOException("an answer with another status than 200");
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
