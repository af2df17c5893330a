package dev.weir.it.rig;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Clients of every kind at once, each of which notices when anything goes wrong: keep-alive over HTTP/1, the same under
 * TLS, HTTP/2 with many streams at a time, websockets, relayed bytes, new connections. Each HTTP client has a name and has
 * to meet the same server every time; servers answer their names, and those of the one that comes and goes may move.
 *
 * <p>Ports are {@code a} for HTTP, {@code tls}, {@code h2} without TLS, and {@code t} for relayed bytes.
 */
public final class Crowd {

    /** The server that may be lost. */
    public static final String FICKLE = "s3";
    private static final int STREAMS = 10;
    private static final int KNOCK_EVERY_MS = 50;
    private static final int PATIENCE_MS = 15_000;

    /** How many of each kind, and how long a relayed session lasts, 0 for to the end. */
    public record Size(int keeping, int encrypted, int multiplexed, int upgraded, int relayed, int sessionMs) {}

    private interface Work {
        void run() throws Exception;
    }

    private final ToIntFunction<String> ports;
    private final Size size;
    private final boolean mayClose;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final SSLContext anybody;
    private volatile boolean over;

    /** @param mayClose whether a connection may be ended in the way that its protocol has for that */
    public Crowd(ToIntFunction<String> ports, Size size, boolean mayClose) throws Exception {
        this.ports = ports;
        this.size = size;
        this.mayClose = mayClose;
        anybody = SSLContext.getInstance("TLS");
        anybody.init(null, Anybody.ALONE, new SecureRandom());
    }

    /** A server that says its name, and gives back what an upgraded connection sends. */
    public static Origin server(String name) throws IOException {
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name)
                .getBytes(StandardCharsets.US_ASCII);
        return Origin.of((socket, in, out) -> {
            InputStream buffered = new BufferedInputStream(in);
            for (String head = head(buffered); !head.isEmpty(); head = head(buffered)) {
                if (head.contains("\nupgrade: websocket")) {
                    out.write(("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    buffered.transferTo(out);
                    return;
                }
                out.write(answer);
            }
        });
    }

    /** In small letters, up to and with the empty line; empty at the end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                if (head.isEmpty()) {
                    return "";
                }
                throw new IOException("the connection ended after '" + head + "'");
            }
            head.append((char) c);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    public Crowd start() {
        for (int i = 0; i < size.keeping + size.encrypted; i++) {
            String name = (i < size.keeping ? "keeping" : "encrypted") + i;
            boolean tls = i >= size.keeping;
            start(name, () -> keepAsking(name, tls));
        }
        for (int i = 0; i < size.multiplexed; i++) {
            String name = "multiplexed" + i;
            boolean tls = i % 2 == 0;
            start(name, () -> keepMultiplexing(name, tls));
        }
        for (int i = 0; i < size.upgraded; i++) {
            String name = "upgraded" + i;
            start(name, () -> repeat(() -> upgraded(name)));
        }
        for (int i = 0; i < size.relayed; i++) {
            String name = "relayed" + i;
            start(name, () -> repeat(() -> {
                try (Socket socket = open("t", null)) {
                    echo(name, socket, socket.getInputStream());
                }
            }));
        }
        start("knocking", () -> repeat(() -> {
            try (Socket socket = open("a", null)) {
                ask(socket, new BufferedInputStream(socket.getInputStream()), "knocking");
            }
            Thread.sleep(KNOCK_EVERY_MS);
        }));
        return this;
    }

    private void start(String name, Work work) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                failures.add(name + ": " + e);
            }
        }));
    }

    private void repeat(Work work) throws Exception {
        while (!over) {
            work.run();
        }
    }

    /** @param protocol what is spoken under TLS, or null for a connection without it */
    private Socket open(String port, String protocol) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.applyAsInt(port));
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        if (protocol == null) {
            return socket;
        }
        SSLSocket secured = (SSLSocket) anybody.getSocketFactory().createSocket(socket, "localhost", 1, true);
        SSLParameters wanted = secured.getSSLParameters();
        wanted.setApplicationProtocols(new String[] {protocol});
        secured.setSSLParameters(wanted);
        secured.startHandshake();
        return secured;
    }

    private record Answer(String server, boolean closes) {}

    private Answer ask(Socket socket, InputStream in, String name) throws IOException {
        socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: a\r\nid: " + name + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String head = head(in);
        if (!head.startsWith("http/1.1 200 ")) {
            throw new IOException("answered '" + head + "'");
        }
        String server = new String(in.readNBytes(2), StandardCharsets.US_ASCII);
        if (server.length() < 2) {
            throw new IOException("the connection ended in the body");
        }
        requests.incrementAndGet();
        return new Answer(server, head.contains("\nconnection: close"));
    }

    private void keepAsking(String name, boolean tls) throws Exception {
        Random pauses = new Random(name.hashCode());
        String sticky = null;
        while (!over) {
            try (Socket socket = open(tls ? "tls" : "a", tls ? "http/1.1" : null)) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean open = true;
                while (open && !over) {
                    Answer answer = ask(socket, in, name);
                    judge(name, sticky, answer.server);
                    sticky = answer.server;
                    open = !answer.closes;
                    Thread.sleep(pauses.nextInt(Math.max(1, size.keeping)));
                }
                mayEnd(name, open);
            }
        }
    }

    private void mayEnd(String name, boolean open) {
        if (!open && !mayClose) {
            failures.add(name + " was told to close");
        }
    }

    /** One client, one server, whatever happens: that is what the table remembers. */
    private void judge(String name, String before, String now) {
        if (before != null && !before.equals(now) && !before.equals(FICKLE)) {
            failures.add(name + " went from " + before + " to " + now);
        }
    }

    private void keepMultiplexing(String name, boolean tls) throws Exception {
        Random pauses = new Random(name.hashCode());
        String sticky = null;
        while (!over) {
            try (Socket socket = open(tls ? "tls" : "h2", tls ? "h2" : null)) {
                Multiplexed client = new Multiplexed(name, socket);
                while (!client.leaves && !over) {
                    // one alone decides where all belong
                    boolean alone = sticky == null || sticky.equals(FICKLE);
                    List<String> servers = client.round(alone ? 1 : STREAMS);
                    for (String server : servers) {
                        judge(name, sticky, server);
                        sticky = server.equals(FICKLE) || sticky != null && sticky.equals(FICKLE) && !alone ? null : server;
                    }
                    Thread.sleep(pauses.nextInt(Math.max(1, size.keeping)));
                }
                mayEnd(name, !client.leaves);
            }
        }
    }

    /** A connection of HTTP/2 that keeps account of its streams. */
    private final class Multiplexed {

        private final String name;
        private final OutputStream out;
        private final DataInputStream in;
        private int next = 1;
        private boolean leaves;

        Multiplexed(String name, Socket socket) throws IOException {
            this.name = name;
            out = socket.getOutputStream();
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out.write(Frames.bytes("preface"));
        }

        /** As many requests at once; what those were answered that the server took. */
        List<String> round(int count) throws IOException {
            StringBuilder lines = new StringBuilder();
            int first = next;
            for (; next < first + 2 * count; next += 2) {
                out.write(Frames.bytes("headers eh " + next
                        + " :method: GET; :scheme: http; :authority: a; :path: /; id: " + name));
            }
            List<String> servers = new ArrayList<>();
            int waiting = count;
            int last = Integer.MAX_VALUE;
            while (waiting > 0) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                lines.append(type).append('/').append(stream).append(' ');
                if (type == 3 || type == 7 && payload[7] != 0) {
                    throw new IOException("stream " + stream + " was ended with " + Arrays.toString(payload));
                } else if (type == 7) {
                    leaves = true;
                    last = Math.min(last, new DataInputStream(new java.io.ByteArrayInputStream(payload)).readInt());
                    // streams behind the last one were not seen and may be asked again
                    int refused = Math.max(0, (first + 2 * count - 1 - Math.max(last, first - 2)) / 2);
                    waiting = Math.min(waiting, count - refused - servers.size());
                } else if (type == 0 && length > 0) {
                    servers.add(new String(payload, StandardCharsets.US_ASCII));
                    requests.incrementAndGet();
                    out.write(Frames.frame(8, 0, 0, new byte[] {0, 0, 0, (byte) length}));
                }
                waiting -= type <= 1 && (flags & 1) == 1 ? 1 : 0;
            }
            if (servers.stream().anyMatch(each -> each.length() != 2)) {
                throw new IOException("answered " + servers + " by " + lines);
            }
            return servers;
        }
    }

    private void upgraded(String name) throws Exception {
        try (Socket socket = open("a", null)) {
            socket.getOutputStream().write(("GET /ws HTTP/1.1\r\nHost: a\r\nid: " + name + "\r\nConnection: upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (!head.startsWith("http/1.1 101 ")) {
                throw new IOException("answered '" + head + "'");
            }
            echo(name, socket, in);
        }
    }

    private void echo(String name, Socket socket, InputStream in) throws Exception {
        Random random = new Random(name.hashCode());
        byte[] sent = new byte[4000];
        long end = System.nanoTime() + (size.sessionMs == 0 ? Long.MAX_VALUE / 2 : size.sessionMs * 1_000_000L);
        while (!over && System.nanoTime() < end) {
            random.nextBytes(sent);
            socket.getOutputStream().write(sent);
            byte[] back = in.readNBytes(sent.length);
            if (!Arrays.equals(sent, back)) {
                throw new IOException("sent " + sent.length + " bytes, and " + back.length + " others came back");
            }
            bytes.addAndGet(sent.length);
            Thread.sleep(random.nextInt(40));
        }
    }

    public long requests() {
        return requests.get();
    }

    /** Bytes that went and came back as they were. */
    public long bytes() {
        return bytes.get();
    }

    /** Something is wrong that somebody else has seen. */
    public void fail(String what) {
        failures.add(what);
    }

    /** What went wrong; ends all. */
    public List<String> end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(failures);
    }
}
