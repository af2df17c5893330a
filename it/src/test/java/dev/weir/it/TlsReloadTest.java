package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Anybody;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads under TLS: connections go on, sessions too, and of certificates what was changed last holds. */
class TlsReloadTest {

    private static final int SECONDS = Integer.getInteger("weir.hammer.seconds", 5);
    private static final String FILE = """
            global
                stats socket {dir}/s level admin
                nbthread THREADS
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
            frontend f
                bind 127.0.0.1:{port:tls} ssl crt-list WORK/list
                http-response set-header gen NUMBER
                default_backend b
            backend b
                server s 127.0.0.1:{port:inner} ssl verify none
            frontend inner
                bind 127.0.0.1:{port:inner} ssl crt WORK/b.pem
                default_backend web
            backend web
                server s 127.0.0.1:{port:http}
            """;

    private final Stage stage = new Stage();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean over;
    private Launch launch;
    private Proxy proxy;

    @TempDir
    Path work;

    @BeforeEach
    void start() throws Exception {
        Tools.need("openssl");
        StringBuilder script = new StringBuilder("cd " + work);
        for (String name : new String[] {"a", "b", "c", "d"}) {
            script.append("; openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 2 -subj /CN=" + name
                    + "; cat c k > " + name + ".pem");
        }
        Finished made = Finished.of(List.of("sh", "-c", script.toString()));
        assertEquals(0, made.code(), made.err());
        Files.writeString(work.resolve("list"), work + "/a.pem\n");
        Origin web = stage.add(Origin.of((socket, in, out) -> {
            byte[] heard = new byte[4096];
            for (int count = in.read(heard); count > 0; count = in.read(heard)) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            }
        }));
        launch = Product.WEIR.launch().port("http", web.port());
        proxy = stage.add(launch.start(text(0)));
    }

    @AfterEach
    void stop() throws Exception {
        stage.clear();
    }

    private String text(int number) {
        return FILE.replace("THREADS", number % 2 == 0 ? "1" : "3").replace("NUMBER", Integer.toString(number))
                .replace("WORK", work.toString());
    }

    private static SSLContext anybody() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, Anybody.ALONE, new SecureRandom());
        return context;
    }

    private String ask(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s"), line);
    }

    private void reload(int number) throws IOException {
        Files.writeString(proxy.directory().resolve("haproxy.cfg"), launch.fill(text(number)));
        String answer = ask("reload");
        assertTrue(answer.startsWith("Success=1\n"), answer);
    }

    private void set(String name, String with) throws IOException {
        String pem = Files.readString(work.resolve(with));
        String answer = ask("set ssl cert " + work.resolve(name) + " <<\n" + pem + "\n");
        assertTrue(answer.startsWith("Transaction created"), answer);
        answer = ask("commit ssl cert " + work.resolve(name));
        assertTrue(answer.contains("Success!"), answer);
    }

    /** The subject of what a new client is shown, and whether its session went on. */
    private String shown(SSLContext context) throws Exception {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", proxy.port("tls"))) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    @Test
    void nobodyNotices() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            HttpClient.Version version = i % 2 == 0 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
            threads.add(Thread.ofVirtual().start(() -> keepAsking(version)));
        }
        threads.add(Thread.ofVirtual().start(this::knock));
        int number = 0;
        for (int spent = 0; spent < SECONDS * 1000; spent += 500) {
            Thread.sleep(500);
            if (number % 3 == 1) {
                set("a.pem", number % 2 == 0 ? "c.pem" : "d.pem");
            }
            reload(++number);
        }
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertTrue(requests.get() > 500, requests + " requests");
    }

    private void keepAsking(HttpClient.Version version) {
        try (HttpClient client = HttpClient.newBuilder().sslContext(anybody()).version(version).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + proxy.port("tls") + "/"))
                    .build();
            while (!over) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !answer.body().equals("ok") || answer.version() != version) {
                    failures.add(answer + answer.body());
                }
                requests.incrementAndGet();
                Thread.sleep(5);
            }
        } catch (Exception e) {
            failures.add(version + ": " + e);
        }
    }

    private void knock() {
        try {
            while (!over) {
                shown(anybody());
                Thread.sleep(20);
            }
        } catch (Exception e) {
            failures.add("new client: " + e);
        }
    }

    @Test
    void whatWasChangedLastHolds() throws Exception {
        assertEquals("CN=a", shown(anybody()));
        set("a.pem", "c.pem");
        assertEquals("CN=c", shown(anybody()));
        reload(1);
        assertEquals("CN=c", shown(anybody()), "a command's change stays");
        Files.copy(work.resolve("d.pem"), work.resolve("a.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("CN=c", shown(anybody()));
        reload(2);
        assertEquals("CN=d", shown(anybody()), "a changed file wins");
        // the file is another, the certificate of the other address the same
        assertTrue(ask("show ssl cert " + work.resolve("b.pem")).contains("Subject: /CN=b\n"));
        Files.writeString(work.resolve("a.pem"), "nothing of use\n");
        assertTrue(ask("reload").startsWith("Success=0\n"));
        assertEquals("CN=d", shown(anybody()));
    }

    @Test
    void listsThatCommandsChangedStay() throws Exception {
        ask("new ssl cert x.pem");
        ask("set ssl cert x.pem <<\n" + Files.readString(work.resolve("c.pem")) + "\n");
        ask("commit ssl cert x.pem");
        assertTrue(ask("add ssl crt-list " + work.resolve("list") + " x.pem").contains("Success!"));
        reload(1);
        assertTrue(ask("show ssl crt-list " + work.resolve("list")).contains("\nx.pem\n"));
        Files.writeString(work.resolve("list"), work + "/b.pem\n");
        reload(2);
        assertEquals("# " + work.resolve("list") + "\n" + work + "/b.pem\n\n",
                ask("show ssl crt-list " + work.resolve("list")));
        assertEquals("CN=b", shown(anybody()));
        assertTrue(ask("del ssl cert x.pem").startsWith("Certificate 'x.pem' deleted!"));
    }

    @Test
    void sessionsGoOnOverReloadsAndCertificates() throws Exception {
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            String first = client(version, "-sess_out");
            assertTrue(first.contains("New, TLSv1."), first);
            reload(version.equals("-tls1_2") ? 1 : 3);
            assertTrue(client(version, "-sess_in").contains("Reused, TLSv1."), version);
            set("a.pem", version.equals("-tls1_2") ? "c.pem" : "d.pem");
            assertTrue(client(version, "-sess_in").contains("Reused, TLSv1."), version + " with another certificate");
        }
    }

    private String client(String version, String session) throws Exception {
        return Finished.of(List.of("sh", "-c", "cd " + work + "; (printf 'GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: "
                + "close\\r\\n\\r\\n'; sleep 0.5) | openssl s_client -nocommands " + version + " -alpn http/1.1 -connect "
                + "127.0.0.1:" + proxy.port("tls") + " " + session + " session 2>&1")).out();
    }

    /** What contexts cost stays the same however often certificates are replaced and configurations taken over. */
    @Test
    void memoryStays() throws Exception {
        for (int i = 0; i < 150; i++) {
            set("a.pem", i % 2 == 0 ? "c.pem" : "d.pem");
        }
        reload(1);
        long before = resident();
        for (int i = 0; i < 600; i++) {
            set("a.pem", i % 2 == 0 ? "c.pem" : "d.pem");
        }
        long grown = resident() - before;
        // a context takes some 40 kB, so that lost ones would be 24 MB
        assertTrue(grown < 12_000, grown + " kB more");
        assertNotEquals("CN=a", shown(anybody()));
    }

    private long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + proxy.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no such process");
    }
}
