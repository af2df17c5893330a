package dev.weir.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An HTTP server that answers its name, keeps connections, and can be not up yet, slow, or wrong. */
public final class HttpOrigin implements AutoCloseable {

    private final String name;
    private final Origin origin;
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private volatile String status = "200 OK";
    private volatile String checked = "200 OK";
    private volatile int delayMs;

    public HttpOrigin(String name) throws IOException {
        this(name, 0);
    }

    /** On that port, 0 for any. */
    public HttpOrigin(String name, int port) throws IOException {
        this.name = name;
        origin = Origin.of(port, (socket, in, out) -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            String line = lines.readLine();
            while (line != null) {
                StringBuilder head = new StringBuilder();
                boolean check = line.startsWith("GET / ") || line.startsWith("OPTIONS ");
                while (line != null && !line.isEmpty()) {
                    head.append(line).append('\n');
                    line = lines.readLine();
                }
                if (!check) {
                    heads.add(head.toString());
                    Thread.sleep(delayMs);
                }
                out.write(("HTTP/1.1 " + (check ? checked : status) + "\r\nContent-Length: " + name.length()
                        + "\r\n\r\n" + name).getBytes(StandardCharsets.ISO_8859_1));
                line = lines.readLine();
            }
        });
    }

    public String name() {
        return name;
    }

    public int port() {
        return origin.port();
    }

    /** What requests are answered with from now on. */
    public HttpOrigin answers(String next) {
        status = next;
        return this;
    }

    /** What checks are answered with from now on. */
    public HttpOrigin checks(String next) {
        checked = next;
        return this;
    }

    public HttpOrigin takes(int ms) {
        delayMs = ms;
        return this;
    }

    /** The heads of requests so far, checks left out. */
    public Queue<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
