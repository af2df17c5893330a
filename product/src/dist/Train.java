import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes the AOT cache: starts the product, sends connections through it, ends it, and lets the JVM write down which
 * classes it had loaded and which methods ran. Without a cache the product works and starts slower, so a failure here is
 * a message and no error.
 *
 * <p>Arguments: launcher, product directory, file to make.
 */
public final class Train {

    private static final int CONNECTIONS = 200;
    private static final int REQUESTS = 2000;
    private static final int HANDSHAKES = 300;
    /** A certificate that nobody trusts, with its key, so that encryption is trained too. */
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBeDCCAR2gAwIBAgIUXSsZItuV9RFBRrQjhPpppDQK2r4wCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFdHJhaW4wIBcNMjYxMTIxMTYzMjI5WhgPMjEyNjEwMjgxNjMy
            MjlaMBAxDjAMBgNVBAMMBXRyYWluMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            XsEGE/iElQfpIw2uxWxVfr2RB3cskcQFSbDULxEh0Nj5mIEC/OCdskGWFRd+t3kd
            27p3Qvsy6CwE13oT8Kmso6NTMFEwHQYDVR0OBBYEFI70mVIX09ojFZVMPJBxGakV
            DO0oMB8GA1UdIwQYMBaAFI70mVIX09ojFZVMPJBxGakVDO0oMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAOHfJkgJCX8KFjrLYpKBkHmAIoIhnyEQ
            TZJgnr1KqoB/AiEAioCiMyAMMGmGit/5aE+gQZyKBWvxyoV2vlYBwa8a1Ho=
            -----END CERTIFICATE-----
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvLGSNHX3rzwXTTV9
            i2ZaWt7lQ6nAbWrc/H8vXNyi6+KhRANCAARewQYT+ISVB+kjDa7FbFV+vZEHdyyR
            xAVJsNQvESHQ2PmYgQL84J2yQZYVF363eR3bundC+zLoLATXehPwqayj
            -----END PRIVATE KEY-----
            """;
    private static final int START_SECONDS = 30;

    private Train() {}

    public static void main(String[] args) throws Exception {
        // the certificate names nobody
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        Path cache = Path.of(args[2]);
        Files.deleteIfExists(cache);
        Path work = Files.createTempDirectory("weir-train");
        try (ServerSocket origin = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
                ServerSocket web = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(origin, Train::echo));
            Thread.ofVirtual().start(() -> serve(web, Train::answer));
            Ports ports = new Ports(freePort(), freePort(), freePort(), origin.getLocalPort(), web.getLocalPort());
            Files.writeString(work.resolve("train.pem"), PEM);
            Files.writeString(work.resolve("train.map"), "a 1\nb 2\n");
            Path file = Files.writeString(work.resolve("train.cfg"), configuration(ports, work));
            Process product = start(args[0], args[1], cache, file, work);
            if (accepts(product, ports.raw)) {
                relay(ports.raw);
                ask(ports.http);
                secretly(ports.tls);
                manyAtOnce(ports.tls);
                command(work.resolve("train.sock"));
                Thread.sleep(200);
            }
            product.destroy();
            if (!product.waitFor(60, TimeUnit.SECONDS)) {
                product.destroyForcibly();
            }
            if (!Files.exists(cache)) {
                System.out.println("no AOT cache was made: " + Files.readString(work.resolve("log")));
            }
        } finally {
            for (String name : List.of("log", "train.cfg", "train.pem", "train.map", "train.sock")) {
                Files.deleteIfExists(work.resolve(name));
            }
            Files.deleteIfExists(work);
        }
    }

    private record Ports(int raw, int http, int tls, int origin, int web) {}

    private static String configuration(Ports ports, Path work) {
        return """
                global
                    maxconn 1000
                    nbthread 2
                    log 127.0.0.1:9 local0
                    stats socket DIR/train.sock level admin
                defaults
                    mode tcp
                    log global
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                frontend train
                    bind 127.0.0.1:RAW
                    option tcplog
                    default_backend train
                backend train
                    server one 127.0.0.1:ORIGIN
                    server two 127.0.0.1:ORIGIN backup
                frontend web
                    mode http
                    bind 127.0.0.1:HTTP
                    bind 127.0.0.1:TLS ssl crt DIR/train.pem alpn h2,http/1.1
                    option httplog
                    option forwardfor
                    acl local src 127.0.0.0/8
                    acl images path_beg /img
                    acl words hdr(x-word) -m sub one two
                    http-request set-header x-src %[src]
                    http-request set-var(txn.m) path,word(1,/),map(DIR/train.map,0)
                    http-request deny if { path /deny }
                    http-request track-sc0 src table seen
                    http-response set-header x-m %[var(txn.m)]
                    http-response del-header server
                    use_backend web if images or words local
                    default_backend web
                backend web
                    mode http
                    balance leastconn
                    option httpchk GET /
                    cookie SRV insert indirect
                    compression algo gzip
                    stats enable
                    stats uri /stats
                    server one 127.0.0.1:WEB check inter 100ms cookie a
                    server two 127.0.0.1:WEB cookie b
                backend seen
                    stick-table type ip size 100 expire 1m store http_req_rate(10s)
                """.replace("DIR", work.toString()).replace("RAW", "" + ports.raw).replace("HTTP", "" + ports.http)
                .replace("TLS", "" + ports.tls).replace("ORIGIN", "" + ports.origin).replace("WEB", "" + ports.web);
    }

    private static Process start(String launcher, String dist, Path cache, Path file, Path work) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(launcher, "-f", file.toString()));
        builder.environment().put("WEIR_DIST", dist);
        builder.environment().put("WEIR_BUILD", "never");
        builder.environment().put("WEIR_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        builder.redirectErrorStream(true).redirectOutput(work.resolve("log").toFile());
        return builder.start();
    }

    private static boolean accepts(Process product, int port) throws InterruptedException {
        for (int i = 0; i < START_SECONDS * 20 && product.isAlive(); i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        return false;
    }

    private static void relay(int port) {
        byte[] chunk = new byte[20_000];
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.setSoTimeout(2000);
                client.getOutputStream().write(chunk, 0, 1 + i * 97 % chunk.length);
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // the product may refuse or cut one: what it did is trained all the same
            }
        }
    }

    /** Requests of some kinds, on one connection after the other. */
    private static void ask(int port) {
        for (int i = 0; i < REQUESTS / 100; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client.setSoTimeout(2000);
                for (int k = 0; k < 100; k++) {
                    request(client.getInputStream(), client.getOutputStream(), k);
                }
            } catch (IOException closed) {
                // what the product did is trained all the same
            }
        }
    }

    private static void request(InputStream in, OutputStream out, int number) throws IOException {
        String path = number == 98 ? "/stats;csv" : number == 97 ? "/deny" : number % 3 == 0 ? "/img/a" : "/a?b=c";
        String body = number % 5 == 0 ? "Content-Length: 3\r\n\r\nabc" : "\r\n";
        String method = number % 5 == 0 ? "POST " : "GET ";
        out.write((method + path + " HTTP/1.1\r\nHost: train\r\nUser-Agent: x\r\nX-Word: a one\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[65536];
        int read = in.read(answer);
        if (read < 0) {
            throw new IOException("closed");
        }
    }

    /** The same over TLS, as far as this JVM can. */
    private static void secretly(int port) {
        try {
            SSLContext context = trusting();
            for (int i = 0; i < HANDSHAKES; i++) {
                try (Socket client = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                    client.setSoTimeout(2000);
                    for (int k = 0; k < 3 + i % 50; k++) {
                        request(client.getInputStream(), client.getOutputStream(), k);
                    }
                }
            }
        } catch (IOException | GeneralSecurityException untrained) {
            // encryption starts slower then
        }
    }

    /** The same over HTTP/2. */
    private static void manyAtOnce(int port) {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).version(HttpClient.Version.HTTP_2).build()) {
            HttpRequest question = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/img/a"))
                    .header("x-word", "a one").header("accept-encoding", "gzip").timeout(Duration.ofSeconds(2)).build();
            for (int i = 0; i < REQUESTS / 10; i++) {
                List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
                for (int k = 0; k < 10; k++) {
                    answers.add(client.sendAsync(question, HttpResponse.BodyHandlers.discarding()));
                }
                CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).join();
            }
        } catch (CompletionException | GeneralSecurityException untrained) {
            // HTTP/2 starts slower then
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            // nobody asks
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            // it is ours
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // nobody asks
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            // it is ours
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // nobody asks
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            // it is ours
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void command(Path socket) {
        for (String line : List.of("show info", "show stat", "show servers state", "show sess")) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate(1 << 20);
                while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                    // until the product ends it
                }
            } catch (IOException untrained) {
                // the command starts slower then
            }
        }
    }

    private interface Behaviour {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    private static void serve(ServerSocket origin, Behaviour behaviour) {
        while (true) {
            try {
                Socket socket = origin.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket; InputStream in = socket.getInputStream(); OutputStream out = socket.getOutputStream()) {
                        behaviour.serve(in, out);
                    } catch (IOException closed) {
                        // the other side went away
                    }
                });
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
    }

    private static void answer(InputStream in, OutputStream out) throws IOException {
        byte[] request = new byte[65536];
        while (in.read(request) > 0) {
            out.write("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
