package dev.weir.it.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A small server behind a product. What it does with a connection is one function. */
public final class Origin implements AutoCloseable {

    /** What is done with a connection; it is closed afterwards. */
    public interface Behaviour {
        void serve(Socket socket, InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private Origin(Behaviour behaviour, int port) throws IOException {
        this.behaviour = behaviour;
        listener = new ServerSocket(port, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static Origin of(Behaviour behaviour) throws IOException {
        return new Origin(behaviour, 0);
    }

    /** On that port, 0 for any. */
    public static Origin of(int port, Behaviour behaviour) throws IOException {
        return new Origin(behaviour, port);
    }

    /** Sends back what comes, and ends when the other side ends. */
    public static Origin echo() throws IOException {
        return of((socket, in, out) -> in.transferTo(out));
    }

    /** Says its name and ends. */
    public static Origin named(String name) throws IOException {
        return of((socket, in, out) -> {
            out.write(name.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        });
    }

    /** Says nothing before the other side has ended; then these words and all that it heard. */
    public static Origin answeringLate(String words) throws IOException {
        return of((socket, in, out) -> {
            byte[] heard = in.readAllBytes();
            out.write(words.getBytes(StandardCharsets.ISO_8859_1));
            out.write(heard);
        });
    }

    /** Reads and never answers. */
    public static Origin silent() throws IOException {
        return of((socket, in, out) -> in.transferTo(OutputStream.nullOutputStream()));
    }

    /** Resets the connection after the first byte. */
    public static Origin resetting() throws IOException {
        return of((socket, in, out) -> {
            in.read();
            socket.setSoLinger(true, 0);
        });
    }

    /** Reads a byte, then nothing until told otherwise by the client's end. */
    public static Origin slow(int everyMs, int chunk) throws IOException {
        return of((socket, in, out) -> {
            byte[] buffer = new byte[chunk];
            while (in.read(buffer) >= 0) {
                Thread.sleep(everyMs);
            }
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections came so far. */
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            behaviour.serve(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException | InterruptedException gone) {
            // the other side went away, which is the case's business
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
