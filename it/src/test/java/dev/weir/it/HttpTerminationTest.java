package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.HttpHead;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.ArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who ended an exchange, and when: the status and the two letters in the log for each that may end it (client by an end,
 * a close or a reset, server likewise, either by silence) at each stage. All rows run at once, on a listener each. Behind
 * a slash what 2.6 says: there abortonclose is off by default and answers 400, a reset is not noticed while the other side is
 * awaited, a body that stands still is not timed, an answer is not made while a body is on its way, and a client that leaves
 * a tarpit is told so.
 */
@ParameterizedClass
@EnumSource(Product.class)
class HttpTerminationTest {

    private static final String GET = "GET /%s HTTP/1.1~Host: h~~";
    private static final String HALF = "GET /%s HTTP/1.1~Host:";
    private static final String POST = "POST /%s HTTP/1.1~Host: h~Content-Length: 9~~abc";
    private static final String TIMES = "|timeout client 3s|timeout server 3s|";

    /** What was sent, what the client does then, what the section says more, what the server does, the line. */
    private record Row(String sent, String act, String section, String server, String expected) {}

    private static final List<Row> ROWS = List.of(
            new Row(HALF, "ends", "", "none", "400 CR 0"),
            new Row(HALF, "resets", "", "none", "400 CR 0"),
            new Row(HALF, "closes", "", "none", "400 CR 0"),
            new Row(HALF, "waits", "timeout http-request 300ms", "none", "408 cR 0"),
            new Row(HALF, "waits", "timeout http-request 0|timeout client 300ms", "none", "408 cR 0"),
            new Row(GET, "silent waits", "timeout server 300ms", "origin", "504 sH 0"),
            new Row(GET, "silent ends", "timeout server 600ms", "origin", "504 sH 0"),
            new Row(GET, "silent ends", "timeout server 600ms|option abortonclose", "origin", "504 sH 0 / 400 CH 0"),
            new Row(GET, "silent closes", "timeout server 600ms", "origin", "504 sH 0"),
            new Row(GET, "silent closes", "timeout server 600ms|option abortonclose", "origin", "504 sH 0 / 400 CH 0"),
            new Row(GET, "silent resets", "timeout server 600ms", "origin", "-1 CH 0 / 504 sH 0"),
            new Row(GET, "silent resets", "timeout server 600ms|option abortonclose", "origin", "-1 CH 0 / -1 CD 0"),
            new Row(GET, "closed waits", "", "origin", "502 SH 0"),
            new Row(GET, "reset waits", "", "origin", "502 SH 0"),
            new Row(GET, "half-head waits", "", "origin", "502 SH 0"),
            new Row(GET, "nonsense waits", "", "origin", "502 PH 0"),
            new Row(GET, "part-closed waits", "", "origin", "200 SD 0"),
            new Row(GET, "part-reset waits", "", "origin", "200 SD 0"),
            new Row(GET, "part-silent waits", "timeout server 300ms", "origin", "200 sD 0"),
            new Row(GET, "part-silent ends", "timeout server 600ms", "origin", "200 sD 0"),
            new Row(GET, "part-silent closes", "timeout server 600ms", "origin", "200 sD 0"),
            new Row(GET, "part-silent resets", "timeout server 600ms", "origin", "200 CD 0 / 200 sD 0"),
            new Row(GET, "chunks-cut waits", "", "origin", "200 SD 0"),
            new Row(POST, "silent waits", "timeout client 300ms", "origin", "-1 cH 0 / ?"),
            new Row(POST, "silent ends", "", "origin", "-1 CD 0"),
            new Row(POST, "silent closes", "", "origin", "-1 CD 0"),
            new Row(POST, "silent resets", "", "origin", "-1 CD 0"),
            new Row(POST, "closed waits", "", "origin", "502 SH 0 / -1 SD 0"),
            new Row(POST, "reset waits", "", "origin", "502 SH 0 / -1 SD 0"),
            new Row(POST, "part-silent resets", "", "origin", "200 CD 0"),
            new Row(POST, "part-silent waits", "timeout client 300ms", "origin", "200 cD 0 / 200 SD 0"),
            new Row(POST, "waits", "timeout http-request 300ms|option http-buffer-request", "none", "408 cR 0"),
            new Row(POST, "resets", "option http-buffer-request", "none", "-1 CR 0"),
            new Row(GET, "waits", "", "none", "503 SC 0"),
            new Row(GET, "waits", "retries 1", "none", "503 SC 1"),
            new Row(GET, "ends", "retries 1", "none", "-1 CC 1 / 503 SC 1"),
            new Row(GET, "closes", "retries 1", "none", "-1 CC 1 / 503 SC 1"),
            new Row(GET, "closes", "retries 1|option abortonclose", "none", "-1 CC 1"),
            new Row(GET, "resets", "retries 1", "none", "-1 CC 1 / 503 SC 1"),
            new Row(GET, "resets", "retries 1|option abortonclose", "none", "-1 CC 1"),
            new Row(GET, "waits", "", "full", "503 sC 0"),
            new Row(GET, "closes", "timeout connect 700ms", "full", "-1 CC 0 / 503 sC 0"),
            new Row(GET, "closes", "timeout connect 700ms|option abortonclose", "full", "-1 CC 0"),
            new Row(GET, "resets", "timeout connect 700ms", "full", "-1 CC 0 / 503 sC 0"),
            new Row(GET, "resets", "timeout connect 700ms|option abortonclose", "full", "-1 CC 0"),
            new Row(GET, "waits", "http-request deny", "none", "403 PR 0"),
            new Row(GET, "waits", "http-request reject", "none", "-1 PR 0"),
            new Row(GET, "waits", "http-request tarpit|timeout tarpit 300ms", "none", "500 PT 0"),
            new Row(GET, "resets", "http-request tarpit|timeout tarpit 600ms", "none", "-1 CR 0 / 500 PT 0"),
            new Row(GET, "waits", "http-request return status 200", "none", "200 LR 0"),
            new Row(GET, "waits", "redirect location /", "none", "302 LR 0"),
            new Row(GET, "part-silent waits", "http-response deny", "origin", "502 PH 0"),
            new Row(GET, "waits", "tcp-request inspect-delay 2s|tcp-request content reject unless WAIT_END", "none", "503 SC 0"),
            new Row(GET, "resets", "tcp-request inspect-delay 2s|tcp-request content reject unless WAIT_END", "none", "503 SC 0")
            );

    /** One that ends at once. */
    private static final int FIRST = 12;
    private static final int ACT_AFTER_MS = 200;
    private static final Stage STAGE = new Stage();

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) {
        product.needs(Part.START, Part.LOGS);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void saysWhoEndedItWhen() throws Exception {
        Syslog syslog = STAGE.add(new Syslog());
        StringBuilder file = new StringBuilder("""
                global
                    log 127.0.0.1:{port:syslog} format raw local0
                defaults
                    mode http
                    log global
                    log-format "%f %ST %ts %rc"
                    timeout connect 300ms
                    timeout queue 300ms
                    timeout http-request 3s
                    retries 0
                """);
        for (int i = 0; i < ROWS.size(); i++) {
            Row row = ROWS.get(i);
            file.append("listen r").append(i).append("\n    bind 127.0.0.1:{port:r").append(i).append("}\n    ")
                    .append((TIMES + row.section).replace("|", "\n    ")).append("\n    server s 127.0.0.1:{port:")
                    .append(row.server).append("}").append(row.section.contains("timeout queue") ? " maxconn 1" : "").append('\n');
        }
        Proxy proxy = STAGE.add(product.launch().port("syslog", syslog.port()).port("origin",
                STAGE.add(Origin.of(HttpTerminationTest::serve)).port()).port("full", full()).port("none", 1).start(file.toString()));
        // the first way to a server and back takes a moment
        for (int i = 0; i < 20; i++) {
            play(proxy, "r" + FIRST, new Row(GET.replace("~~", "~Connection: close~~"), "closed waits", "", "origin", ""));
            syslog.poll(1000);
        }
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < ROWS.size(); i++) {
                int number = i;
                done.add(clients.submit((Callable<Void>) () -> play(proxy, "r" + number, ROWS.get(number))));
            }
            for (Future<Void> each : done) {
                each.get();
            }
        }
        StringBuilder expected = new StringBuilder();
        StringBuilder seen = new StringBuilder();
        List<String> lines = new ArrayList<>();
        for (String line = syslog.poll(1000); line != null; line = syslog.poll(lines.size() < ROWS.size() ? 1000 : 50)) {
            lines.add(line.strip());
        }
        for (int i = 0; i < ROWS.size(); i++) {
            String name = "r" + i + " ";
            String[] both = ROWS.get(i).expected.split(" / ");
            String shown = i + " " + ROWS.get(i).sent.substring(0, 4) + " " + ROWS.get(i).act + " " + ROWS.get(i).server + " "
                    + ROWS.get(i).section + ": ";
            String said = product == Product.WEIR ? both[0] : both[both.length - 1];
            expected.append(shown).append(said).append('\n');
            // 2.6 says now this, now that
            seen.append(shown).append(said.equals("?") ? said : String.join(", ", lines.stream().filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length())).toList())).append('\n');
        }
        assertEquals(expected.toString(), seen.toString());
    }

    private static Void play(Proxy proxy, String port, Row row) throws Exception {
        String path = row.server.equals("origin") ? row.act.split(" ")[0] : "x";
        String[] acts = row.act.split(" ");
        try (Client client = proxy.connect(port)) {
            client.send(row.sent.formatted(path).replace("~", "\r\n"));
            switch (acts[acts.length - 1]) {
                case "ends" -> {
                    Thread.sleep(ACT_AFTER_MS);
                    client.endOutput().readAll();
                }
                case "resets" -> {
                    Thread.sleep(ACT_AFTER_MS);
                    client.reset();
                }
                case "closes" -> Thread.sleep(ACT_AFTER_MS);
                default -> client.readAll();
            }
        } catch (IOException e) {
            // reset by the proxy
        }
        return null;
    }

    /** The path says what to do with the request. */
    private static void serve(Socket socket, InputStream in, OutputStream out) throws IOException, InterruptedException {
        String head = HttpHead.read(in);
        if (head.isEmpty()) {
            return;
        }
        String path = head.substring(head.indexOf('/') + 1, head.indexOf(' ', head.indexOf('/')));
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII);
        switch (path) {
            case "part-closed" -> out.write(answer);
            case "part-reset" -> {
                out.write(answer);
                out.flush();
                Thread.sleep(100);
                socket.setSoLinger(true, 0);
            }
            case "closed" -> { }
            case "reset" -> socket.setSoLinger(true, 0);
            case "half-head" -> out.write("HTTP/1.1 200 OK\r\nCont".getBytes(StandardCharsets.US_ASCII));
            case "nonsense" -> {
                out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(100);
            }
            case "part-silent" -> {
                out.write(answer);
                out.flush();
                Thread.sleep(1500);
            }
            case "chunks-cut" -> out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab".getBytes(
                    StandardCharsets.US_ASCII));
            default -> Thread.sleep(1500);
        }
    }

    /** The port of a listener whose queue is full, so that connecting to it takes for ever. */
    private static int full() throws IOException {
        ServerSocket socket = STAGE.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            Socket filler = STAGE.add(new Socket());
            try {
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()), 100);
            } catch (IOException full) {
                break;
            }
        }
        return socket.getLocalPort();
    }
}
