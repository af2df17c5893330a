package dev.weir.it.rig;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask again and again over connections that they keep. Each has one connection; that it ends is a fault. */
public final class HttpLoad implements AutoCloseable {

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    public HttpLoad(int port, int clientCount, int everyMs, String path) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < clientCount; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(10_000);
                    socket.setTcpNoDelay(true);
                    InputStream in = new BufferedInputStream(socket.getInputStream());
                    while (!over) {
                        socket.getOutputStream().write(request);
                        read(in);
                        Thread.sleep(everyMs);
                    }
                } catch (IOException | InterruptedException e) {
                    faults.add(e.toString());
                }
            }));
        }
    }

    private void read(InputStream in) throws IOException {
        String head = head(in);
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
        byte[] body = in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 200")) {
            faults.add(head.substring(0, head.indexOf('\r')));
        }
        answers.computeIfAbsent(text, none -> new AtomicInteger()).incrementAndGet();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended after '" + head + "'");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** How often it was answered by that server so far. */
    public int answered(String name) {
        AtomicInteger count = answers.get(name);
        return count == null ? 0 : count.get();
    }

    public int total() {
        return answers.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** What went wrong; ends the clients. */
    public List<String> end() throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
        return List.copyOf(faults);
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}
