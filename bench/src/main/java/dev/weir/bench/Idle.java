package dev.weir.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Memory with many sessions that have each carried one request and then stay open. */
final class Idle {

    private static final byte[] GET = "GET /static/16 HTTP/1.1\r\nHost: bench.example.org\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Options options;
    private final Samples samples;
    private final Scene scene;

    Idle(Options options, Samples samples, Scene scene) {
        this.options = options;
        this.samples = samples;
        this.scene = scene;
    }

    /** A kind of session, in the words of the report. */
    private record Kind(String title, Way way, int count) {}

    void run() throws Exception {
        for (Kind kind : List.of(new Kind("TCP", Way.TCP, options.sessions()), new Kind("HTTP", Way.HTTP, options.sessions() / 4),
                new Kind("HTTP", Way.HTTP, options.sessions()), new Kind("TLS", Way.TLS, options.sessions()))) {
            for (String text : options.subjects()) {
                try (Subject subject = Subject.start(Bench.name(text), Bench.command(text), scene)) {
                    if (subject.serves(kind.way())) {
                        hold(subject, kind);
                    }
                }
            }
        }
    }

    private void hold(Subject subject, Kind kind) throws Exception {
        // what the first sessions cost once is not the price of each
        for (Socket warm : open(subject, kind, 50)) {
            warm.close();
        }
        TimeUnit.SECONDS.sleep(1);
        long before = subject.residentKb();
        List<Socket> open = open(subject, kind, kind.count());
        TimeUnit.SECONDS.sleep(options.holdSeconds());
        long after = subject.residentKb();
        int alive = 0;
        for (Socket socket : open) {
            alive += answers(socket, kind.way()) ? 1 : 0;
            socket.close();
        }
        String of = kind.count() + " " + kind.title() + " sessions";
        samples.add("idle", "resident memory before " + of + ", kB", subject.name(), before);
        samples.add("idle", "resident memory with " + of + ", kB", subject.name(), after);
        samples.add("idle", "per session of " + of + ", kB", subject.name(), (after - before) / (double) kind.count());
        samples.add("idle", "of " + of + " still answer", subject.name(), alive);
        System.err.printf("bench: idle %s: %d kB, then %d kB with %s, %d alive%n", subject.name(), before, after, of, alive);
    }

    private List<Socket> open(Subject subject, Kind kind, int count) throws IOException, GeneralSecurityException {
        List<Socket> open = new ArrayList<>();
        SSLContext tls = kind.way().isTls() ? anybody() : null;
        for (int i = 0; i < count; i++) {
            InetAddress here = InetAddress.getLoopbackAddress();
            Socket socket = tls == null ? new Socket(here, subject.port(kind.way()))
                    : tls.getSocketFactory().createSocket(here, subject.port(kind.way()));
            if (!answers(socket, kind.way())) {
                throw new IOException("a session got no answer");
            }
            open.add(socket);
        }
        return open;
    }

    private static boolean answers(Socket socket, Way way) {
        try {
            socket.getOutputStream().write(way.isHttp() ? GET : ByteBuffer.allocate(Origin.REQUEST).putLong(0, 16).array());
            InputStream in = socket.getInputStream();
            if (way.isHttp()) {
                for (int tail = 0, next = 0; tail != 0x0d0a0d0a; tail = tail << 8 | next) {
                    next = in.read();
                    if (next < 0) {
                        return false;
                    }
                }
            }
            return in.readNBytes(16).length == 16;
        } catch (IOException e) {
            return false;
        }
    }

    private static SSLContext anybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                // the certificates are made for this run
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // the certificates are made for this run
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }}, new SecureRandom());
        return context;
    }
}
