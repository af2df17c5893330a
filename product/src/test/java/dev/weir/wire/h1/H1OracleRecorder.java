package dev.weir.wire.h1;

import dev.weir.text.Escaped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Records what HAProxy makes of rows: it stands between this program's client and this program's origin, which knows
 * nothing of HTTP but where silence begins. Arguments: {@code requests} or {@code responses}, the rows, the file to write.
 */
final class H1OracleRecorder {

    private static final int QUIET_MS = 40;
    private static final String NOTHING = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

    /** The requests that answers are recorded for. */
    static final Map<String, String> ASKING = Map.of(
            "G", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "G0", "GET / HTTP/1.0\r\n\r\n",
            "G0K", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD0", "HEAD / HTTP/1.0\r\n\r\n",
            "UP", "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n",
            "WS", "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            "CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n");

    private final List<byte[]> seen = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile byte[] answer = NOTHING.getBytes(StandardCharsets.US_ASCII);
    private volatile boolean closes;
    private int port;

    private H1OracleRecorder() throws IOException {}

    public static void main(String[] args) throws Exception {
        new H1OracleRecorder().record(args[0].equals("responses"), Path.of(args[1]), Path.of(args[2]));
    }

    private void record(boolean responses, Path rows, Path out) throws Exception {
        Thread.ofVirtual().start(this::accept);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.createTempFile("oracle", ".cfg");
        Files.writeString(file, """
                defaults
                  mode http
                  timeout client 2s
                  timeout server 2s
                  timeout connect 1s
                  http-reuse never
                listen l
                  bind 127.0.0.1:%d
                  server s 127.0.0.1:%d
                """.formatted(port, origin.getLocalPort()));
        Process haproxy = new ProcessBuilder("haproxy", "-f", file.toString(), "-db")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            TimeUnit.MILLISECONDS.sleep(500);
            List<String> lines = new ArrayList<>();
            for (String row : Files.readAllLines(rows)) {
                lines.add(row + " ; " + (responses ? response(row) : request(row)));
            }
            Files.write(out, lines);
        } finally {
            haproxy.destroy();
            Files.delete(file);
        }
    }

    private String request(String row) throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        boolean closed = ask(Escaped.bytes(row), got);
        StringBuilder out = new StringBuilder();
        for (byte[] message : List.copyOf(seen)) {
            out.append(H1Rows.written(message)).append(" + ");
        }
        String text = got.toString(StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf("HTTP/1.1 ");
        String status = last < 0 ? "" : text.substring(last + 9, last + 12);
        return out + (status.equals("200") || status.isEmpty() ? "" : status + " ") + (closed ? "close" : "keep");
    }

    private String response(String row) throws Exception {
        String[] part = row.split(" ; ");
        String[] kind = part[0].split(" ");
        answer = Escaped.bytes(part[1]);
        closes = kind.length > 1;
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        boolean closed = ask(ASKING.get(kind[0]).getBytes(StandardCharsets.US_ASCII), got);
        String text = got.toString(StandardCharsets.ISO_8859_1);
        boolean bad = text.startsWith("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 107");
        return (bad ? "502" : H1Rows.written(got.toByteArray())) + (closed ? " close" : " keep");
    }

    /** Whether the connection was closed in the end. */
    private boolean ask(byte[] bytes, ByteArrayOutputStream got) throws Exception {
        seen.clear();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            socket.setSoTimeout(6 * QUIET_MS);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                got.write(buffer, 0, n);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = origin.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(QUIET_MS);
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] buffer = new byte[65536];
            while (true) {
                try {
                    int n = socket.getInputStream().read(buffer);
                    if (n < 0) {
                        return;
                    }
                    message.write(buffer, 0, n);
                } catch (SocketTimeoutException quiet) {
                    if (message.size() > 0) {
                        seen.add(message.toByteArray());
                        message.reset();
                        socket.getOutputStream().write(answer);
                        if (closes) {
                            return;
                        }
                    }
                }
            }
        } catch (IOException e) {
            // the oracle has closed; what it had sent is recorded
        }
    }
}
