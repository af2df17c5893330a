package dev.weir.it.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client of a runtime socket. */
public final class CommandSocket implements AutoCloseable {

    /** No answer of the suites takes as long; what never ends is a failure, not a suite that stands still. */
    private static final long PATIENCE_MS = 30_000;

    private final SocketChannel channel;

    /** The process may still be about to give the socket its name. */
    public CommandSocket(Path path) throws IOException {
        Wait.until(5, () -> path + " is not there", () -> Files.exists(path));
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
    }

    /** Sends one line and gives all that is answered until the process closes. */
    public static String ask(Path path, String line) throws IOException {
        CommandSocket socket = new CommandSocket(path);
        Thread clock = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(PATIENCE_MS);
                socket.close();
            } catch (IOException | InterruptedException answered) {
                // it has come in time
            }
        });
        try (socket) {
            return socket.send((line + "\n").getBytes(StandardCharsets.UTF_8)).end().readAll();
        } catch (AsynchronousCloseException e) {
            throw new IOException("'" + line + "' was not answered to the end within " + PATIENCE_MS + " ms", e);
        } finally {
            clock.interrupt();
        }
    }

    public CommandSocket send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return this;
    }

    public CommandSocket send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Says that nothing more will be sent. */
    public CommandSocket end() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    public String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(16_384);
        while (channel.read(in) >= 0) {
            all.write(in.array(), 0, in.position());
            in.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** What comes up to and with this text. */
    public String readUntil(String ending) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!all.toString(StandardCharsets.UTF_8).endsWith(ending) && channel.read(one) >= 0) {
            all.write(one.array(), 0, one.position());
            one.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
