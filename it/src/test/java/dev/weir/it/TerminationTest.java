package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who ended a session, and in which phase: the two letters of the log, and what was counted along with them. */
@ParameterizedClass
@EnumSource(Product.class)
class TerminationTest {

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;
    private static Syslog syslog;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START, Part.LOGS);
        syslog = STAGE.add(new Syslog());
        proxy = STAGE.add(product.launch().port("syslog", syslog.port())
                .port("echo", STAGE.add(Origin.echo()).port()).port("silent", STAGE.add(Origin.silent()).port())
                .port("reset", STAGE.add(Origin.resetting()).port())
                .port("reset_at_once", STAGE.add(Origin.of((socket, in, out) -> {
                    Thread.sleep(30);
                    socket.setSoLinger(true, 0);
                })).port())
                .port("closing", STAGE.add(Origin.of((socket, in, out) -> in.read())).port())
                .port("answers", STAGE.add(Origin.of(TerminationTest::answerThenReset)).port())
                .port("full", full()).start("""
                global
                    log 127.0.0.1:{port:syslog} format raw local0
                defaults
                    mode tcp
                    log global
                    log-format "%f %b/%s %ts %B %rc %sq/%bq"
                    timeout connect 300ms
                    timeout client 2s
                    timeout server 2s
                    timeout queue 300ms
                    retries 0
                listen echo
                    bind 127.0.0.1:{port:in_echo}
                    server s 127.0.0.1:{port:echo}
                listen silent
                    bind 127.0.0.1:{port:in_silent}
                    server s 127.0.0.1:{port:silent}
                listen short_client
                    timeout client 200ms
                    bind 127.0.0.1:{port:short_client}
                    server s 127.0.0.1:{port:silent}
                listen short_server
                    timeout server 200ms
                    bind 127.0.0.1:{port:short_server}
                    server s 127.0.0.1:{port:silent}
                listen fin
                    timeout client-fin 200ms
                    bind 127.0.0.1:{port:fin}
                    server s 127.0.0.1:{port:closing}
                listen server_fin
                    timeout server-fin 200ms
                    bind 127.0.0.1:{port:server_fin}
                    server s 127.0.0.1:{port:silent_open}
                listen reset
                    bind 127.0.0.1:{port:in_reset}
                    server s 127.0.0.1:{port:reset}
                listen reset_at_once
                    bind 127.0.0.1:{port:in_reset_at_once}
                    server s 127.0.0.1:{port:reset_at_once}
                listen answers
                    bind 127.0.0.1:{port:in_answers}
                    server s 127.0.0.1:{port:answers}
                listen refused
                    bind 127.0.0.1:{port:refused}
                    server s 127.0.0.1:1
                listen refused_twice
                    retries 1
                    bind 127.0.0.1:{port:refused_twice}
                    server s 127.0.0.1:1
                listen unreachable
                    bind 127.0.0.1:{port:unreachable}
                    server s 127.0.0.1:{port:full}
                listen slow_connect
                    timeout connect 3s
                    bind 127.0.0.1:{port:slow_connect}
                    server s 127.0.0.1:{port:full}
                listen slow_connect_client
                    timeout connect 3s
                    timeout client 200ms
                    bind 127.0.0.1:{port:slow_connect_client}
                    server s 127.0.0.1:{port:full}
                listen queue
                    bind 127.0.0.1:{port:queue}
                    server s 127.0.0.1:{port:echo} maxconn 1
                listen queue_client
                    timeout queue 3s
                    bind 127.0.0.1:{port:queue_client}
                    server s 127.0.0.1:{port:echo} maxconn 1
                listen nobody
                    bind 127.0.0.1:{port:nobody}
                listen maintenance
                    bind 127.0.0.1:{port:maintenance}
                    server s 127.0.0.1:{port:echo} disabled
                """.replace("{port:silent_open}", Integer.toString(
                        STAGE.add(Origin.of(TerminationTest::stayOpen)).port()))));
    }

    private static void answerThenReset(Socket socket, InputStream in, java.io.OutputStream out)
            throws IOException, InterruptedException {
        out.write('a');
        in.read();
        Thread.sleep(50);
        socket.setSoLinger(true, 0);
    }

    /** Reads to the end and keeps its own direction open. */
    private static void stayOpen(Socket socket, InputStream in, java.io.OutputStream out)
            throws IOException, InterruptedException {
        in.transferTo(java.io.OutputStream.nullOutputStream());
        Thread.sleep(1500);
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

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    /** What the client does once it is connected and has sent a byte: end, wait, reset, reset late, close late. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "in_echo | end | echo echo/s -- 1 0 0/0",
        "in_echo | reset-late | echo echo/s CD 1 0 0/0",
        "in_silent | reset-late | silent silent/s CD 0 0 0/0",
        "in_silent | end | silent silent/s -- 0 0 0/0",
        "short_client | wait | short_client short_client/s cD 0 0 0/0",
        "short_server | wait | short_server short_server/s sD 0 0 0/0",
        "fin | wait | fin fin/s -- 0 0 0/0",
        "server_fin | end | server_fin server_fin/s sD 0 0 0/0",
        "in_reset | wait | reset reset/s SD 0 0 0/0",
        "in_reset_at_once | wait | reset_at_once reset_at_once/s SD 0 0 0/0",
        "in_answers | wait | answers answers/s SD 1 0 0/0",
        "refused | wait | refused refused/s SC 0 0 0/0",
        "refused_twice | wait | refused_twice refused_twice/s SC 0 1 0/0",
        "unreachable | wait | unreachable unreachable/s sC 0 0 0/0",
        "slow_connect | reset-late | slow_connect slow_connect/s C(C) 0 0 0/0",
        "slow_connect_client | wait | slow_connect_client slow_connect_client/s sC 0 0 0/0",
        "nobody | wait | nobody nobody/<NOSRV> SC 0 0 0/0",
        "maintenance | wait | maintenance maintenance/<NOSRV> SC 0 0 0/0",
    })
    void saysWhoEndedItWhen(String port, String act, String expected) throws Exception {
        try (Client client = proxy.connect(port)) {
            client.send("x");
            act(client, act);
        } catch (IOException reset) {
            // the proxy was faster
        }
        assertEquals(letters(expected), logged(expected));
    }

    /** The line about the same frontend; one that ends well may be that of a case before. */
    private static String logged(String expected) throws InterruptedException {
        String frontend = expected.substring(0, expected.indexOf(' ') + 1);
        return syslog.next(line -> line.startsWith(frontend) && (expected.contains(" -- ") || !line.contains(" -- ")));
    }

    /** The manual's letter in parentheses; 2.6 has a D there. */
    private String letters(String expected) {
        return product == Product.WEIR ? expected.replaceAll("[()]", "") : expected.replaceAll("\\(.\\)", "D");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "queue | wait | queue queue/<NOSRV> sQ 0 0 0/1",
        "queue_client | reset-late | queue_client queue_client/<NOSRV> C(Q) 0 0 0/1",
    })
    void saysWhoEndedTheWait(String port, String act, String expected) throws Exception {
        try (Client holder = proxy.connect(port)) {
            assertEquals("1", holder.send("1").read(1));
            try (Client client = proxy.connect(port)) {
                client.send("x");
                act(client, act);
            } catch (IOException reset) {
                // the proxy was faster
            }
            assertEquals(letters(expected), logged(expected));
        }
    }

    private static void act(Client client, String act) throws IOException, InterruptedException {
        switch (act) {
            case "end" -> client.endOutput().readAll();
            case "reset-late" -> {
                Thread.sleep(150);
                client.reset();
            }
            default -> client.readAll();
        }
    }
}
