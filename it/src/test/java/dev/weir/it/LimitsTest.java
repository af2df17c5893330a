package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Finished;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Tools;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How many sessions a proxy and a server take, and where the others wait. */
@ParameterizedClass
@EnumSource(Product.class)
class LimitsTest {

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START);
        proxy = STAGE.add(product.launch().port("echo", STAGE.add(Origin.echo()).port()).start("""
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 10s
                    timeout server 10s
                listen two
                    maxconn 2
                    option socket-stats
                    bind 127.0.0.1:{port:two}
                    server s 127.0.0.1:{port:echo}
                listen own
                    option socket-stats
                    bind 127.0.0.1:{port:own} maxconn 2
                    server s 127.0.0.1:{port:echo}
                listen numbers
                    mode http
                    bind 127.0.0.1:{port:numbers}
                    stats enable
                    stats uri /
                listen queue
                    bind 127.0.0.1:{port:queue}
                    server s 127.0.0.1:{port:echo} maxconn 1
                listen short
                    timeout queue 200ms
                    bind 127.0.0.1:{port:short}
                    server s 127.0.0.1:{port:echo} maxconn 1
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void thirdClientWaitsInTheBacklog() throws Exception {
        String ss = Tools.need("ss");
        try (Client first = proxy.connect("two"); Client second = proxy.connect("two")) {
            assertEquals("1", first.send("1").read(1));
            assertEquals("2", second.send("2").read(1));
            try (Client third = proxy.connect("two")) {
                assertEquals("silence", third.send("3").next(300));
                Finished table = Finished.of(List.of(ss, "-Hltn", "sport", "=", ":" + proxy.port("two")));
                assertEquals("1", table.out().trim().split("\\s+")[1], table.out());
                first.close();
                assertEquals("3", third.next(3000));
            }
        }
        serves("two");
    }

    /** Column {@code status} of a row of the CSV. */
    private static String state(String row) throws IOException {
        try (Client client = proxy.connect("numbers")) {
            String csv = client.send("GET /;csv HTTP/1.0\r\n\r\n").readAll();
            return csv.lines().filter(line -> line.startsWith(row + ",")).map(line -> line.split(",")[17])
                    .findFirst().orElse("no row in " + csv);
        }
    }

    /** Whose limit it is, shows: its own makes a listener full, for that of its frontend it waits. */
    @ParameterizedTest
    @CsvSource({"two, WAITING", "own, FULL"})
    void aListenerSaysThatItIsFull(String listen, String full) throws Exception {
        product.needs(Part.STATISTICS);
        assertEquals("OPEN", state(listen + ",sock-1"));
        try (Client first = holder(listen); Client second = proxy.connect(listen)) {
            assertEquals("2", second.send("2").read(1));
            // whoever listens sees it a moment after the connection was given away
            Wait.until(3, () -> listen + " is not " + full, () -> state(listen + ",sock-1").equals(full));
            assertEquals("OPEN", state(listen + ",FRONTEND"));
        }
        serves(listen);
        Wait.until(5, () -> "the listener stays full", () -> state(listen + ",sock-1").equals("OPEN"));
    }

    @Test
    void secondClientWaitsForTheServersSlot() throws Exception {
        try (Client first = holder("queue"); Client second = proxy.connect("queue")) {
            assertEquals("silence", second.send("2").next(300));
            first.close();
            assertEquals("2", second.next(3000));
        }
        serves("queue");
    }

    @Test
    void waitsInTheQueueForTheTimeoutOnly() throws Exception {
        try (Client first = holder("short"); Client second = proxy.connect("short")) {
            assertEquals("end", second.next(3000));
        }
        serves("short");
    }

    /** A client that has the slot. */
    private static Client holder(String port) throws IOException {
        Client client = proxy.connect(port);
        assertEquals("1", client.send("1").read(1));
        return client;
    }

    /** The slots of a case come back. */
    private static void serves(String port) {
        Wait.until(5, () -> port + " does not serve again", () -> {
            try (Client client = proxy.connect(port)) {
                return client.send("x").next(500).equals("x");
            }
        });
    }
}
