package dev.weir.it.rig;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A TCP client that says what it saw: text, the end, a reset, silence. */
public final class Client implements AutoCloseable {

    private static final int PATIENCE_MS = 5000;

    private final Socket socket;

    public Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
    }

    public Socket socket() {
        return socket;
    }

    public Client send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Client send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Exactly that many bytes as text, fewer when the end comes before. */
    public String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** All bytes up to the end. */
    public String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    public Client endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** What comes next: the byte as text, "end", "reset", or "silence" when nothing does within the time. */
    public String next(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        try {
            InputStream in = socket.getInputStream();
            int value = in.read();
            return value < 0 ? "end" : String.valueOf((char) value);
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (SocketException e) {
            return "reset";
        } finally {
            socket.setSoTimeout(PATIENCE_MS);
        }
    }

    /** Closes so that the peer sees a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
