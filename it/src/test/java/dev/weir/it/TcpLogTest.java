package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Mask;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Syslog;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The log line of each way in which a TCP session can end, masked for addresses and times. */
@ParameterizedClass
@EnumSource(Product.class)
class TcpLogTest {

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
                .port("echo", STAGE.add(Origin.echo()).port()).port("named", STAGE.add(Origin.named("hello")).port())
                .port("silent", STAGE.add(Origin.silent()).port())
                .port("reset", STAGE.add(Origin.resetting()).port()).start("""
                global
                    log 127.0.0.1:{port:syslog} local0
                defaults
                    mode tcp
                    log global
                    option tcplog
                    timeout connect 2s
                    timeout client 300ms
                    timeout server 300ms
                frontend fe
                    bind 127.0.0.1:{port:fe}
                    default_backend be
                backend be
                    server s 127.0.0.1:{port:echo}
                listen named
                    bind 127.0.0.1:{port:in_named}
                    server s 127.0.0.1:{port:named}
                listen reset
                    bind 127.0.0.1:{port:in_reset}
                    server s 127.0.0.1:{port:reset}
                listen client_first
                    timeout server 5s
                    bind 127.0.0.1:{port:client_first}
                    server s 127.0.0.1:{port:silent}
                listen server_first
                    timeout client 5s
                    bind 127.0.0.1:{port:server_first}
                    server s 127.0.0.1:{port:silent}
                listen refused
                    retries 0
                    bind 127.0.0.1:{port:in_refused}
                    server s 127.0.0.1:{port:refused}
                listen empty
                    bind 127.0.0.1:{port:empty}
                listen asap
                    option logasap
                    bind 127.0.0.1:{port:asap}
                    server s 127.0.0.1:{port:echo}
                listen clf
                    option tcplog{clf}
                    bind 127.0.0.1:{port:clf}
                    server s 127.0.0.1:{port:echo}
                listen errors
                    option log-separate-errors
                    retries 0
                    bind 127.0.0.1:{port:errors}
                    server s 127.0.0.1:{port:refused}
                listen abnormal
                    option dontlog-normal
                    bind 127.0.0.1:{port:abnormal}
                    server s 127.0.0.1:{port:echo}
                listen early
                    log-format "early %s %ci %ST"
                    bind 127.0.0.1:{port:early}
                    server s 127.0.0.1:{port:echo}
                listen own
                    log-format "%ci %fi %b/%s %B %U %ts"
                    bind 127.0.0.1:{port:own}
                    server s 127.0.0.1:{port:echo}
                """.replace("{clf}", product == Product.WEIR ? " clf" : "")));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @BeforeEach
    void forget() {
        syslog.clear();
    }

    /** What the client does: it sends, then ends or waits for the proxy to end the session. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fe | ping | end | fe be/s T/T/T 4 -- 2/1/0/0/0 0/0",
        "in_named | '' | wait | named named/s T/T/T 5 -- 2/1/0/0/0 0/0",
        "in_reset | x | wait | reset reset/s T/T/T 0 SD 2/1/0/0/0 0/0",
        "client_first | x | wait | client_first client_first/s T/T/T 0 cD 2/1/0/0/0 0/0",
        "server_first | x | wait | server_first server_first/s T/T/T 0 sD 2/1/0/0/0 0/0",
        "in_refused | x | wait | refused refused/s T/T/T 0 SC 2/1/0/0/0 0/0",
        "empty | x | wait | empty empty/<NOSRV> T/T/T 0 SC 2/1/0/0/0 0/0",
        "asap | ping | end | asap asap/s T/T/T +0 -- 2/1/0/0/0 0/0",
        "own | ping | end | 127.0.0.1 127.0.0.1 own/s 4 4 --",
    })
    void logsTheEnd(String port, String sent, String act, String expected) throws Exception {
        try (Client client = proxy.connect(port)) {
            client.send(sent);
            if (act.equals("end")) {
                client.endOutput();
            }
            untilTheEnd(client);
        }
        String prefix = "<134>DATE haproxy[PID]: ";
        String address = port.equals("own") ? "" : "127.0.0.1:PORT [TIME] ";
        assertEquals(prefix + address + expected, withoutCounts(Mask.log(syslog.next(line -> true))),
                () -> product.toString());
    }

    /** Clients that wait keep their session open: a line that comes all the same does not wait for its end. */
    @Test
    void writesEarlyWhatTheEndDoesNotChange() throws Exception {
        try (Client client = proxy.connect("early")) {
            assertEquals("<134>DATE haproxy[PID]: early s 127.0.0.1 0", Mask.log(syslog.next(line -> true)));
            client.send("x");
        }
    }

    @Test
    void separatesErrors() throws Exception {
        try (Client client = proxy.connect("errors")) {
            untilTheEnd(client);
        }
        String line = Mask.log(syslog.next(each -> true));
        assertEquals("<131>DATE haproxy[PID]: 127.0.0.1:PORT [TIME] errors errors/s T/T/T 0 SC", line.substring(0, line.indexOf(" SC ") + 3));
    }

    @Test
    void leavesOutTheNormal() throws Exception {
        for (String port : new String[] {"abnormal", "own"}) {
            try (Client client = proxy.connect(port)) {
                assertEquals("ping", client.send("ping").endOutput().readAll());
            }
        }
        assertEquals("<134>DATE haproxy[PID]: 127.0.0.1 127.0.0.1 own/s 4 4 --", Mask.log(syslog.next(each -> true)));
    }

    @Test
    void writesCommonLogFormat() throws Exception {
        Assumptions.assumeTrue(product == Product.WEIR, "newer than 2.6");
        try (Client client = proxy.connect("clf")) {
            assertEquals("ping", client.send("ping").endOutput().readAll());
        }
        assertEquals("127.0.0.1 - - [DAY] \"TCP \" 000 4 \"\" \"\" N N \"clf\" \"clf\" \"s\" N N N N 4 ---- N N N N N N N \"\" \"\"",
                syslog.next(each -> true).replaceAll("^.*\\]: ", "").replaceAll("\\[.*\\]", "[DAY]")
                        .replaceAll("(?<=\"\" \"\" )\\d+ \\d+", "N N").replaceAll("(?<=\"s\" )\\d+ \\d+ \\d+ \\d+", "N N N N")
                        .replaceAll("(?<=---- )(\\d+ ){7}", "N N N N N N N ").strip());
    }

    /** Reads all: what is left unread would make the client's close a reset. */
    private static void untilTheEnd(Client client) {
        try {
            client.readAll();
        } catch (IOException reset) {
            // an end as well
        }
    }

    /** The first of the five counts is that of the process, and other cases' sessions may still be leaving. */
    private static String withoutCounts(String line) {
        return line.replaceAll(" \\d+/\\d+/\\d+/\\d+/\\d+ ", " 2/1/0/0/0 ");
    }
}
