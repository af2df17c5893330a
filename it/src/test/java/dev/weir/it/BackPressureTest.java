package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.it.rig.Client;
import dev.weir.it.rig.Launch;
import dev.weir.it.rig.Origin;
import dev.weir.it.rig.Part;
import dev.weir.it.rig.Product;
import dev.weir.it.rig.Proxy;
import dev.weir.it.rig.Stage;
import dev.weir.it.rig.Wait;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fast side costs when the other one does not read: a window per session, whatever is sent. */
@ParameterizedClass
@EnumSource(Product.class)
class BackPressureTest {

    private static final int SESSIONS = 200;
    /** Two windows of 64 kB a session, and the allocator's own granularity. */
    private static final long KB_PER_SESSION = 256;

    private static final Stage STAGE = new Stage();
    private static Proxy proxy;

    @Parameter
    Product product;

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        product.needs(Part.START);
        Launch launch = product.launch().port("flood", STAGE.add(Origin.of((socket, in, out) -> {
            byte[] piece = new byte[65536];
            while (true) {
                out.write(piece);
            }
        })).port()).port("silent", STAGE.add(Origin.silent()).port());
        proxy = STAGE.add(launch.start("""
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                listen down
                    bind 127.0.0.1:{port:down}
                    server s 127.0.0.1:{port:flood}
                listen up
                    bind 127.0.0.1:{port:up}
                    server s 127.0.0.1:{port:silent}
                """));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        STAGE.clear();
    }

    @Test
    void clientsThatDoNotReadKeepMemoryFlat() throws Exception {
        long before = residentKb();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            clients.add(proxy.connect("down"));
        }
        assertFlat(before);
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void serversThatDoNotReadKeepMemoryFlat() throws Exception {
        long before = residentKb();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Client client = proxy.connect("up");
            clients.add(client);
            Thread.ofVirtual().start(() -> flood(client.socket()));
        }
        assertFlat(before);
        for (Client client : clients) {
            client.close();
        }
    }

    private static void flood(Socket socket) {
        byte[] piece = new byte[65536];
        try {
            while (true) {
                socket.getOutputStream().write(piece);
            }
        } catch (IOException over) {
            // the test is done with it
        }
    }

    /** Memory stops growing below the bound, and has stopped indeed. */
    private static void assertFlat(long before) throws Exception {
        long[] last = {-1};
        Wait.until(10, () -> "memory keeps growing", () -> {
            long now = residentKb();
            boolean settled = now <= last[0];
            last[0] = now;
            Thread.sleep(500);
            return settled;
        });
        long grown = residentKb() - before;
        assertTrue(grown < SESSIONS * KB_PER_SESSION, "grew by " + grown + " kB for " + SESSIONS + " sessions");
        assertEquals(true, proxy.isAlive());
    }

    private static long residentKb() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + proxy.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmRSS");
    }
}
