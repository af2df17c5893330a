package dev.weir.it.rig;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Receives log lines over UDP. */
public final class Syslog implements AutoCloseable {

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    public Syslog() throws IOException {
        Thread.ofVirtual().start(this::receive);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void receive() {
        byte[] buffer = new byte[65536];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                lines.add(new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1).stripTrailing());
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** The next line for which the condition holds; what comes before it is dropped. */
    public String next(Predicate<String> wanted) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && wanted.test(line)) {
                return line;
            }
            if (line != null) {
                seen.add(line);
            }
        }
        throw new AssertionError("no such log line; seen were " + seen);
    }

    /** The next line, null when none comes within the time. */
    public String poll(int milliseconds) throws InterruptedException {
        return lines.poll(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Forgets what has come. */
    public void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        socket.close();
    }
}
