package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Background;
import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.RandomStream;
import dev.weir.it.rig.RandomStream.Received;
import dev.weir.it.rig.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes both ways through {@code mode tcp}: contents, ends, resets, slowness, timeouts. */
@ParameterizedClass
@EnumSource(Product.class)
class RelayTest {

    private static final long SIZE = Long.getLong("it.relay.bytes", 5_000_000);

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START);
        Launch launch = product.launch()
                .port("echo", STAGE.add(Origin.echo()).port())
                .port("named", STAGE.add(Origin.named("hello")).port())
                .port("silent", STAGE.add(Origin.silent()).port())
                .port("reset", STAGE.add(Origin.resetting()).port())
                .port("slow", STAGE.add(Origin.slow(20, 4096)).port())
                .port("random", STAGE.add(Origin.of((socket, in, out) -> {
                    // two ways at once, each ended on its own
                    Future<Received> received = Background.run(() -> RandomStream.read(in));
                    long sum = RandomStream.write(out, SIZE, 2);
                    out.write((sum + " " + report(received)).getBytes(StandardCharsets.US_ASCII));
                })).port());
        proxy = STAGE.add(launch.start("""
                defaults
                    mode tcp
                    timeout connect 2s
                    timeout client 20s
                    timeout server 20s
                listen echo
                    bind 127.0.0.1:{port:in_echo}
                    server s 127.0.0.1:{port:echo}
                listen named
                    bind 127.0.0.1:{port:in_named}
                    server s 127.0.0.1:{port:named}
                listen silent
                    bind 127.0.0.1:{port:in_silent}
                    server s 127.0.0.1:{port:silent}
                listen reset
                    bind 127.0.0.1:{port:in_reset}
                    server s 127.0.0.1:{port:reset}
                listen slow
                    bind 127.0.0.1:{port:in_slow}
                    server s 127.0.0.1:{port:slow}
                listen random
                    bind 127.0.0.1:{port:in_random}
                    server s 127.0.0.1:{port:random}
                listen impatient
                    bind 127.0.0.1:{port:in_impatient}
                    timeout client 300ms
                    timeout server 300ms
                    server s 127.0.0.1:{port:silent}
                listen refused
                    bind 127.0.0.1:{port:in_refused}
                    retries 0
                    server s 127.0.0.1:{port:refused}
                listen two
                    bind 127.0.0.1:{port:in_two}
                    balance roundrobin
                    server one 127.0.0.1:{port:named} weight 3
                    server two 127.0.0.1:{port:echo} weight 1
                listen backup
                    bind 127.0.0.1:{port:in_backup}
                    option redispatch 1
                    retries 1
                    server one 127.0.0.1:{port:refused}
                    server two 127.0.0.1:{port:named} weight 0
                    server three 127.0.0.1:{port:named} backup
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void relaysBothWays() throws Exception {
        try (Client client = proxy.connect("in_echo")) {
            assertEquals("ping", client.send("ping").read(4));
            assertEquals("pong", client.send("pong").read(4));
        }
    }

    @Test
    void passesTheClientsEndOn() throws Exception {
        try (Client client = proxy.connect("in_echo")) {
            assertEquals("last words", client.send("last words").endOutput().readAll());
        }
    }

    @Test
    void passesTheServersEndOn() throws Exception {
        try (Client client = proxy.connect("in_named")) {
            assertEquals("hello", client.readAll());
        }
    }

    @Test
    void keepsTheOtherWayOpenAfterAnEnd() throws Exception {
        try (Client client = proxy.connect("in_silent")) {
            client.send("x").endOutput();
            // the origin ends when its input does, so an end coming back shows that the client's end arrived there
            assertEquals("end", client.next(3000));
        }
    }

    @Test
    void randomDataArrivesUnchangedBothWays() throws Exception {
        try (Client client = proxy.connect("in_random")) {
            Future<Long> sent = Background.run(() -> write(client));
            Received got = RandomStream.read(new Prefix(client.socket().getInputStream(), SIZE));
            long mine = sent.get(600, TimeUnit.SECONDS);
            String report = client.readAll();
            assertEquals(got.sum() + " " + SIZE + " " + mine, report);
        }
    }

    @Test
    void endsTheSessionWhenTheServerResets() throws Exception {
        try (Client client = proxy.connect("in_reset")) {
            String seen = client.send("x").next(3000);
            assertTrue(seen.equals("reset") || seen.equals("end"), seen);
        }
    }

    @Test
    void survivesAClientsReset() throws Exception {
        for (int i = 0; i < 50; i++) {
            proxy.connect("in_echo").send("x").reset();
        }
        relaysBothWays();
    }

    @Test
    void cutsWhatIsSilentForTooLong() throws Exception {
        try (Client client = proxy.connect("in_impatient")) {
            assertEquals("silence", client.send("x").next(150));
            assertEquals("end", client.next(3000));
        }
    }

    @Test
    void closesWhenNoServerTakesTheConnection() throws Exception {
        try (Client client = proxy.connect("in_refused")) {
            String seen = client.next(4000);
            assertTrue(seen.equals("end") || seen.equals("reset"), seen);
        }
    }

    @Test
    void sharesByWeight() throws Exception {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            try (Client client = proxy.connect("in_two")) {
                order.append(client.send("q").next(2000).equals("q") ? 'E' : 'N');
            }
        }
        assertEquals(6, order.chars().filter(c -> c == 'N').count(), order.toString());
    }

    @Test
    void slowReaderCostsNoMemory() throws Exception {
        relaysBothWays();
        long before = proxy.residentKb();
        try (Client client = proxy.connect("in_slow")) {
            byte[] chunk = new byte[65536];
            Background.run(() -> {
                while (true) {
                    client.send(chunk);
                }
            });
            Thread.sleep(1500);
            long after = proxy.residentKb();
            assertTrue(after - before < 30_000, before + " -> " + after + " kB");
        }
    }

    @Test
    void manySessionsAtOnce() throws Exception {
        Client[] clients = new Client[200];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = proxy.connect("in_echo").send("n" + i + ";");
        }
        for (int i = 0; i < clients.length; i++) {
            assertEquals("n" + i + ";", clients[i].endOutput().readAll());
            clients[i].close();
        }
    }

    private static long write(Client client) throws IOException {
        long sum = RandomStream.write(client.socket().getOutputStream(), SIZE, 1);
        client.endOutput();
        return sum;
    }

    private static String report(Future<Received> received) throws IOException, InterruptedException {
        try {
            return received.get().size() + " " + received.get().sum();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }
}
