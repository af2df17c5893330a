package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.CommandSocket;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the state of a server does to its traffic, and what its traffic does to the state. */
@ParameterizedClass
@EnumSource(Product.class)
class ServerEffectsTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Pattern SUSPICION = Pattern.compile("Detected 1 consecutive errors, last one was: [^\"]*");
    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static Syslog syslog;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS, Part.CHECKS);
        syslog = STAGE.add(new Syslog());
        Launch launch = product.launch().port("syslog", syslog.port());
        launch.port("echo", STAGE.add(Origin.echo()).port()).port("silent", STAGE.add(Origin.silent()).port());
        answering(launch, "part", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", true);
        answering(launch, "status", "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", true);
        answering(launch, "junk", "nonsense\r\n\r\n", true);
        answering(launch, "close", "", false);
        answering(launch, "short", "HTTP/1.1 200 OK\r\nA", false);
        launch.port("reset", STAGE.add(Origin.of((socket, in, out) -> {
            in.read(new byte[1024]);
            socket.setSoLinger(true, 0);
        })).port());
        StringBuilder file = new StringBuilder("""
                global
                    log 127.0.0.1:{port:syslog} format raw local0
                    stats socket {dir}/s.sock level admin
                defaults
                    mode http
                    log global
                    log-format "%f %b/%s %ts %ST"
                    option log-health-checks
                    timeout connect 2s
                    timeout client 5s
                    timeout http-keep-alive 100ms
                    timeout server 5s
                    default-server on-marked-down shutdown-sessions on-marked-up shutdown-backup-sessions
                listen tcp
                    mode tcp
                    log-format "%f %b/%s %ts 0"
                    bind 127.0.0.1:{port:tcp}
                    server s 127.0.0.1:{port:echo}
                    server b 127.0.0.1:{port:echo} backup
                listen waits
                    bind 127.0.0.1:{port:waits}
                    server s 127.0.0.1:{port:silent}
                    server b 127.0.0.1:{port:silent} backup
                listen data
                    bind 127.0.0.1:{port:data}
                    server s 127.0.0.1:{port:part}
                    server b 127.0.0.1:{port:part} backup
                """);
        for (String each : new String[] {"status", "junk", "close", "short", "reset", "silent"}) {
            file.append("listen see_").append(each).append("\n timeout server ")
                    .append(each.equals("silent") ? "200ms" : "5s").append("\n bind 127.0.0.1:{port:see_").append(each)
                    .append("}\n server s 127.0.0.1:{port:").append(each)
                    .append("} check inter 1h observe layer7 error-limit 1 on-error mark-down\n");
        }
        proxy = STAGE.add(launch.start(file.toString()));
    }

    private static void answering(Launch launch, String name, String text, boolean holds) throws IOException {
        launch.port(name, STAGE.add(Origin.of((socket, in, out) -> {
            if (in.read(new byte[1024]) > 0) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (holds) {
                    in.read();
                }
            }
        })).port());
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    private static String command(String line) throws IOException {
        return CommandSocket.ask(proxy.directory().resolve("s.sock"), line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tcp | tcp tcp/s D- 0",
        "waits | waits waits/s DH 502",
        "data | data data/s DD 200",
    })
    void whoGoesDownLosesItsSessions(String name, String logged) throws Exception {
        try (Client client = proxy.connect(name)) {
            begin(name, client);
            command("set server " + name + "/s health down");
            client.readAll();
            assertEquals(logged, syslog.next(line -> line.contains(name + "/s ") && !line.contains("Server")));
        } finally {
            command("set server " + name + "/s health up");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tcp | tcp tcp/b U- 0",
        "waits | waits waits/b UH 502",
        "data | data data/b UD 200",
    })
    void whoComesUpTakesTheSessionsOfBackups(String name, String logged) throws Exception {
        command("set server " + name + "/s health down");
        try (Client client = proxy.connect(name)) {
            begin(name, client);
            command("set server " + name + "/s health up");
            client.readAll();
            assertEquals(logged, syslog.next(line -> line.contains(name + "/b ") && !line.contains("Server")));
        }
    }

    /** Until the exchange is with its server. */
    private static void begin(String name, Client client) throws Exception {
        client.send(name.equals("tcp") ? "x" : REQUEST);
        if (name.equals("tcp")) {
            client.read(1);
        } else if (name.equals("data")) {
            client.read(17);
        } else {
            Thread.sleep(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "status | Wrong http response",
        "junk | Invalid http response (headers)",
        "close | Close from server (http)",
        "short | Close from server (http)",
        "reset | Read error (http)",
        "silent | Read timeout (http)",
    })
    void trafficIsObserved(String name, String seen) throws Exception {
        try (Client client = proxy.connect("see_" + name)) {
            client.send(REQUEST);
            String line = syslog.next(each -> each.contains("see_" + name + "/s") && each.contains("Detected"));
            Matcher suspicion = SUSPICION.matcher(line);
            assertEquals(true, suspicion.find(), line);
            assertEquals("Detected 1 consecutive errors, last one was: " + seen, suspicion.group());
        }
    }
}
